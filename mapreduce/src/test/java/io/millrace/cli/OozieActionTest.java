package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OozieActionTest {
  private static final String SPEC =
      """
      pipeline: payments
      warehouse: "${warehouse}"
      source:
        path: "${landing}/${date}"
        schema: row.avsc
        event_time: at
        from: 2026-01-01
      clean:
        rules: {positive: amount > 0}
        fail_above: 50%
      features:
        card: {entity: card, windows: 1d, aggregates: {n: COUNT(*)}}
      train:
        model: {name: fraud, kind: logistic}
        label: {of: bad, known_after: 1d}
        inputs: [amount]
        snapshots: {history: 3d}
      score:
        rows: events
        model: registry:fraud
        keep: [card]
      """;

  @TempDir Path folder;
  private PipelineFolder pipeline;

  @BeforeEach
  void land() throws IOException {
    pipeline =
        new PipelineFolder(folder)
            .spec(SPEC)
            .fields("card string", "amount double", "at timestamp-millis", "bad boolean?")
            .land(
                "2026-01-01",
                "card,amount,at,bad",
                "a,1,2026-01-01T10:00:00Z,",
                "b,2,2026-01-01T11:00:00Z,");
  }

  private ActionData action(String stage, String... more) throws ActionFailedException {
    List<String> arguments = new ArrayList<>(List.of("run", folder + "/pipeline.yaml"));
    arguments.addAll(List.of("--set", "landing=" + folder.resolve("landing")));
    arguments.addAll(List.of("--set", "warehouse=" + folder.resolve("warehouse")));
    arguments.addAll(List.of("--date", "2026-01-01", "--stage", stage));
    arguments.addAll(List.of(more));
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Console console = new Console(nowhere, nowhere, false);
    return OozieAction.run(console, arguments.toArray(String[]::new));
  }

  @Test
  void shouldHandOnTheCountsOfItsStage() throws Exception {
    ActionData data = action("clean");
    assertEquals(ActionData.State.DONE, data.state(), data::reason);
    assertEquals("clean of 2026-01-01", data.subject().toString());
    assertEquals(2, data.counts().get("clean_records_kept_total"));
    assertFalse(data.run().isEmpty());
    assertEquals(ActionData.State.DONE, action("clean").state(), "up to date");
  }

  @Test
  void shouldSayThatTheSpecIsWrong() throws Exception {
    pipeline.edit("amount > 0", "amuont > 0");
    ActionData data = action("clean");
    assertEquals(ActionData.State.WRONG_SPEC, data.state());
    assertEquals(
        "clean of 2026-01-01: %s/pipeline.yaml:9:21: Cannot find column amuont: did you mean amount?"
            .formatted(folder),
        data.reason());
    assertEquals(ActionData.State.WRONG_SPEC, action("clean", "--nosuch").state());
  }

  @Test
  void shouldSayThatALimitOfQualityWasExceeded() throws Exception {
    pipeline.land(
        "2026-01-01",
        "card,amount,at,bad",
        "a,-1,2026-01-01T10:00:00Z,",
        "b,-2,2026-01-01T11:00:00Z,");
    ActionData data = action("clean");
    assertEquals(ActionData.State.QUALITY, data.state());
    assertTrue(
        data.reason().startsWith("clean of 2026-01-01: clean/dt=2026-01-01: 2 of 2 records"),
        data::reason);
  }

  @Test
  void shouldSayWhatIsMissing() throws Exception {
    pipeline.unland("2026-01-01");
    ActionData data = action("clean");
    assertEquals(ActionData.State.INPUT_MISSING, data.state());
    assertEquals(
        "clean of 2026-01-01: missing: raw/dt=2026-01-01: the raw input is not there",
        data.reason());
  }

  @Test
  void shouldSayThatOnlyTheModelIsMissing() throws Exception {
    action("clean");
    assertEquals(ActionData.State.NO_MODEL, action("score").state());
  }

  @Test
  void shouldFailWhereItMayPass() throws Exception {
    Path damaged = folder.resolve("landing/2026-01-01/b.csv.gz");
    Files.write(damaged, new byte[] {31, -117, 8, 0, 1});
    ActionFailedException failed =
        assertThrows(ActionFailedException.class, () -> action("clean", "--retries", "0"));
    assertTrue(failed.getMessage().startsWith("clean of 2026-01-01: "), failed::getMessage);
    assertTrue(failed.getMessage().contains("b.csv.gz"), failed::getMessage);
    Files.delete(damaged);
    assertEquals(ActionData.State.DONE, action("clean").state());
  }
}
