package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OozieRenderTest {
  private static final String SPEC =
      """
      pipeline: shop
      warehouse: ${warehouse}
      timezone: Europe/Berlin
      source: {path: "/landing/${date}", schema: ../schemas/row.avsc, event_time: at, from: 2026-01-01}
      """;
  private static final String SCHEDULE = "schedule: {at: \"02:30\", queue: nightly}\n";

  @TempDir private Path home;
  private Path spec;
  private Path folder;

  @BeforeEach
  void writeSpec() throws IOException {
    spec = home.resolve("pipelines").resolve("shop.yaml");
    folder = home.resolve("nightly");
    Files.createDirectories(spec.getParent());
    Path schema = home.resolve("schemas").resolve("row.avsc");
    Files.createDirectories(schema.getParent());
    Files.writeString(schema, PipelineFolder.schema("id string", "at timestamp-millis"));
    Files.writeString(spec, SPEC + SCHEDULE);
  }

  private CommandResult render(String... more) {
    String[] arguments = new String[7 + more.length];
    String[] common = {
      "oozie", "render", spec.toString(), "--set", "warehouse=/wh", "--to-folder", folder.toString()
    };
    System.arraycopy(common, 0, arguments, 0, common.length);
    System.arraycopy(more, 0, arguments, common.length, more.length);
    return CommandResult.of(arguments);
  }

  private Properties properties() throws IOException {
    Properties properties = new Properties();
    properties.load(Files.newBufferedReader(folder.resolve("job.properties")));
    return properties;
  }

  @Test
  void shouldWriteAFolderWithAllThatTheSpecNames() throws IOException {
    CommandResult result = render().expect(ExitCode.DONE);

    assertTrue(result.out().contains(folder.resolve("bundle.xml").toString()), result.out());
    assertArrayEquals(
        Files.readAllBytes(spec),
        Files.readAllBytes(folder.resolve("pipeline/pipelines/shop.yaml")));
    assertTrue(Files.exists(folder.resolve("pipeline/schemas/row.avsc")));
    assertTrue(
        Files.readString(folder.resolve("workflow.xml"))
            .contains("<arg>${app}/pipeline/pipelines/shop.yaml</arg>"));
    assertEquals("hdfs://namenode:8020", properties().getProperty("nameNode"));
    assertEquals("${nameNode}/user/${user.name}/shop", properties().getProperty("app"));
    assertEquals("${nameNode}/wh", properties().getProperty("warehouse"));
    assertEquals("2026-01-02T01:30Z", properties().getProperty("start"));
  }

  @Test
  void shouldWriteTheClusterThatItIsTold() throws IOException {
    render(
            "-D", "fs.defaultFS=hdfs://localhost:9000/",
            "-D", "yarn.resourcemanager.address=rm1:8032",
            "--app-path", "/apps/shop",
            "--from", "2026-05-01")
        .expect(ExitCode.DONE);

    assertEquals("hdfs://localhost:9000", properties().getProperty("nameNode"));
    assertEquals("rm1:8032", properties().getProperty("resourceManager"));
    assertEquals("${nameNode}/apps/shop", properties().getProperty("app"));
    assertEquals("2026-05-02T00:30Z", properties().getProperty("start"));
  }

  @Test
  void shouldReplaceAnEarlierRendering() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("training-workflow.xml"), "an earlier one");
    Files.writeString(folder.resolve("notes.txt"), "somebody's own");

    render().expect(ExitCode.DONE);

    assertFalse(Files.exists(folder.resolve("training-workflow.xml")));
    assertTrue(Files.exists(folder.resolve("notes.txt")));
  }

  @Test
  void shouldSayThatThereIsNoSchedule() throws IOException {
    Files.writeString(spec, SPEC);

    CommandResult result = render().expect(ExitCode.USAGE);

    assertTrue(
        result
            .lastLineOfErr()
            .startsWith("Cannot schedule shop: it does not say when. Add for example"),
        result.err());
    assertFalse(Files.exists(folder));
  }

  @Test
  void shouldNotBeginBeforeThePipeline() {
    assertEquals(
        "Cannot begin with 2025-12-31: the pipeline begins on 2026-01-01 (source.from). Give a later date, or an earlier source.from.",
        render("--from", "2025-12-31").expect(ExitCode.USAGE).lastLineOfErr());
  }

  @Test
  void shouldNotBeginWithATimeThatClocksSkip() {
    assertEquals(
        "Cannot begin with 2026-03-28: on 2026-03-29 clocks in Europe/Berlin skip 02:30. Begin with another date, or change `schedule.at`.",
        render("--from", "2026-03-28").expect(ExitCode.USAGE).lastLineOfErr());
  }
}
