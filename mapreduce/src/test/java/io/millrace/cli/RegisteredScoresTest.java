package io.millrace.cli;

import static io.millrace.model.GraphBuilder.floats;
import static io.millrace.model.GraphBuilder.number;
import static io.millrace.model.GraphBuilder.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.model.GraphBuilder;
import io.millrace.model.TestModels;
import io.millrace.model.card.ModelCard;
import io.millrace.model.card.ModelCard.TensorType;
import io.millrace.model.card.ModelCards;
import io.millrace.model.card.ModelVersion;
import io.millrace.warehouse.ModelRegistry;
import io.millrace.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that are scored by versions of a registered model, and the commands about these. */
class RegisteredScoresTest {
  private static final String FIRST = "2026-01-01-1";
  private static final String SECOND = "2026-01-02-1";

  @TempDir Path home;
  private PipelineFolder pipeline;

  @BeforeEach
  void landTwoDays() throws IOException {
    pipeline =
        new PipelineFolder(home)
            .fields(
                "id string",
                "card string",
                "ts timestamp-millis",
                "amount double?",
                "channel string?",
                "bad boolean?")
            .spec(
                """
                pipeline: payments
                warehouse: "${warehouse}"
                source:
                  path: "${landing}/${date}"
                  schema: row.avsc
                  event_time: ts
                  from: 2026-01-01
                  options: {nulls: [""]}
                clean:
                  deduplicate: {by: id, keep: latest}
                features:
                  card: {entity: card, windows: 1d, aggregates: {n: COUNT(*)}}
                train:
                  model: {name: fraud, kind: logistic}
                  label: {of: bad, known_after: 1d}
                  inputs: [amount, channel]
                  snapshots: {history: 3d}
                join: {memory: 0}
                score:
                  rows: events
                  model: registry:fraud
                """)
            .land(
                "2026-01-01",
                "id,card,ts,amount,channel,bad",
                "a,x,2026-01-01T08:00Z,2,web,false",
                "b,x,2026-01-01T09:00Z,,,false",
                "c,y,2026-01-01T09:00Z,3,shop,true")
            .land(
                "2026-01-02",
                "id,card,ts,amount,channel,bad",
                "d,x,2026-01-02T08:00Z,4,web,",
                "e,z,2026-01-02T08:00Z,5,web,");
  }

  /** The amount, NULL being 7, and 10 for the web, 20 for no channel. */
  private static byte[] byAmountAndChannel() {
    return new GraphBuilder()
        .input("amount", DataType.DOUBLE, -1, 1)
        .input("channel", DataType.STRING, -1, 1)
        .doubles("seven", List.of(1L), 7)
        .node("IsNaN", List.of("amount"), "is_null")
        .node("Where", List.of("is_null", "seven", "amount"), "number")
        .learningNode(
            "LabelEncoder",
            List.of("channel"),
            "code",
            texts("keys_strings", "web", ""),
            floats("values_floats", 10f, 20f))
        .node("Cast", List.of("code"), "place", number("to", DataType.DOUBLE_VALUE))
        .node("Add", List.of("number", "place"), "score")
        .output("score", DataType.DOUBLE, -1, 1)
        .toByteArray();
  }

  /** A hundred times the events of the card the day before. */
  private static byte[] byHistory() {
    return new GraphBuilder()
        .input("card_n_1d", DataType.DOUBLE, -1, 1)
        .doubles("hundred", List.of(1L), 100)
        .node("Mul", List.of("card_n_1d", "hundred"), "score")
        .output("score", DataType.DOUBLE, -1, 1)
        .toByteArray();
  }

  private void register(String version, double auc, byte[] onnx, ModelCard.Input... inputs)
      throws IOException {
    Warehouse warehouse =
        new Warehouse(
            new org.apache.hadoop.fs.Path(home.resolve("warehouse").toUri()), new Configuration());
    ModelCard card =
        ModelCards.withInputs(
            ModelCards.fraud(ModelVersion.parse(version), auc, "hash of " + version),
            List.of(inputs));
    Files.createDirectories(home.resolve("warehouse/_staging/run-1"));
    ModelVersion registered =
        new ModelRegistry(warehouse)
            .register(
                card, onnx, new org.apache.hadoop.fs.Path(warehouse.root(), "_staging/run-1/new"));
    assertEquals(version, registered.toString());
  }

  private void registerBoth() throws IOException {
    register(
        FIRST,
        0.85,
        byAmountAndChannel(),
        new ModelCard.Input("amount", TensorType.DOUBLE, "DOUBLE"),
        new ModelCard.Input("channel", TensorType.STRING, "VARCHAR"));
    register(
        SECOND, 0.9, byHistory(), new ModelCard.Input("card_n_1d", TensorType.DOUBLE, "BIGINT"));
  }

  private CommandResult models(String command, String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "models",
                command,
                home.resolve("pipeline.yaml").toString(),
                "--set",
                "landing=" + home.resolve("landing"),
                "--set",
                "warehouse=" + home.resolve("warehouse")));
    all.addAll(List.of(arguments));
    return CommandResult.of(all);
  }

  private List<String> scores(String date) throws IOException {
    return pipeline.values("scores", date, "id", "score").stream().sorted().toList();
  }

  @Test
  void shouldScoreEachDateWithItsVersion() throws IOException {
    registerBoth();
    pipeline.run("2026-01-01", "2026-01-02");
    assertEquals(List.of("a 12.0", "b 27.0", "c 3.0"), scores("2026-01-01"));
    assertEquals(List.of("d 200.0", "e 0.0"), scores("2026-01-02"));
    assertEquals(List.of("d 2", "e 0"), pipeline.values("joined", "2026-01-02", "id", "card_n_1d"));
    String status =
        pipeline
            .millrace("status", "--from", "2026-01-01", "--to", "2026-01-02")
            .expect(ExitCode.DONE)
            .out();
    assertTrue(status.contains("2026-01-01  fraud 2026-01-01-1"), status);
    assertTrue(status.contains("2026-01-02  fraud 2026-01-02-1"), status);

    // neither a promotion nor another choice of inputs changes what stands
    models("promote", FIRST).expect(ExitCode.DONE);
    pipeline.edit("inputs: [amount, channel]", "inputs: [card_n_1d]");
    String plan =
        pipeline
            .millrace("plan", "--from", "2026-01-01", "--to", "2026-01-02")
            .expect(ExitCode.DONE)
            .out();
    assertTrue(plan.contains("0 of "), plan);

    pipeline
        .millrace("run", "--date", "2026-01-02", "--stage", "score", "--force")
        .expect(ExitCode.DONE);
    assertEquals(List.of("d 14.0", "e 15.0"), scores("2026-01-02"));
  }

  @Test
  void shouldSayWhichCommandTrainsAVersionWhereThereIsNone() {
    CommandResult result =
        pipeline.millrace("plan", "--date", "2026-01-01").expect(ExitCode.INPUT_MISSING);
    assertTrue(
        result
            .err()
            .contains("models/fraud for 2026-01-01: no version of the model fraud was trained yet"),
        result.err());
    assertTrue(
        result.lastLineOfErr().startsWith("Train a version first:  millrace train "),
        result.lastLineOfErr());
    assertTrue(result.lastLineOfErr().contains(" --date 2026-01-02 "), result.lastLineOfErr());
    pipeline.millrace("validate").expect(ExitCode.DONE);
  }

  @Test
  void shouldMakeTheRestOfANightWhileThereIsNoVersion() throws IOException {
    CommandResult night =
        pipeline.millrace("run", "--date", "2026-01-01").expect(ExitCode.INPUT_MISSING);
    assertTrue(
        night.lastLineOfErr().startsWith("Train a version first:  millrace train "), night.err());
    assertEquals(
        List.of("x 2", "y 1"),
        pipeline.values("features/card", "2026-01-01", "card", "card_n_1d").stream()
            .sorted()
            .toList());
    CommandResult allowed =
        pipeline.millrace("run", "--date", "2026-01-01", "--allow-no-model").expect(ExitCode.DONE);
    assertEquals(
        "No version of the model can score this yet; all else is made.", allowed.lastLineOfErr());
    // history that is missing still is
    pipeline
        .millrace("run", "--date", "2026-01-03", "--allow-no-model")
        .expect(ExitCode.INPUT_MISSING);
    registerBoth();
    pipeline.run("2026-01-01", "2026-01-01");
    assertEquals(List.of("a 12.0", "b 27.0", "c 3.0"), scores("2026-01-01"));
  }

  @Test
  void shouldTestScoresWithTheFileOfAVersion() throws IOException {
    Files.write(home.resolve("fraud.onnx"), byAmountAndChannel());
    Path fixture = home.resolve("scores.test.yaml");
    String test =
        """
        - test: what is missing
          input:
            2026-01-02:
              - {id: a, card: x, ts: "2026-01-02T08:00Z", amount: null, channel: null}
              - {id: b, card: x, ts: "2026-01-02T08:00Z", amount: 1, channel: web}
          expect:
            scores/2026-01-02: [{id: a, score: 27}, {id: b, score: 11}]
        """;
    Files.writeString(fixture, test);
    assertTrue(
        pipeline
            .millrace("test")
            .expect(ExitCode.USAGE)
            .err()
            .contains(
                "scores.test.yaml:1:9: a test that expects scores of `registry:fraud` has to name the file of a version"));
    Files.writeString(fixture, test.replace("  input:", "  model: fraud.onnx\n  input:"));
    pipeline.millrace("test").expect(ExitCode.DONE);
    Files.write(home.resolve("fraud.onnx"), TestModels.namedInputs());
    assertTrue(
        pipeline
            .millrace("test")
            .expect(ExitCode.USAGE)
            .err()
            .contains(
                "scores.test.yaml:2:10: Cannot score with fraud.onnx: `amount` (float tensor [?, 1]) is neither a double nor a string tensor"));
  }

  @Test
  void shouldListVersionsWithWhatTheyMeasured() throws IOException {
    assertTrue(models("list").expect(ExitCode.DONE).out().contains("millrace train "));
    registerBoth();
    register("2026-01-02-2", 0.7, byHistory());
    assertEquals(
        """
        version       kind      accepted   auc
        ────────────  ────────  ────────  ────  ─────────────
        2026-01-02-2  logistic  no         0.7
        2026-01-02-1  logistic  yes        0.9  in production
        2026-01-01-1  logistic  yes       0.85

        registry:fraud takes 2026-01-02-1, the newest that was accepted; on earlier dates the newest of then.
        """,
        models("list").expect(ExitCode.DONE).out());
    var json = new JsonMapper().readTree(models("list", "--json").out());
    assertEquals("2026-01-02-1", json.at("/production/version").asText());
    assertEquals(0.85, json.at("/versions/2/test/auc").asDouble());
  }

  @Test
  void shouldPromoteAndRollBack() throws IOException {
    registerBoth();
    register("2026-01-02-2", 0.7, byHistory());
    CommandResult refused = models("promote", "2026-01-02-2").expect(ExitCode.USAGE);
    assertEquals(
        "Version 2026-01-02-2 of the model fraud was not accepted: auc is 0.7, expected >= 0.8. To use it nevertheless, add --force.",
        refused.lastLineOfErr());
    assertTrue(
        models("promote", "2026-01-02-2", "--force")
            .expect(ExitCode.DONE)
            .out()
            .startsWith(
                "registry:fraud takes 2026-01-02-2 on every date, as somebody put it into production."));
    assertTrue(
        models("rollback").out().startsWith("registry:fraud takes 2026-01-02-1, the newest"));
    assertTrue(models("rollback").out().startsWith("registry:fraud takes 2026-01-01-1 on every"));
    assertEquals(
        "Cannot roll back fraud: no version before 2026-01-01-1 was accepted.",
        models("rollback").expect(ExitCode.USAGE).lastLineOfErr());
    assertTrue(models("promote", "newest").out().startsWith("registry:fraud takes 2026-01-02-1,"));
    assertEquals(
        4, models("list").out().lines().filter(line -> line.matches("20.*Z: .*, .*")).count());
  }

  @Test
  void shouldShowAndCompareVersions() throws IOException {
    registerBoth();
    String shown = models("show", FIRST).expect(ExitCode.DONE).out();
    assertTrue(shown.startsWith("fraud 2026-01-01-1: logistic, accepted\n"), shown);
    assertTrue(shown.contains("auc >= 0.8   0.85  yes"), shown);
    assertEquals(
        "fraud", new JsonMapper().readTree(models("show", "--json").out()).get("name").asText());
    assertEquals(
        """
        Both on the same test rows.
        metric  2026-01-01-1  2026-01-02-1  better
        ──────  ────────────  ────────────  ────────────
        auc             0.85           0.9  2026-01-02-1
        """,
        models("compare", FIRST, "production").expect(ExitCode.DONE).out());
    assertEquals(
        "There is no version 2026-01-03-1 of the model fraud. There are 2026-01-01-1, 2026-01-02-1.",
        models("show", "2026-01-03-1").expect(ExitCode.USAGE).lastLineOfErr());
    assertEquals(
        "There is no model fruad in the warehouse file:%s. It has: fraud."
            .formatted(home.resolve("warehouse")),
        models("list", "--name", "fruad").expect(ExitCode.USAGE).lastLineOfErr());
  }
}
