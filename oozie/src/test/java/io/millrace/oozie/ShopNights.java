package io.millrace.oozie;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.MiniHadoop;
import io.millrace.cli.CommandResult;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
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

  private final MiniOozie oozie;
  private final java.nio.file.Path local;
  private final String home;

  /**
   * @param local an empty folder of this machine
   * @param home a folder of HDFS
   */
  ShopNights(MiniOozie oozie, java.nio.file.Path local, String home) throws IOException {
    this.oozie = oozie;
    this.local = local;
    this.home = oozie.fileSystem().getUri() + home;
    Files.writeString(local.resolve("pipeline.yaml"), SPEC);
    Files.writeString(local.resolve("sale.avsc"), SCHEMA);
  }

  private String landing() {
    return home + "/landing";
  }

  private Path warehouse() {
    return new Path(home, "warehouse");
  }

  /** Renders the application, and puts it where job.properties says; returns these. */
  Properties install() throws IOException {
    java.nio.file.Path application = local.resolve("application");
    List<String> render = new ArrayList<>(List.of("oozie", "render"));
    render.addAll(pipeline(landing(), warehouse().toString()));
    render.addAll(List.of("--to-folder", application.toString(), "--app-path", home + "/app"));
    done(CommandResult.of(render));
    java.nio.file.Path workflow = application.resolve("workflow.xml");
    Files.copy(
        workflow, application.resolve("workflow-on-yarn.xml"), StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(workflow, withJobsInTheLauncher(Files.readString(workflow)));
    FileSystem hdfs = oozie.fileSystem();
    hdfs.copyFromLocalFile(new Path(application.toUri()), new Path(home, "app"));
    Path jar = new Path(home, "app/lib/millrace.jar");
    hdfs.copyFromLocalFile(new Path(MiniHadoop.ofBuild("millrace.jar").toUri()), jar);
    hdfs.setReplication(jar, (short) 1);
    Properties properties = oozie.properties();
    Properties rendered = new Properties();
    rendered.load(new StringReader(Files.readString(application.resolve("job.properties"))));
    rendered.putAll(properties);
    return rendered;
  }

  /** So that a stage takes seconds: its jobs need no containers of their own. */
  private static String withJobsInTheLauncher(String workflow) {
    String nameNode = "<name-node>${nameNode}</name-node>";
    if (!workflow.contains(nameNode)) {
      throw new IllegalStateException("Cannot find in the workflow: " + nameNode);
    }
    return workflow.replace(
        nameNode,
        nameNode
            + "<configuration><property><name>mapreduce.framework.name</name><value>local</value></property></configuration>");
  }

  private List<String> pipeline(String landing, String warehouse) {
    return List.of(
        local.resolve("pipeline.yaml").toString(),
        "--set",
        "landing=" + landing,
        "--set",
        "warehouse=" + warehouse);
  }

  private static CommandResult done(CommandResult result) {
    if (result.exitCode() != 0) {
      throw new AssertionError(result.err());
    }
    return result;
  }

  /** Lands a date, on the cluster and on this machine, or lands it again with other records. */
  void land(LocalDate date, Random random) throws IOException {
    String text = sales(date, random);
    FileSystem hdfs = oozie.fileSystem();
    Path day = new Path(landing(), "dt=" + date);
    hdfs.delete(new Path(day, "_SUCCESS"), false);
    write(hdfs, new Path(day, "sales.csv"), text);
    write(hdfs, new Path(day, "_SUCCESS"), "");
    java.nio.file.Path here = Files.createDirectories(local.resolve("landing/dt=" + date));
    Files.writeString(here.resolve("sales.csv"), text);
    Files.writeString(here.resolve("_SUCCESS"), "");
  }

  private static void write(FileSystem fileSystem, Path path, String text) throws IOException {
    try (OutputStream out = fileSystem.create(path, true)) {
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

  /** Whether a run is in the middle of a stage. */
  boolean isAtWork() throws IOException {
    return oozie.fileSystem().globStatus(new Path(warehouse(), "_staging/*/*/*")).length > 0;
  }

  /** The dates that are not what a run would make of them now, as `status` shows it. */
  List<LocalDate> behind(LocalDate last) throws IOException {
    List<String> status = new ArrayList<>(List.of("status"));
    status.addAll(pipeline(landing(), warehouse().toString()));
    status.addAll(List.of("--from", FIRST.toString(), "--to", last.toString(), "--json"));
    List<LocalDate> behind = new ArrayList<>();
    for (JsonNode date :
        new JsonMapper().readTree(done(CommandResult.of(status)).out()).path("dates")) {
      for (JsonNode word : date.path("stages")) {
        if (!word.asText().equals("done") && !word.asText().equals("left out")) {
          behind.add(LocalDate.parse(date.path("date").asText()));
          break;
        }
      }
    }
    return behind;
  }

  /** What a backfill on this machine makes of the same input: data files by path. */
  SortedMap<String, byte[]> backfilled(LocalDate last) throws IOException {
    java.nio.file.Path warehouse = local.resolve("warehouse");
    List<String> backfill = new ArrayList<>(List.of("backfill"));
    backfill.addAll(pipeline(local.resolve("landing").toString(), warehouse.toString()));
    backfill.addAll(List.of("--from", FIRST.toString(), "--to", last.toString()));
    done(CommandResult.of(backfill));
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (Stream<java.nio.file.Path> paths = Files.walk(warehouse)) {
      for (java.nio.file.Path file : paths.filter(Files::isRegularFile).toList()) {
        put(files, warehouse.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  /** What the nights have made. */
  SortedMap<String, byte[]> made() throws IOException {
    FileSystem hdfs = oozie.fileSystem();
    SortedMap<String, byte[]> files = new TreeMap<>();
    RemoteIterator<LocatedFileStatus> all = hdfs.listFiles(warehouse(), true);
    while (all.hasNext()) {
      Path file = all.next().getPath();
      String name = warehouse().toUri().relativize(file.toUri()).getPath();
      try (var in = hdfs.open(file)) {
        put(files, name, in.readAllBytes());
      }
    }
    return files;
  }

  /** Records of runs and manifests say who made what when; of those, that they are there. */
  private static void put(SortedMap<String, byte[]> files, String name, byte[] bytes) {
    boolean isOfOneRun = name.startsWith("_runs/") || name.endsWith(".crc");
    if (!isOfOneRun) {
      files.put(name, name.endsWith("/_SUCCESS") ? new byte[0] : bytes);
    }
  }
}
