package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.example.Examples;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A year of real invoices, against counts that another program made. */
class OnlineRetailIT {
  private static final String[] ALL_DATES = {"--from", "2010-12-01", "--to", "2011-12-09"};

  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void findData() throws IOException {
    String shared = System.getProperty("millrace.shared.data");
    data = Path.of(shared == null ? "../../shared/data" : shared, "online_retail", "by-day");
    assumeTrue(
        Files.isDirectory(data),
        () -> "no invoices at " + data.toAbsolutePath() + "; set -Dmillrace.shared.data");
    Examples.Example example = Examples.named("online-retail").orElseThrow();
    for (String file : example.files()) {
      try (InputStream in = example.open(file)) {
        Path target = folder.resolve(file);
        Files.createDirectories(target.getParent());
        Files.copy(in, target);
      }
    }
  }

  /** Runs all dates and sums up the counts of each stage. */
  private Map<String, SortedMap<String, Long>> run() throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("run", folder.resolve("pipeline.yaml").toString(), "--json"));
    arguments.addAll(List.of("--set", "landing=" + data.toAbsolutePath()));
    arguments.addAll(List.of("--set", "warehouse=" + folder.resolve("warehouse")));
    arguments.addAll(List.of(ALL_DATES));
    CommandResult run = CommandResult.of(arguments).expect(ExitCode.DONE);
    Map<String, SortedMap<String, Long>> sums = new HashMap<>();
    for (JsonNode stage : new JsonMapper().readTree(run.out()).get("ran")) {
      SortedMap<String, Long> counts =
          sums.computeIfAbsent(stage.get("stage").asText(), name -> new TreeMap<>());
      counts.merge("partitions", 1L, Long::sum);
      counts.merge("milliseconds", Math.round(1000 * stage.get("seconds").asDouble()), Long::sum);
      for (Map.Entry<String, JsonNode> count : stage.get("counts").properties()) {
        counts.merge(count.getKey(), count.getValue().asLong(), Long::sum);
      }
    }
    return sums;
  }

  private List<GenericRecord> records(String dataSet) throws IOException {
    List<GenericRecord> records = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder.resolve("warehouse").resolve(dataSet))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".avro")).toList()) {
        try (DataFileReader<GenericRecord> reader =
            new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
          reader.forEach(records::add);
        }
      }
    }
    return records;
  }

  private static BigDecimal decimal(GenericRecord row, String column) {
    ByteBuffer bytes = (ByteBuffer) row.get(column);
    byte[] unscaled = new byte[bytes.remaining()];
    bytes.duplicate().get(unscaled);
    Schema type = row.getSchema().getField(column).schema();
    if (type.isUnion()) {
      type = type.getTypes().get(1);
    }
    return new BigDecimal(
        new BigInteger(unscaled), ((LogicalTypes.Decimal) type.getLogicalType()).getScale());
  }

  @Test
  void shouldCountAYearOfInvoices() throws IOException {
    Map<String, SortedMap<String, Long>> sums = run();
    SortedMap<String, Long> clean = sums.get("clean");
    assertEquals(374, clean.get("partitions"));
    assertEquals(541_909, clean.get("clean_records_read_total"));
    assertEquals(392_692, clean.get("clean_records_kept_total"));
    assertEquals(5_192, clean.get("clean_records_duplicate_total"));
    assertEquals(144_025, clean.get("clean_records_quarantined_total"));

    Set<String> customers = new HashSet<>();
    BigDecimal revenue = BigDecimal.ZERO;
    List<GenericRecord> kept = records("clean");
    for (GenericRecord row : kept) {
      customers.add(row.get("customer_id").toString());
      revenue =
          revenue.add(
              decimal(row, "unit_price")
                  .multiply(BigDecimal.valueOf(((Number) row.get("quantity")).longValue())));
    }
    assertEquals(392_692, kept.size());
    assertEquals(4_338, customers.size());
    assertEquals(0, new BigDecimal("8887208.894").compareTo(revenue), revenue::toString);

    Path report = Path.of("target", "online-retail.txt");
    Files.write(report, sums.entrySet().stream().map(Object::toString).toList());
    checkFeatures();
  }

  /** The table of scripts/examples/online-retail/README.md. */
  private void checkFeatures() throws IOException {
    List<GenericRecord> features = records("features/customer/dt=2011-12-09");
    assertEquals(2_889, features.size());
    assertWindow(features, "7d", 464, 12_967, "428258.970", 86, "11728.020");
    assertWindow(features, "30d", 1_628, 62_996, "1319032.680", 215, "32616.520");
    assertWindow(features, "90d", 2_889, 158_852, "3444230.252", 701, "101903.400");
  }

  private static void assertWindow(
      List<GenericRecord> features,
      String window,
      long customers,
      long lines,
      String revenue,
      long linesOfOne,
      String revenueOfOne) {
    long customersSeen = 0;
    long linesSeen = 0;
    BigDecimal revenueSeen = BigDecimal.ZERO;
    for (GenericRecord row : features) {
      long linesOfCustomer = ((Number) row.get("customer_lines_" + window)).longValue();
      if (linesOfCustomer > 0) {
        customersSeen++;
        linesSeen += linesOfCustomer;
        revenueSeen = revenueSeen.add(decimal(row, "customer_revenue_" + window));
      }
      if (row.get("customer_id").toString().equals("14646.0")) {
        assertEquals(linesOfOne, linesOfCustomer);
        assertEquals(
            new BigDecimal(revenueOfOne).stripTrailingZeros(),
            decimal(row, "customer_revenue_" + window).stripTrailingZeros());
      }
    }
    assertEquals(customers, customersSeen, window);
    assertEquals(lines, linesSeen, window);
    assertEquals(
        new BigDecimal(revenue).stripTrailingZeros(), revenueSeen.stripTrailingZeros(), window);
  }

  @Test
  void shouldCountDuplicatesOfAllLinesWithoutRules() throws IOException {
    Path spec = folder.resolve("pipeline.yaml");
    String text = Files.readString(spec);
    String withoutRules =
        text.replaceFirst("(?s)  rules:\\n.*?(  deduplicate:)", "$1")
            .replaceFirst("(?s)\\nfeatures:.*", "\n");
    Files.writeString(spec, withoutRules);
    Map<String, SortedMap<String, Long>> sums = run();
    assertEquals(Set.of("clean"), sums.keySet());
    assertEquals(541_909, sums.get("clean").get("clean_records_read_total"));
    assertEquals(536_641, sums.get("clean").get("clean_records_kept_total"));
    assertEquals(5_268, sums.get("clean").get("clean_records_duplicate_total"));
    assertEquals(0, sums.get("clean").get("clean_records_quarantined_total"));
  }
}
