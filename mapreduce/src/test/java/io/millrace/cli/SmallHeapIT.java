package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More entities and rows than tables and buffers hold, and an entity with a third of the rows. */
class SmallHeapIT {
  private static final String DATE = "2026-01-01";
  private static final int RECORDS = 300_000;

  @TempDir Path home;
  private PipelineFolder folder;

  @BeforeEach
  void land() throws IOException {
    folder =
        new PipelineFolder(Files.createDirectory(home.resolve("orders")))
            .spec(
                """
                pipeline: orders
                warehouse: ${warehouse}
                source:
                  path: ${landing}/${date}
                  schema: row.avsc
                  event_time: at
                  from: 2026-01-01
                clean: {deduplicate: {by: [id], keep: latest}}
                features:
                  customer:
                    entity: customer
                    windows: [1d]
                    aggregates: {orders: COUNT(*), spent: SUM(amount), most: MAX(amount)}
                """)
            .fields("id string", "at timestamp-millis", "customer string", "amount double");
    String[] lines =
        Stream.concat(
                Stream.of("id,at,customer,amount"),
                Stream.iterate(0, i -> i < RECORDS, i -> i + 1).map(SmallHeapIT::line))
            .toArray(String[]::new);
    folder.land(DATE, lines);
  }

  private static String line(int i) {
    String customer = i % 3 == 0 ? "busy" : "customer " + i * 7919L % RECORDS;
    return "order %07d,%sT%02d:00:00Z,%s,%d.25".formatted(i, DATE, i % 24, customer, i % 1000);
  }

  /** Runs the date in a process of its own and returns the bytes of all that it makes. */
  private Map<String, String> run(String heap, String tableBytes) throws Exception {
    Path err = home.resolve("err-" + heap);
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                folder.home().resolve("pipeline.yaml").toString(),
                "--set",
                "landing=" + folder.home().resolve("landing"),
                "--set",
                "warehouse=" + folder.home().resolve("warehouse"),
                "--date",
                DATE,
                "--force",
                "-D",
                "millrace.partials.table-bytes=" + tableBytes)
            .redirectOutput(home.resolve("out-" + heap).toFile())
            .redirectError(err.toFile());
    builder.environment().remove("HADOOP_CONF_DIR");
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(2, TimeUnit.MINUTES), "it does not end with a heap of " + heap);
    } finally {
      process.destroyForcibly();
    }
    assertEquals(0, process.exitValue(), Files.readString(err));
    Map<String, String> bytes = new TreeMap<>();
    for (String dataSet : new String[] {"clean", "partials/customer", "features/customer"}) {
      bytes.put(dataSet, folder.bytes(dataSet, DATE));
    }
    return bytes;
  }

  @Test
  void shouldMakeTheSameBytesInASmallHeapAsInALargeOne() throws Exception {
    assertEquals(run("1g", "256m"), run("128m", "4m"));
  }
}
