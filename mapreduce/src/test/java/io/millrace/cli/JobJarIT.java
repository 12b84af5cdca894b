package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.MiniHadoop;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job jar as people run it: in a process of its own, beside Hadoop's own older libraries. */
class JobJarIT {
  private static final long LARGEST_JAR_BYTES = 90L << 20;

  /** Ours alone: Hadoop has none of these. */
  private static final List<String> OUR_PACKAGES =
      List.of("ai/onnx/", "ai/onnxruntime/", "io/millrace/", "ml/dmlc/xgboost4j/", "org/tribuo/");

  @TempDir Path folder;

  private static List<JarEntry> jarEntries() throws IOException {
    try (JarFile jar = new JarFile(MiniHadoop.ofBuild("millrace.jar").toFile())) {
      return jar.stream().toList();
    }
  }

  /** Runs the jar as {@code hadoop jar} does. */
  private ProcessResult hadoopJar(String... arguments) throws IOException, InterruptedException {
    String classPath =
        Stream.concat(
                jars("millrace.hadoop.avro"),
                jars("millrace.hadoop")
                    .filter(jar -> !jar.getFileName().toString().startsWith("avro-")))
            .map(Path::toString)
            .collect(Collectors.joining(System.getProperty("path.separator")));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx600m",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                classPath,
                "org.apache.hadoop.util.RunJar",
                MiniHadoop.ofBuild("millrace.jar").toString()));
    command.addAll(Arrays.asList(arguments));
    return ProcessResult.of(folder, command);
  }

  private static Stream<Path> jars(String property) throws IOException {
    try (Stream<Path> files = Files.list(MiniHadoop.ofBuild(property))) {
      return files.sorted().toList().stream();
    }
  }

  /** Runs {@code scripts/millrace}. */
  private ProcessResult script(String... arguments) throws IOException, InterruptedException {
    Path script = Path.of("..", "scripts", "millrace").toAbsolutePath().normalize();
    assumeTrue(hasBash(), "there is no bash on this machine to run " + script);
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(Arrays.asList(arguments));
    return ProcessResult.of(folder, command);
  }

  private static boolean hasBash() throws InterruptedException {
    try {
      return new ProcessBuilder("bash", "-c", "true").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void shouldCarryItsLicenceAndNotice() throws IOException {
    try (JarFile jar = new JarFile(MiniHadoop.ofBuild("millrace.jar").toFile())) {
      assertEquals(Files.readString(Path.of("..", "LICENSE")), text(jar, "META-INF/LICENSE"));
      assertTrue(text(jar, "META-INF/NOTICE").contains(Files.readString(Path.of("..", "NOTICE"))));
    }
  }

  private static String text(JarFile jar, String entry) throws IOException {
    return new String(
        jar.getInputStream(jar.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void shouldBringNoClassThatHadoopMayHaveToo() throws IOException {
    TreeSet<String> others =
        jarEntries().stream()
            .map(JarEntry::getName)
            .filter(name -> name.endsWith(".class"))
            .map(name -> name.replaceFirst("^META-INF/versions/[0-9]+/", ""))
            .filter(name -> OUR_PACKAGES.stream().noneMatch(name::startsWith))
            .map(name -> name.substring(0, name.lastIndexOf('/') + 1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(new TreeSet<>(), others);
  }

  @Test
  void shouldStayBelow90MiB() throws IOException {
    long bytes = Files.size(MiniHadoop.ofBuild("millrace.jar"));
    assertTrue(bytes < LARGEST_JAR_BYTES, "bytes: " + bytes);
  }

  @Test
  void shouldBringAllThatXgBoostNeedsBesideHadoop() throws Exception {
    List<URL> urls = new ArrayList<>(List.of(MiniHadoop.ofBuild("millrace.jar").toUri().toURL()));
    for (Path jar : jars("millrace.hadoop").toList()) {
      urls.add(jar.toUri().toURL());
    }
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Class<?> functions = Class.forName("ml.dmlc.xgboost4j.java.XGBoostJNI", true, loader);
      assertEquals("", functions.getMethod("XGBGetLastError").invoke(null));
    }
  }

  @Test
  void shouldCarryTheExamplesAndNoSignature() throws IOException {
    List<String> names = jarEntries().stream().map(JarEntry::getName).toList();
    assertTrue(names.contains("examples/card-fraud/pipeline.yaml"));
    assertTrue(names.contains("examples/online-retail/pipeline.yaml"));
    assertFalse(names.stream().anyMatch(name -> name.matches("META-INF/.*\\.(SF|RSA|DSA)")));
    assertEquals(names.size(), new TreeSet<>(names).size(), "entries that are there twice");
  }

  @Test
  void shouldRunTheDemoBesideHadoopsOwnAvro() throws Exception {
    ProcessResult demo =
        hadoopJar("demo", "--folder", folder.resolve("demo").toString(), "--days", "1")
            .expect(ExitCode.DONE);
    assertTrue(demo.out().contains("Done: 6 run in "), demo::out);
    // the first line of the table in scripts/examples/card-fraud/README.md
    assertTrue(
        demo.err()
            .contains(
                "[1/6] clean/dt=2026-01-01  152 records duplicate, 9,988 records kept, 125 records quarantined, 10,265 records read"),
        demo::err);
    assertTrue(
        Files.exists(folder.resolve("demo/warehouse/scores/dt=2026-01-01/_SUCCESS")), demo::out);
  }

  @Test
  void shouldSayWhatIsWrongWithASpec() throws Exception {
    Path spec = folder.resolve("pipeline.yaml");
    Files.writeString(spec, "pipeline: broken\nwarehose: /tmp/warehouse\n");
    ProcessResult validate = hadoopJar("validate", spec.toString()).expect(ExitCode.USAGE);
    assertEquals("", validate.out());
    assertTrue(validate.err().contains(":2:1"), validate::err);
    assertTrue(validate.err().contains("warehouse"), validate::err);
    assertTrue(validate.err().strip().endsWith("nothing was run."), validate::err);
  }

  @Test
  void shouldHelpFromTheScript() throws Exception {
    ProcessResult help = script("--help").expect(ExitCode.DONE);
    assertTrue(help.out().startsWith("Usage: millrace"), help::out);
    assertTrue(help.out().contains("Try it:  millrace demo"), help::out);
  }

  @Test
  void shouldRunTheDemoFromTheScript() throws Exception {
    ProcessResult demo = script("demo", "--days", "1").expect(ExitCode.DONE);
    assertTrue(demo.out().contains("Done: 6 run in "), demo::out);
    assertTrue(demo.out().contains("The riskiest cards of 2026-01-01"), demo::out);
    assertFalse(demo.err().contains("WARN"), demo::err);
    assertTrue(Files.isDirectory(folder.resolve("millrace-demo/warehouse/scores/dt=2026-01-01")));
  }

  @Test
  void shouldPassExitCodesThroughTheScript() throws Exception {
    ProcessResult wrong = script("rum").expect(ExitCode.USAGE);
    assertTrue(wrong.err().contains("run"), wrong::err);
  }
}
