package io.millrace.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.PublicData;
import io.millrace.example.ExampleFolder;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A year of real invoices: every value against DuckDB's, and counts that another program made. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OnlineRetailIT {
  private static final LocalDate FIRST = LocalDate.of(2010, 12, 1);
  private static final LocalDate LAST = LocalDate.of(2011, 12, 9);

  private Path data;
  private OracleRun year;
  private WarehouseText warehouse;

  @BeforeAll
  void runTheYear(@TempDir Path folder) throws IOException {
    data = PublicData.find("online_retail", "by-day");
    Path spec = ExampleFolder.write("online-retail", folder);
    Files.writeString(spec, Files.readString(spec).replaceFirst("(?s)\\n  history:.*", "\n"));
    year = year(spec);
    year.run();
    warehouse = warehouse(year);
  }

  private OracleRun year(Path spec) {
    Map<String, String> settings =
        Map.of(
            "landing", data.toString(), "warehouse", spec.resolveSibling("warehouse").toString());
    return new OracleRun(spec, settings, FIRST, LAST);
  }

  private static WarehouseText warehouse(OracleRun run) {
    return new WarehouseText(run.spec().resolveSibling("warehouse"));
  }

  @Test
  void shouldMakeWhatDuckDbMakes() throws IOException, SQLException {
    Comparison comparison = year.compareWhatIsThere();
    assertEquals("", comparison.differencesText());
    assertTrue(comparison.values() >= 10_000_000, comparison::toString);
  }

  private static SortedMap<String, Long> cleanCounts(WarehouseText warehouse) throws IOException {
    SortedMap<String, Long> sums = new TreeMap<>();
    for (LocalDate date : FIRST.datesUntil(LAST.plusDays(1)).toList()) {
      sums.merge("partitions", 1L, Long::sum);
      for (Map.Entry<String, JsonNode> count :
          warehouse.manifest("clean", date).get("counts").properties()) {
        sums.merge(count.getKey(), count.getValue().asLong(), Long::sum);
      }
    }
    return sums;
  }

  private static void assertCounts(
      WarehouseText warehouse, long kept, long duplicate, long quarantined) throws IOException {
    SortedMap<String, Long> clean = cleanCounts(warehouse);
    assertEquals(374, clean.get("partitions"));
    assertEquals(541_909, clean.get("clean_records_read_total"));
    assertEquals(kept, clean.get("clean_records_kept_total"));
    assertEquals(duplicate, clean.get("clean_records_duplicate_total"));
    assertEquals(quarantined, clean.get("clean_records_quarantined_total"));
  }

  @Test
  void shouldCountAYearOfInvoices() throws IOException {
    assertCounts(warehouse, 392_692, 5_192, 144_025);
    Set<Object> customers = new HashSet<>();
    BigDecimal revenue = BigDecimal.ZERO;
    long kept = 0;
    for (LocalDate date : FIRST.datesUntil(LAST.plusDays(1)).toList()) {
      for (List<Object> row :
          warehouse.read("clean", date).only("customer_id", "unit_price", "quantity").rows()) {
        kept++;
        customers.add(row.get(0));
        BigDecimal quantity = BigDecimal.valueOf((long) row.get(2));
        revenue = revenue.add(((BigDecimal) row.get(1)).multiply(quantity));
      }
    }
    assertEquals(392_692, kept);
    assertEquals(4_338, customers.size());
    assertEquals(0, new BigDecimal("8887208.894").compareTo(revenue), revenue::toString);
  }

  /** The table of scripts/examples/online-retail/README.md. */
  @Test
  void shouldSumUpWindowsOfAYearOfInvoices() throws IOException {
    Table features = warehouse.read("features/customer", LAST);
    assertEquals(2_889, features.rows().size());
    assertWindow(features, "7d", 464, 12_967, "428258.970", 86, "11728.020");
    assertWindow(features, "30d", 1_628, 62_996, "1319032.680", 215, "32616.520");
    assertWindow(features, "90d", 2_889, 158_852, "3444230.252", 701, "101903.400");
  }

  private static void assertWindow(
      Table features,
      String window,
      long customers,
      long lines,
      String revenue,
      long linesOfOne,
      String revenueOfOne) {
    long customersSeen = 0;
    long linesSeen = 0;
    BigDecimal revenueSeen = BigDecimal.ZERO;
    Table columns =
        features.only("customer_id", "customer_lines_" + window, "customer_revenue_" + window);
    for (List<Object> row : columns.rows()) {
      long linesOfCustomer = (long) row.get(1);
      if (linesOfCustomer > 0) {
        customersSeen++;
        linesSeen += linesOfCustomer;
        revenueSeen = revenueSeen.add((BigDecimal) row.get(2));
      }
      if (row.get(0).equals("14646.0")) {
        assertEquals(linesOfOne, linesOfCustomer);
        assertEquals(0, new BigDecimal(revenueOfOne).compareTo((BigDecimal) row.get(2)), window);
      }
    }
    assertEquals(customers, customersSeen, window);
    assertEquals(lines, linesSeen, window);
    assertEquals(0, new BigDecimal(revenue).compareTo(revenueSeen), window);
  }

  @Test
  void shouldCountDuplicatesOfAllLinesWithoutRules(@TempDir Path folder) throws IOException {
    Path spec = ExampleFolder.write("online-retail", folder);
    Files.writeString(
        spec,
        Files.readString(spec)
            .replaceFirst("(?s)  rules:\\n.*?(  deduplicate:)", "$1")
            .replaceFirst("(?s)\\nfeatures:.*", "\n"));
    OracleRun run = year(spec);
    run.run();
    assertEquals(
        Set.of("clean", "profile", "quarantine"),
        Set.of(folder.resolve("warehouse").toFile().list((home, name) -> !name.startsWith("_"))));
    assertCounts(warehouse(run), 536_641, 5_268, 0);
  }
}
