package io.millrace.oozie;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.cli.CommandResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The nights of a small pipeline on the cluster, as `millrace oozie render` writes them, and the
 * same pipeline on this machine alone, without a scheduler.
 */
final class ShopNights {
  static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

  private static final int LINES = 60;
  private static final String SPEC =
      """
      pipeline: shop
      warehouse: ${warehouse}
      source:
        path: ${landing}/dt=${date}
        done_flag: _SUCCESS
        schema: sale.avsc
        event_time: at
        from: 2026-01-01
        lateness: 3d
      clean:
        rules: {positive: amount > 0}
        deduplicate: {by: id, keep: latest, across: 1d}
      features:
        user: {entity: user, windows: [1d, 3d], aggregates: {n: COUNT(*), spent: SUM(amount), typical: "PERCENTILE(amount, 0.5)"}}
      schedule: {at: "03:00", process: yesterday, retries: 0, mail: [ops@localhost]}
      """;
  private static final String SCHEMA =
      """
      {"type": "record", "name": "Sale", "fields": [
        {"name": "id", "type": "string"},
        {"name": "user", "type": "string"},
        {"name": "amount", "type": "double"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
      """;

  private final FileSystem hdfs;
  private final java.nio.file.Path local;
  private final Application application;

  /**
   * Renders the application and installs it.
   *
   * @param local an empty folder of this machine
   * @param home a folder of HDFS
   */
  ShopNights(MiniOozie oozie, java.nio.file.Path local, String home) throws IOException {
    hdfs = oozie.fileSystem();
    this.local = local;
    java.nio.file.Path spec = local.resolve("pipeline.yaml");
    Files.writeString(spec, SPEC);
    Files.writeString(local.resolve("sale.avsc"), SCHEMA);
    application = Application.rendered(oozie, spec, home, FIRST.toString());
  }

  Application application() {
    return application;
  }

  private Path landing() {
    return hdfs.makeQualified(application.path("landing"));
  }

  private Path warehouse() {
    return hdfs.makeQualified(application.path("warehouse"));
  }

  private CommandResult millrace(String command, String landing, String warehouse, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                local.resolve("pipeline.yaml").toString(),
                "--set",
                "landing=" + landing,
                "--set",
                "warehouse=" + warehouse));
    arguments.addAll(List.of(more));
    CommandResult result = CommandResult.of(arguments);
    if (result.exitCode() != 0) {
      throw new AssertionError(arguments + ": " + result.err());
    }
    return result;
  }

  /** Lands a date, on the cluster and on this machine, or lands it again with other records. */
  void land(LocalDate date, Random random) throws IOException {
    String text = sales(date, random);
    Path day = new Path(landing(), "dt=" + date);
    hdfs.delete(new Path(day, "_SUCCESS"), false);
    write(new Path(day, "sales.csv"), text);
    write(new Path(day, "_SUCCESS"), "");
    java.nio.file.Path here = Files.createDirectories(local.resolve("landing/dt=" + date));
    Files.writeString(here.resolve("sales.csv"), text);
    Files.writeString(here.resolve("_SUCCESS"), "");
  }

  private void write(Path path, String text) throws IOException {
    try (OutputStream out = hdfs.create(path, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Some are late, some come twice, on one day or on the next, and some are wrong. */
  private static String sales(LocalDate date, Random random) {
    StringBuilder text = new StringBuilder("id,user,amount,at\n");
    for (int i = 0; i < LINES; i++) {
      LocalDate known = random.nextInt(8) == 0 ? date.minusDays(1) : date;
      LocalDate happened = random.nextInt(5) == 0 ? date.minusDays(random.nextInt(3)) : date;
      text.append(
          "%s-%d,u%d,%d.%02d,%sT%02d:%02d:00Z\n"
              .formatted(
                  known,
                  random.nextInt(LINES),
                  random.nextInt(12),
                  random.nextInt(40) - 1,
                  random.nextInt(100),
                  happened,
                  random.nextInt(24),
                  random.nextInt(60)));
    }
    return text.toString();
  }

  /** What runs are in the middle of: run, stage and date. */
  List<String> atWork() throws IOException {
    List<String> stages = new ArrayList<>();
    for (FileStatus stage : hdfs.globStatus(new Path(warehouse(), "_staging/*/*/*"))) {
      stages.add(stage.getPath().toUri().getPath());
    }
    return stages;
  }

  /** The dates that are not what a run would make of them now, as `status` shows it. */
  List<LocalDate> behind(LocalDate last) throws IOException {
    CommandResult status =
        millrace(
            "status",
            landing().toString(),
            warehouse().toString(),
            "--from",
            FIRST.toString(),
            "--to",
            last.toString(),
            "--json");
    List<LocalDate> behind = new ArrayList<>();
    for (JsonNode date : new JsonMapper().readTree(status.out()).path("dates")) {
      for (JsonNode word : date.path("stages")) {
        if (!word.asText().equals("done") && !word.asText().equals("left out")) {
          behind.add(LocalDate.parse(date.path("date").asText()));
          break;
        }
      }
    }
    return behind;
  }

  /** What a backfill on this machine makes of the same input. */
  SortedMap<String, String> backfilled(LocalDate last) throws IOException {
    java.nio.file.Path warehouse = local.resolve("warehouse");
    millrace(
        "backfill",
        local.resolve("landing").toString(),
        warehouse.toString(),
        "--from",
        FIRST.toString(),
        "--to",
        last.toString());
    return DataFiles.of(
        FileSystem.getLocal(new Configuration()).getRaw(), new Path(warehouse.toUri()));
  }

  /** What the nights have made. */
  SortedMap<String, String> made() throws IOException {
    return DataFiles.of(hdfs, warehouse());
  }

  boolean isMade(String dataSet, LocalDate date) throws IOException {
    return hdfs.exists(new Path(warehouse(), dataSet + "/dt=" + date + "/_SUCCESS"));
  }

  /** Work that nobody has finished or undone. */
  List<Path> leftovers() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder : List.of("_staging", "_trash", "_leases")) {
      Path path = new Path(warehouse(), folder);
      if (hdfs.exists(path)) {
        RemoteIterator<LocatedFileStatus> found = hdfs.listFiles(path, true);
        while (found.hasNext()) {
          files.add(found.next().getPath());
        }
      }
    }
    return files;
  }
}
