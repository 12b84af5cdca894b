package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.job.io.TaskLibrary;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskJarsTest {
  private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");
  private static final String MAPPER = "io/millrace/job/clean/CleanMapper.class";
  private static final String PARSER = "io/millrace/shaded/calcite/sql/SqlNode.class";
  private static final String TREES = "lib/linux/x86_64/libxgboost4j.so";
  private static final String NATIVE = "ai/onnxruntime/native/linux-x64/libonnxruntime.so";

  @TempDir Path folder;
  private Path jobJar;
  private Path place;
  private Configuration configuration;

  @BeforeEach
  void writeJobJar() throws IOException {
    jobJar =
        jar(
            "millrace.jar",
            Map.of(MAPPER, "mapper", PARSER, "parser", NATIVE, "native", TREES, "trees"));
    place = folder.resolve("jars");
    configuration = LocalRuntime.ofThisMachine(folder.resolve("tmp"));
  }

  private Path jar(String name, Map<String, String> entries) throws IOException {
    Path jar = folder.resolve(name);
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (Map.Entry<String, String> entry : new TreeMap<>(entries).entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  private TaskJars jars(Instant now) {
    return new TaskJars(
        new org.apache.hadoop.fs.Path(place.toUri()),
        configuration,
        Clock.fixed(now, ZoneOffset.UTC));
  }

  private List<String> names(String ending) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending) && !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  private static SortedMap<String, String> content(Path jar) throws IOException {
    SortedMap<String, String> content = new TreeMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        content.put(
            entry.getName(),
            new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return content;
  }

  private static Path local(org.apache.hadoop.fs.Path path) {
    return Path.of(path.toUri().getPath());
  }

  private void age(String name, Duration age) throws IOException {
    Files.setLastModifiedTime(place.resolve(name), FileTime.from(NOW.minus(age)));
  }

  @Test
  void shouldLeaveTheParserAndNativeLibrariesOutOfTheTasksJar() throws IOException {
    Path tasks = local(jars(NOW).put(JarPart.tasks(jobJar)));
    assertEquals(Map.of(MAPPER, "mapper"), content(tasks));
    Path runtime = local(jars(NOW).put(JarPart.of(TaskLibrary.ONNX_RUNTIME, jobJar)));
    assertEquals(Map.of(NATIVE, "native"), content(runtime));
    Path trees = local(jars(NOW).put(JarPart.of(TaskLibrary.XGBOOST, jobJar)));
    assertEquals(Map.of(TREES, "trees"), content(trees));
  }

  @Test
  void shouldPutAJarOnceForAllRuns() throws IOException {
    Path first = local(jars(NOW).put(JarPart.tasks(jobJar)));
    FileTime written = FileTime.from(NOW.minusSeconds(100));
    Files.setLastModifiedTime(first, written);
    assertEquals(first, local(jars(NOW).put(JarPart.tasks(jobJar))));
    // YARN fetches a file again, and fails the jobs that know its older time, where that changes
    assertEquals(written, Files.getLastModifiedTime(first));
    assertEquals(1, names(".jar").size());
  }

  @Test
  void shouldGiveEachContentItsOwnFile() throws IOException {
    Path runtime = local(jars(NOW).put(JarPart.of(TaskLibrary.ONNX_RUNTIME, jobJar)));
    Path tasks = local(jars(NOW).put(JarPart.tasks(jobJar)));
    Path newer = jar("newer.jar", Map.of(MAPPER, "other mapper", NATIVE, "native"));
    assertNotEquals(tasks, local(jars(NOW).put(JarPart.tasks(newer))));
    assertEquals(runtime, local(jars(NOW).put(JarPart.of(TaskLibrary.ONNX_RUNTIME, newer))));
    assertEquals(Map.of(MAPPER, "mapper"), content(tasks));
  }

  @Test
  void shouldKeepItsFolderToTheUser() throws IOException {
    jars(NOW).put(JarPart.tasks(jobJar));
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(place)));
  }

  @Test
  void shouldPutOneWholeJarWhereRunsBeginTogether() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<org.apache.hadoop.fs.Path>> runs = new ArrayList<>();
      for (int run = 0; run < 8; run++) {
        runs.add(() -> jars(NOW).put(JarPart.tasks(jobJar)));
      }
      for (Future<org.apache.hadoop.fs.Path> run : threads.invokeAll(runs)) {
        assertEquals(Map.of(MAPPER, "mapper"), content(local(run.get())));
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(1, names(".jar").size(), () -> "also: " + place);
  }

  @Test
  void shouldLeaveNoPartOfAJarWhereWritingFails() throws IOException {
    Path broken = folder.resolve("broken.jar");
    byte[] bytes = Files.readAllBytes(jobJar);
    // the data of an entry; the directory at the end stays readable
    int data = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(MAPPER) + MAPPER.length();
    bytes[data] ^= 0x7f;
    Files.write(broken, bytes);
    assertThrows(IOException.class, () -> jars(NOW).put(JarPart.tasks(broken)));
    assertEquals(List.of(), names(".jar"));
  }

  @Test
  void shouldDeleteWhatNoRunHasUsedForLong() throws IOException {
    String old = local(jars(NOW).put(JarPart.tasks(jobJar))).getFileName().toString();
    String used = old.replace(".jar", ".used");
    Path newer = jar("newer.jar", Map.of(MAPPER, "newer mapper"));
    age(old, Duration.ofDays(300));
    age(used, TaskJars.UNUSED.minusDays(1));
    jars(NOW).put(JarPart.tasks(newer));
    assertTrue(names(".jar").contains(old));
    age(used, TaskJars.UNUSED.plusDays(1));
    jars(NOW).put(JarPart.tasks(jar("newest.jar", Map.of(MAPPER, "newest mapper"))));
    assertEquals(2, names(".jar").size());
    assertFalse(names("").contains(old));
    assertFalse(names("").contains(used));
  }

  @Test
  void shouldNoteDailyThatAJarIsInUse() throws IOException {
    String jar = local(jars(NOW).put(JarPart.tasks(jobJar))).getFileName().toString();
    String used = jar.replace(".jar", ".used");
    age(used, Duration.ofHours(23));
    jars(NOW).put(JarPart.tasks(jobJar));
    FileTime before = FileTime.from(NOW.minus(Duration.ofHours(23)));
    assertEquals(before, Files.getLastModifiedTime(place.resolve(used)));
    age(used, Duration.ofHours(25));
    jars(NOW).put(JarPart.tasks(jobJar));
    assertTrue(Files.getLastModifiedTime(place.resolve(used)).compareTo(before) > 0);
  }

  @Test
  void shouldDeleteWhatADeadRunHasHalfWritten() throws IOException {
    Files.createDirectories(place);
    Files.writeString(place.resolve("_dead.jar"), "half");
    Files.writeString(place.resolve("_alive.jar"), "half");
    age("_dead.jar", TaskJars.DEAD.plusHours(1));
    age("_alive.jar", TaskJars.DEAD.minusHours(1));
    jars(NOW).put(JarPart.tasks(jobJar));
    assertEquals(List.of("_alive.jar"), names(".jar").subList(0, 1));
    assertEquals(2, names(".jar").size());
  }

  @Test
  void shouldLeaveAJobOfThisProcessAsItIs() throws IOException {
    Job job = Job.getInstance(configuration);
    job.setJar(jobJar.toString());
    jars(NOW).addTo(job);
    assertEquals(jobJar.toString(), job.getJar());
    assertFalse(Files.exists(place));
  }
}
