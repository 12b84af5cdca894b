package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schedule.ScriptRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code scripts/millrace} starts, with a stand-in of Java that notes how it was called. */
class MillraceScriptTest {
  private static final String ARCHIVING = "-XX:ArchiveClassesAtExit=";
  private static final String SHARED = "-XX:SharedArchiveFile=";
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(20);

  private static final String JAVA =
      """
      #!/usr/bin/env bash
      echo "$*" >> "%s"
      for option; do
        case $option in
          -XX:ArchiveClassesAtExit=*)
            sleep 0.2
            [[ -z ${FAILS:-} ]] || exit 1
            echo classes > "${option#*=}"
            echo native code > "${!#}/libonnxruntime.so"
            ;;
        esac
      done
      exit "${CODE:-0}"
      """;

  @TempDir Path folder;
  private Path cache;
  private Path calls;
  private Path jar;
  private final Map<String, String> environment = new TreeMap<>();

  @BeforeEach
  void install() throws IOException {
    ScriptRun.require("bash", "-c", "true");
    Path scripts = Files.createDirectories(folder.resolve("home/scripts"));
    for (String name : List.of("millrace", "class-archive")) {
      Path script = Files.copy(Path.of("..", "scripts", name), scripts.resolve(name));
      assertTrue(script.toFile().setExecutable(true));
    }
    Path built = Files.createDirectories(folder.resolve("home/mapreduce/target/hadoop"));
    jar = Files.writeString(built.resolveSibling("millrace-1.0.jar"), "a jar");
    old(jar);
    cache = folder.resolve("cache");
    calls = Files.createFile(folder.resolve("calls"));
    Files.createDirectories(folder.resolve("java/bin"));
    ScriptRun.write(folder.resolve("java/bin/java"), JAVA.formatted(calls));
    environment.put("JAVA_HOME", folder.resolve("java").toString());
    environment.put("MILLRACE_CACHE", cache.toString());
  }

  @AfterEach
  void waitForTheBackground() throws Exception {
    await(() -> !making(), "an archive is still being made");
  }

  private static void old(Path file) {
    assertTrue(file.toFile().setLastModified(Instant.now().minusSeconds(3600).toEpochMilli()));
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition, String otherwise) throws Exception {
    long end = System.nanoTime() + LONGEST_NANOS;
    while (!condition.holds()) {
      assertTrue(System.nanoTime() < end, otherwise);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("bash", folder.resolve("home/scripts/millrace").toString()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile());
    builder.environment().remove("HADOOP_CONF_DIR");
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Runs a command and returns how Java was called for it. */
  private String millrace(String... arguments) throws Exception {
    int code = Integer.parseInt(environment.getOrDefault("CODE", "0"));
    assertEquals(code, start(arguments).waitFor());
    assertEquals("", Files.readString(folder.resolve("said")));
    return called("io.millrace.cli.Main").get(called("io.millrace.cli.Main").size() - 1);
  }

  /** Does what {@code scripts/millrace} lets be done in the background. */
  private void classArchive(String making) throws Exception {
    Path scripts = folder.resolve("home/scripts");
    ScriptRun.run(
        environment,
        List.of(
            "bash",
            scripts.resolve("class-archive").toString(),
            cache.toString(),
            making.substring(0, making.lastIndexOf('.')),
            folder.resolve("java/bin/java").toString(),
            jar.toString(),
            jar.resolveSibling("hadoop").toString()));
  }

  private List<String> called(String word) throws IOException {
    return Files.readAllLines(calls).stream().filter(call -> call.contains(word)).toList();
  }

  private List<Path> cached() throws IOException {
    if (!Files.isDirectory(cache)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(cache)) {
      return files.toList();
    }
  }

  /** The names of what is made: they end with a length. */
  private List<String> made() throws IOException {
    return cached().stream()
        .map(file -> file.getFileName().toString())
        .filter(name -> name.matches("\\d+-\\d+-\\d+"))
        .toList();
  }

  private List<String> marks() throws IOException {
    return cached().stream()
        .map(file -> file.getFileName().toString())
        .filter(name -> name.endsWith(".making"))
        .toList();
  }

  private boolean making() throws IOException {
    return cached().stream()
        .anyMatch(file -> file.getFileName().toString().contains(".") && Files.isDirectory(file));
  }

  private String archived() throws Exception {
    await(() -> !made().isEmpty() && !making(), "there is no archive");
    assertEquals(List.of(), marks());
    assertEquals(1, made().size());
    return made().get(0);
  }

  @Test
  void shouldHaveAnArchiveMadeAtTheFirstStartAndUseItFromThenOn() throws Exception {
    assertFalse(millrace("status").contains(SHARED));
    Path archive = cache.resolve(archived());
    assertTrue(millrace("status").contains(SHARED + archive.resolve("classes.jsa")));
    assertEquals(1, called(ARCHIVING).size());
  }

  @Test
  void shouldFindNativeCodeWhereItLiesUnpacked() throws Exception {
    assertFalse(millrace("run").contains("native.path"));
    Path unpacked = cache.resolve(archived());
    String call = millrace("run");
    assertTrue(call.contains("-Donnxruntime.native.path=" + unpacked + " "), () -> call);
    assertTrue(call.contains("-Dorg.xerial.snappy.lib.path=" + unpacked + " "), () -> call);
    assertTrue(Files.exists(unpacked.resolve("libonnxruntime.so")));
  }

  @Test
  void shouldMakeOneWhereManyStartAtOnce() throws Exception {
    List<Process> started = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      started.add(start("status"));
    }
    for (Process process : started) {
      assertEquals(0, process.waitFor());
    }
    archived();
    assertEquals(1, called(ARCHIVING).size(), () -> "of one jar");
  }

  @Test
  void shouldDoWithoutWhereTheFolderCannotBeWritten() throws Exception {
    // a file that stays one: what works in the background may come to it late
    environment.put("MILLRACE_CACHE", "/dev/null/below-a-file");
    environment.put("CODE", "4");
    assertFalse(millrace("run").contains(SHARED));
    assertFalse(millrace("run").contains(SHARED));
    assertEquals(List.of(), called(ARCHIVING));
  }

  @Test
  void shouldMakeNoneWhereItIsTurnedOff() throws Exception {
    environment.put("MILLRACE_CACHE", "");
    environment.put("XDG_CACHE_HOME", cache.toString());
    assertFalse(millrace("status").contains(SHARED));
    TimeUnit.MILLISECONDS.sleep(100);
    assertFalse(Files.exists(cache));
  }

  @Test
  void shouldReplaceTheArchiveOfAnOlderJar() throws Exception {
    millrace("status");
    String first = archived();
    Files.writeString(jar, "a newer jar");
    old(jar);
    assertFalse(millrace("status").contains(SHARED));
    await(() -> !made().equals(List.of(first)) && !making(), "the archive stays");
    assertNotEquals(first, archived());
    assertTrue(millrace("status").contains(SHARED + cache.resolve(archived())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"classes.jsa", "libonnxruntime.so"})
  void shouldMakeAgainWhatWasCutShort(String file) throws Exception {
    millrace("status");
    Path archive = cache.resolve(archived());
    Path part = archive.resolve(file);
    Files.writeString(part, "cut");
    assertFalse(millrace("status").contains(SHARED));
    await(() -> called(ARCHIVING).size() == 2, "it is not made again");
    await(() -> Files.exists(part) && Files.size(part) > 3 && !making(), "it stays short");
    assertTrue(millrace("status").contains(SHARED + archive));
  }

  @Test
  void shouldLetADayPassAfterAnAttemptInVain() throws Exception {
    environment.put("FAILS", "true");
    millrace("status");
    await(() -> !marks().isEmpty() && !making(), "it is not told");
    await(
        () -> Files.readString(cache.resolve(marks().get(0))).strip().equals("failed"),
        "it is not told that it failed");
    String name = marks().get(0);
    environment.remove("FAILS");
    classArchive(name);
    assertEquals(List.of(), made());
    assertTrue(
        cache
            .resolve(name)
            .toFile()
            .setLastModified(Instant.now().minusSeconds(2 * 86_400).toEpochMilli()));
    classArchive(name);
    archived();
  }

  @Test
  void shouldMakeAgainWhatAKilledProcessBegan() throws Exception {
    Process maker = new ProcessBuilder("bash", "-c", "true").start();
    maker.waitFor();
    environment.put("FAILS", "true");
    millrace("status");
    await(() -> !marks().isEmpty() && !making(), "it is not told");
    Files.writeString(cache.resolve(marks().get(0)), maker.pid() + "\n");
    environment.remove("FAILS");
    millrace("status");
    archived();
  }

  @Test
  void shouldLeaveTheSecondCompilerWhatJobsInThisProcessRepeatOften() throws Exception {
    String oneCompiler = "-XX:TieredStopAtLevel=1";
    String later = "-XX:Tier4InvocationThreshold=50000";
    assertTrue(millrace("run", "pipeline.yaml").contains(later));
    assertFalse(millrace("run", "pipeline.yaml").contains(oneCompiler));
    assertTrue(millrace("validate", "pipeline.yaml").contains(oneCompiler));
    environment.put("HADOOP_CONF_DIR", folder.resolve("cluster").toString());
    assertTrue(millrace("run", "pipeline.yaml").contains(oneCompiler));
    archived();
  }

  @Test
  void shouldReadAClustersConfigurationBehindTheJars() throws Exception {
    environment.put("HADOOP_CONF_DIR", "/etc/cluster");
    Path home = folder.resolve("home").toRealPath();
    String call = millrace("run", "pipeline.yaml");
    assertTrue(
        call.contains("/hadoop/*:/etc/cluster:" + home.resolve("scripts/conf") + " "), () -> call);
    assertTrue(call.endsWith("io.millrace.cli.Main run pipeline.yaml"), () -> call);
    archived();
    assertFalse(called(ARCHIVING).get(0).contains("/etc/cluster"));
  }
}
