package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs on a share of the entities, compared with the run on all. Orders of two days: some without a
 * customer, some wrong, many twice, and of those some under another customer the second time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SampleRunTest {
  private static final int ORDERS = 600;
  private static final int CUSTOMERS = 80;

  private Path folder;
  private CommandResult sampled;

  @BeforeAll
  void runAllAndSamples(@TempDir Path home) throws IOException {
    folder = home;
    Files.writeString(
        folder.resolve("order.avsc"),
        """
        {"type": "record", "name": "Order", "fields": [
          {"name": "order_id", "type": "string"},
          {"name": "ts", "type": {"type": "long", "logicalType": "timestamp-millis"}},
          {"name": "customer", "type": ["null", "string"], "default": null},
          {"name": "amount", "type": "double"}]}
        """);
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        pipeline: orders
        warehouse: ${warehouse}
        source:
          path: ${landing}/${date}.csv
          schema: order.avsc
          event_time: ts
          from: 2026-01-01
          lateness: 1d
        clean:
          repair: {customer: LOWER(customer)}
          rules: {positive: amount > 0}
          deduplicate: {by: [order_id], keep: latest}
        features:
          customer:
            entity: customer
            windows: [1d, 7d]
            aggregates: {orders: COUNT(*), spent: SUM(amount), mean: AVG(amount), last_order: MAX(ts)}
        """);
    for (int day = 1; day <= 2; day++) {
      Files.createDirectories(folder.resolve("landing"));
      Files.writeString(folder.resolve("landing/2026-01-0" + day + ".csv"), orders(day));
    }
    run().expect(ExitCode.DONE);
    sampled = run("--sample", "25%").expect(ExitCode.DONE);
    run("--sample", "0.5", "--by", "customer").expect(ExitCode.DONE);
  }

  private static String orders(int day) {
    Random random = new Random(day);
    StringBuilder text = new StringBuilder("order_id,ts,customer,amount\n");
    for (int order = 0; order < ORDERS; order++) {
      String customer = (random.nextBoolean() ? "c" : "C") + random.nextInt(CUSTOMERS);
      String time = "2026-01-0%dT%02d:%02d:00Z".formatted(day, order / 60, order % 60);
      boolean wrong = random.nextInt(20) == 0;
      String id = day + "-" + (random.nextInt(4) == 0 ? order / 2 : order);
      text.append(
          "%s,%s,%s,%s\n"
              .formatted(
                  id,
                  wrong && random.nextBoolean() ? "n/a" : time,
                  random.nextInt(15) == 0 ? "" : customer,
                  wrong ? -1 : random.nextInt(10_000) / 100.0));
    }
    return text.toString();
  }

  private CommandResult millrace(String command, String... more) {
    List<String> all =
        new ArrayList<>(List.of(command, folder.resolve("pipeline.yaml").toString()));
    all.addAll(List.of("--set", "landing=" + folder.resolve("landing")));
    all.addAll(List.of("--set", "warehouse=" + warehouse()));
    all.addAll(List.of(more));
    return CommandResult.of(all);
  }

  private CommandResult run(String... more) {
    List<String> all = new ArrayList<>(List.of("--from", "2026-01-01", "--to", "2026-01-02"));
    all.addAll(List.of(more));
    return millrace("run", all.toArray(String[]::new));
  }

  private Path warehouse() {
    return folder.resolve("warehouse");
  }

  private Path sample(String name) {
    return warehouse().resolve("_sample").resolve(name);
  }

  private static List<GenericRecord> rows(Path root, String partition) throws IOException {
    List<GenericRecord> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(root.resolve(partition))) {
      for (Path file : files.filter(name -> name.toString().endsWith(".avro")).sorted().toList()) {
        try (DataFileReader<GenericRecord> reader =
            new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
          reader.forEach(rows::add);
        }
      }
    }
    return rows;
  }

  private static SortedMap<String, GenericRecord> features(Path root, int day) throws IOException {
    SortedMap<String, GenericRecord> features = new TreeMap<>();
    for (GenericRecord row : rows(root, "features/customer/dt=2026-01-0" + day)) {
      features.put(row.get("customer").toString(), row);
    }
    return features;
  }

  @ParameterizedTest
  @CsvSource({"25pct-customer, 1", "25pct-customer, 2", "50pct-customer, 1", "50pct-customer, 2"})
  void shouldGiveEntitiesTheFeaturesThatTheFullRunGivesThem(String name, int day)
      throws IOException {
    Map<String, GenericRecord> all = features(warehouse(), day);
    Map<String, GenericRecord> some = features(sample(name), day);
    assertTrue(some.size() > 5 && some.size() < all.size() * 3 / 4, some.keySet()::toString);
    some.forEach((customer, row) -> assertEquals(all.get(customer), row));
  }

  @Test
  void shouldHaveASmallerSampleInALargerOne() throws IOException {
    for (int day = 1; day <= 2; day++) {
      Map<String, GenericRecord> large = features(sample("50pct-customer"), day);
      Map<String, GenericRecord> small = features(sample("25pct-customer"), day);
      assertTrue(large.keySet().containsAll(small.keySet()));
      assertTrue(large.size() > small.size());
    }
  }

  @Test
  void shouldKeepTheSameEntitiesEveryDay() throws IOException {
    List<String> both = new ArrayList<>(features(warehouse(), 1).keySet());
    both.retainAll(features(warehouse(), 2).keySet());
    for (String customer : both) {
      assertEquals(
          features(sample("25pct-customer"), 1).containsKey(customer),
          features(sample("25pct-customer"), 2).containsKey(customer),
          customer);
    }
  }

  @Test
  void shouldSetAsideAPartOfWhatTheFullRunSetsAside() throws IOException {
    List<String> all =
        rows(warehouse(), "quarantine/clean/dt=2026-01-01").stream().map(Object::toString).toList();
    List<String> some =
        rows(sample("50pct-customer"), "quarantine/clean/dt=2026-01-01").stream()
            .map(Object::toString)
            .toList();
    assertTrue(all.containsAll(some));
    assertTrue(!some.isEmpty() && some.size() < all.size(), some::toString);
  }

  @Test
  void shouldSayWhatWasLeftOut() {
    assertTrue(
        sampled.err().lines().findFirst().orElseThrow().contains("records sampled out"),
        sampled::err);
  }

  @Test
  void shouldNotTouchTheRealWarehouse() throws IOException {
    try (Stream<Path> files = Files.list(warehouse())) {
      assertEquals(
          List.of("_runs", "_sample", "clean", "features", "partials", "quarantine"),
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.equals("_staging") && !name.equals("_leases"))
              .filter(name -> !name.equals("profile"))
              .sorted()
              .toList());
    }
    assertEquals("Up to date: all 6 stages.", run().expect(ExitCode.DONE).out().strip());
    assertEquals(
        "Up to date: all 6 stages.", run("--sample", "25%").expect(ExitCode.DONE).out().strip());
  }

  @Test
  void shouldPlanAndShowTheSample() {
    CommandResult plan =
        millrace("plan", "--date", "2026-01-02", "--sample", "10%").expect(ExitCode.INPUT_MISSING);
    assertTrue(plan.err().contains("--sample 10% --from 2026-01-01"), plan::err);
    CommandResult show =
        millrace("show", "clean", "--sample", "25%", "--date", "2026-01-01").expect(ExitCode.DONE);
    CommandResult all = millrace("show", "clean", "--date", "2026-01-01").expect(ExitCode.DONE);
    assertFalse(show.out().equals(all.out()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--sample half | Cannot read the share half: expected for example --sample 1% or --sample 0.01",
        "--sample 100% | Cannot take a sample of 100%: expected a share between 0% and 100%",
        "--sample 1% --by custmer | Cannot take a sample by custmer: there is no such group or column; did you mean customer?",
        "--by customer | --by says whose entities --sample counts; give --sample 1%, too."
      })
  void shouldExplainWrongUsage(String options, String message) {
    CommandResult result = run(options.split(" ")).expect(ExitCode.USAGE);
    assertTrue(result.lastLineOfErr().startsWith(message), result::err);
  }
}
