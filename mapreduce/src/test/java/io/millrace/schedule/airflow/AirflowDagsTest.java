package io.millrace.schedule.airflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.schedule.ExampleSpecs;
import io.millrace.schedule.NightlyCommands;
import io.millrace.schedule.ScheduledPipeline;
import io.millrace.schedule.ScriptRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of DAGs, as a Python that believes to be an Airflow reads them. */
class AirflowDagsTest {
  private static final boolean REWRITE = Boolean.getBoolean("millrace.golden.rewrite");
  private static final Path RESOURCES =
      Path.of("src", "test", "resources", "io", "millrace", "schedule", "airflow");
  private static final ScheduledPipeline CARD_FRAUD =
      ExampleSpecs.example(
          "card-fraud/trained.yaml", Map.of("landing", "/landing", "warehouse", "/warehouse"));

  @TempDir Path home;
  private Path calls;

  @BeforeEach
  void requirePython() throws IOException {
    ScriptRun.require("python3", "-c", "import zoneinfo; zoneinfo.ZoneInfo('Europe/London')");
    calls = home.resolve("calls");
  }

  private static ScheduledPipeline shop(String zone, String schedule) {
    return ExampleSpecs.spec(
        "online-retail/shop.yaml",
        """
        pipeline: shop
        warehouse: hdfs://other:8020/shop
        timezone: "%s"
        source: {path: "/landing/${date}", schema: line_item.avsc, from: 2026-01-01}
        schedule: %s
        """
            .formatted(zone, schedule),
        Map.of());
  }

  private static String render(ScheduledPipeline pipeline, String first) {
    return AirflowDags.render(
        new NightlyCommands(
            pipeline,
            "hdfs://nn/specs/pipeline.yaml",
            pipeline.schedule().queue(),
            LocalDate.parse(first)));
  }

  private String standIn(String version, String what, String text, String... more)
      throws IOException, InterruptedException {
    Path file = home.resolve("dags.py");
    Files.writeString(file, text);
    List<String> command =
        new ArrayList<>(
            List.of("python3", "-B", "-W", "error", RESOURCES.resolve("standin.py").toString()));
    command.addAll(List.of(version, what, file.toString()));
    command.addAll(List.of(more));
    return ScriptRun.run(Map.of("MILLRACE", home.resolve("millrace") + " as one"), command).strip();
  }

  private JsonNode describe(String version, String text) throws IOException, InterruptedException {
    return JsonMapper.builder().build().readTree(standIn(version, "describe", text));
  }

  private static Map<String, String> each(JsonNode dag, String what) {
    Map<String, String> values = new TreeMap<>();
    dag.get("tasks")
        .properties()
        .forEach(task -> values.put(task.getKey(), task.getValue().get(what).toString()));
    return values;
  }

  @Test
  void shouldStayAsItIs() throws IOException {
    Path golden = RESOURCES.resolve("card_fraud.py");
    String text = render(CARD_FRAUD, "2026-01-01");
    if (REWRITE) {
      Files.writeString(golden, text);
    }
    assertEquals(Files.readString(golden), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "3"})
  void shouldHaveATaskAStageAndWhatItWaitsFor(String version) throws Exception {
    JsonNode dags = describe(version, render(CARD_FRAUD, "2026-01-01"));
    assertEquals(2, dags.size());
    JsonNode night = dags.get(0);
    assertEquals("card-fraud", night.get("dag").asText());
    assertEquals("0 3 * * *", night.get("cron").asText());
    assertEquals("2026-01-02T03:00:00+00:00", night.get("start").asText());
    assertTrue(night.get("catchup").asBoolean());
    assertEquals("[\"ops@example.com\"]", night.get("email").toString());
    Map<String, String> after = each(night, "after");
    assertEquals("[]", after.remove("await"));
    assertEquals("[\"await\"]", after.remove("clean"));
    assertEquals("[\"clean\"]", after.remove("partials-card"));
    assertEquals("[\"clean\"]", after.remove("partials-terminal"));
    assertEquals("[\"partials-card\"]", after.remove("features-card"));
    assertEquals("[\"partials-terminal\"]", after.remove("features-terminal"));
    assertEquals("[\"clean\"]", after.remove("join"));
    assertEquals("[\"join\"]", after.remove("score"));
    assertEquals(Map.of(), after);
    assertEquals(
        "[\"run\",\"--stage\",\"partials/card\",\"--allow-no-model\"]",
        each(night, "command").get("partials-card"));
    assertEquals("3", each(night, "retries").get("clean"));
    assertEquals("[600,600.0]", each(night, "every").get("clean"));
    assertEquals("2", each(night, "at once").get("clean"));

    JsonNode training = dags.get(1);
    assertEquals("card-fraud-training", training.get("dag").asText());
    assertEquals("0 3 * * 0", training.get("cron").asText());
    assertEquals(Map.of("training", "[]", "train", "[\"training\"]"), each(training, "after"));
    assertEquals("[\"run\",\"--stage\",\"train\"]", each(training, "command").get("train"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      Europe/London | {at: "00:30"}                 | 30 0 * * *  | Europe/London | 2026-06-02T23:30:00+00:00
      Asia/Tokyo    | {at: "03:00", process: today} | 0 3 * * *   | Asia/Tokyo    | 2026-06-01T18:00:00+00:00
      +05:45        | {at: "03:00"}                 | 15 21 * * * | UTC           | 2026-06-02T21:15:00+00:00
      """)
  void shouldBeginAtItsTimeInItsZone(
      String zone, String schedule, String cron, String cronZone, String start) throws Exception {
    JsonNode night = describe("3", render(shop(zone, schedule), "2026-06-02")).get(0);
    assertEquals(cron, night.get("cron").asText());
    assertEquals(cronZone, night.get("zone").asText());
    assertEquals(start, night.get("start").asText());
  }

  private String poke(
      int code, String last, ScheduledPipeline pipeline, String task, String night, String started)
      throws IOException, InterruptedException {
    ScriptRun.write(
        home.resolve("millrace"),
        "#!/bin/sh\necho \"$@\" > %s\necho more\necho '%s' >&2\nexit %d\n"
            .formatted(calls, last, code));
    return standIn(
        code % 2 == 0 ? "2" : "3",
        "poke",
        render(pipeline, "2026-01-01"),
        pipeline.name(),
        task,
        night,
        started);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      0   | done
      1   | AirflowException: clean of 2026-03-29: why (exit code 1)
      2   | AirflowFailException: clean of 2026-03-29: why
      3   | AirflowFailException: clean of 2026-03-29: why
      4   | waiting
      5   | AirflowException: clean of 2026-03-29: why (exit code 5)
      """)
  void shouldGoByTheExitCode(int code, String outcome) throws Exception {
    ScheduledPipeline shop = shop("Europe/London", "{at: \"00:30\", queue: root.nightly}");
    assertEquals(
        outcome,
        poke(code, "why", shop, "clean", "2026-03-29T23:30:00+00:00", "2026-04-01T00:00:00+00:00"));
    assertEquals(
        "as one run hdfs://nn/specs/pipeline.yaml -D mapreduce.job.queuename=root.nightly --date 2026-03-29 --stage clean --if-landed --allow-no-model\n",
        Files.readString(calls));
  }

  @Test
  void shouldWaitForInputFromTheNightOrItsLateStartOn() throws Exception {
    ScheduledPipeline shop = shop("Europe/London", "{at: \"00:30\", wait_for_input: 2h}");
    String night = "2026-03-29T23:30:00+00:00";
    assertEquals(
        "AirflowFailException: await of 2026-03-29: no file",
        poke(4, "no file", shop, "await", night, "2026-04-01T01:00:00+00:00"));
    assertEquals(
        "as one await hdfs://nn/specs/pipeline.yaml --date 2026-03-29 --for 0 --until 2026-04-01T03:00:00+00:00\n",
        Files.readString(calls));
    assertEquals("waiting", poke(4, "no file", shop, "await", night, "2999-04-01T01:00:00+00:00"));
  }

  @Test
  void shouldWriteAnyTextAsPythonReadsIt() throws Exception {
    String odd = "a \"b\" \\ 'c'\n{d} ${e} é %s @ZONE@ \u0001";
    assertEquals(
        odd + "|",
        ScriptRun.run(
            Map.of(), List.of("python3", "-c", "print(" + AirflowDags.text(odd) + ", end='|')")));
  }

  @Test
  void shouldGiveNoQueueWhereThereIsNone() {
    assertEquals(
        List.of(List.of("p.yaml")),
        new NightlyCommands(
                shop("UTC", "{at: \"03:00\"}"), "p.yaml", Optional.empty(), LocalDate.EPOCH)
            .pipelineArguments());
  }
}
