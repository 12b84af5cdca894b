package io.millrace.schedule.oozie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schedule.ExampleSpecs;
import io.millrace.schedule.ScheduledPipeline;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OozieApplicationTest {
  private static final boolean REWRITE = Boolean.getBoolean("millrace.golden.rewrite");
  private static final Path GOLDEN =
      Path.of("src", "test", "resources", "io", "millrace", "schedule", "oozie");
  private static final String NAME_NODE = "hdfs://namenode:8020";
  private static final Map<String, String> SETTINGS =
      Map.of("landing", "/landing", "warehouse", "/warehouse");

  /** An application whose text is kept. */
  private record Kept(String name, Path folder, ScheduledPipeline pipeline) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** The first is the one that is shipped. */
  static Stream<Kept> applications() {
    return Stream.of(
        new Kept(
            "card-fraud",
            Path.of("..", "oozie", "card-fraud"),
            ExampleSpecs.example("card-fraud/trained.yaml", SETTINGS)),
        new Kept(
            "scorecard",
            GOLDEN.resolve("scorecard"),
            ExampleSpecs.example("card-fraud/pipeline.yaml", SETTINGS)),
        new Kept(
            "online-retail",
            GOLDEN.resolve("online-retail"),
            ExampleSpecs.example("online-retail/pipeline.yaml", SETTINGS)),
        new Kept(
            "settles-in-london",
            GOLDEN.resolve("settles-in-london"),
            ExampleSpecs.spec(
                "online-retail/shop.yaml",
                """
            pipeline: shop
            warehouse: hdfs://other:8020/shop
            timezone: Europe/London
            source:
              path: ${root-dir}/shop/${date-1d:yyyy/MM/dd}
              schema: line_item.avsc
              event_time: invoice_date
              from: 2026-01-01
              missing: empty
              settle: 30m
            schedule: {at: "00:30", retries: 1, retry_every: 2m, days_at_once: 4, queue: root.nightly, mail: [ops@example.com, data@example.com]}
            """,
                Map.of("root-dir", "/landing"))),
        new Kept(
            "pattern",
            GOLDEN.resolve("pattern"),
            ExampleSpecs.spec(
                "card-fraud/pattern.yaml",
                """
            pipeline: pattern
            warehouse: /warehouse
            timezone: "+05:45"
            source:
              path: /landing/*/${date}.csv
              schema: transaction.avsc
              event_time: ts
              from: 2026-01-01
            clean:
              deduplicate: {by: txn_id, keep: latest, across: 2d}
            schedule: {at: "23:30", process: today}
            """,
                Map.of())));
  }

  private static ScheduledPipeline application(String name) {
    return applications()
        .filter(kept -> kept.name().equals(name))
        .findFirst()
        .orElseThrow()
        .pipeline();
  }

  private static SortedMap<String, String> render(ScheduledPipeline pipeline) {
    return OozieApplication.render(
        pipeline,
        new ApplicationPlace(
            NAME_NODE,
            "resourcemanager:8032",
            "/user/${user.name}/" + pipeline.name(),
            pipeline.from()));
  }

  @ParameterizedTest
  @MethodSource("applications")
  void shouldWriteWhatIsKept(Kept kept) throws IOException {
    SortedMap<String, String> files = render(kept.pipeline);
    if (REWRITE) {
      Files.createDirectories(kept.folder);
      for (Path old : kept(kept.folder)) {
        Files.delete(old);
      }
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(kept.folder.resolve(file.getKey()), file.getValue());
      }
    }

    SortedMap<String, String> found = new TreeMap<>();
    for (Path file : kept(kept.folder)) {
      found.put(file.getFileName().toString(), Files.readString(file));
    }
    assertEquals(
        found.keySet(), files.keySet(), "-Dmillrace.golden.rewrite=true writes them again");
    found.forEach((name, text) -> assertEquals(text, files.get(name), name));
  }

  private static List<Path> kept(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(xml|properties)"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("applications")
  void shouldFollowTheSchemasOfOozie(Kept kept) {
    assertEquals(List.of(), ApplicationSchemas.problems(render(kept.pipeline)));
  }

  @Test
  void shouldSeeWhatDoesNotFollowTheSchemas() {
    SortedMap<String, String> files = new TreeMap<>(render(application("card-fraud")));
    files.compute("workflow.xml", (name, text) -> text.replace("<capture-output/>", "<capture/>"));
    files.compute("coordinator.xml", (name, text) -> text.replace(" end=\"${end}\"", ""));

    List<String> problems = ApplicationSchemas.problems(files);
    assertTrue(problems.stream().anyMatch(problem -> problem.startsWith("workflow.xml:")));
    assertTrue(problems.stream().anyMatch(problem -> problem.startsWith("coordinator.xml:")));
  }

  @Test
  void shouldNameNoPropertyThatNobodyFillsIn() throws IOException {
    for (Kept kept : applications().toList()) {
      SortedMap<String, String> files = render(kept.pipeline);
      Properties properties = properties(files);
      files.forEach(
          (name, text) ->
              java.util.regex.Pattern.compile("\\$\\{([A-Za-z_]\\w*)}")
                  .matcher(text)
                  .results()
                  .map(found -> found.group(1))
                  .filter(
                      found -> !List.of("YEAR", "MONTH", "DAY", "date", "input").contains(found))
                  .forEach(
                      found ->
                          assertTrue(properties.containsKey(found), () -> name + ": " + found)));
    }
  }

  private static Properties properties(SortedMap<String, String> files) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(files.get(OozieApplication.JOB_PROPERTIES)));
    return properties;
  }

  private static ScheduledPipeline withSetting(String name, String value) {
    return ExampleSpecs.spec(
        "card-fraud/odd.yaml",
        """
        pipeline: odd
        warehouse: /warehouse
        source:
          path: /landing/${date}
          schema: transaction.avsc
          event_time: ts
          from: 2026-01-01
          options: {nulls: ["${%s}"]}
        schedule: {at: "03:00"}
        """
            .formatted(name),
        Map.of(name, value));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        // what an expression takes for something else gets another name, what XML would take apart
        // is written out
        "x, n/a, <arg>x=${x}</arg>",
        "x.y-z, n/a, <arg>x.y-z=${x_y_z}</arg>",
        "app, n/a, <arg>app=${app_}</arg>",
        "empty, n/a, <arg>empty=${empty_}</arg>",
        "x, a<b&c, <arg>x=a&lt;b&amp;c</arg>",
        "x, ${y}$z, <arg>x=${'$'}{y}$z</arg>"
      })
  void shouldHandOnValuesAsTheyAre(String name, String value, String expected) {
    SortedMap<String, String> files = render(withSetting(name, value));

    assertTrue(files.get("workflow.xml").contains(expected), () -> files.get("workflow.xml"));
    assertEquals(List.of(), ApplicationSchemas.problems(files));
  }

  /** Who looks for a pipeline's bundle goes by this property. */
  @Test
  void shouldCallNothingElseTheWarehouse() throws IOException {
    ScheduledPipeline pipeline =
        ExampleSpecs.spec(
            "card-fraud/below.yaml",
            """
            pipeline: below
            warehouse: ${warehouse}/below
            source: {path: "/landing/${date}", schema: transaction.avsc, event_time: ts, from: 2026-01-01}
            schedule: {at: "03:00"}
            """,
            Map.of("warehouse", "/wh"));

    SortedMap<String, String> files = render(pipeline);
    assertEquals("${nameNode}/wh", properties(files).getProperty("warehouse_"));
    assertFalse(properties(files).containsKey("warehouse"));
    assertTrue(files.get("coordinator.xml").contains("${warehouse_}/below/clean/dt="));
    assertTrue(files.get("workflow.xml").contains("<arg>warehouse=${warehouse_}</arg>"));
  }

  @Test
  void shouldWritePropertiesAsTheyAreRead() throws IOException {
    SortedMap<String, String> files = render(withSetting("x", "Übersicht: = # !"));

    assertEquals("Übersicht: = # !", properties(files).getProperty("x"));
  }

  @Test
  void shouldRefuseWhatDoesNotReachAWorkflow() {
    assertEquals(
        "Cannot hand on --set x= n: Oozie drops blanks at the ends of a value, and control characters. Give another value, or write it into the pipeline file.",
        assertThrows(IllegalArgumentException.class, () -> render(withSetting("x", " n")))
            .getMessage());
  }

  @Test
  void shouldRefusePathsThatAreSeenFromAFolder() {
    ScheduledPipeline pipeline =
        ExampleSpecs.example(
            "card-fraud/pipeline.yaml", Map.of("landing", "landing", "warehouse", "/w"));

    assertEquals(
        "Cannot schedule --set landing=landing: a path of data has to be a whole one, such as hdfs://namenode:8020/data or /data, since a cluster has no current folder.",
        assertThrows(IllegalArgumentException.class, () -> render(pipeline)).getMessage());
  }

  @Test
  void shouldBeginTrainingOnItsDayOfTheWeek() throws IOException {
    SortedMap<String, String> files =
        OozieApplication.render(
            application("card-fraud"),
            new ApplicationPlace(NAME_NODE, "rm:8032", "/app", LocalDate.of(2026, 3, 3)));

    // 2026-03-08 is a Sunday
    assertEquals("2026-03-04T03:00Z", properties(files).getProperty("start"));
    assertEquals("2026-03-08T03:00Z", properties(files).getProperty("trainingStart"));
  }

  @Test
  void shouldDoWithoutMailWhereNobodyIsTold() {
    String workflow = render(application("pattern")).get("workflow.xml");

    assertFalse(workflow.contains("mail"), workflow);
  }
}
