package io.millrace.pipeline;

import static io.millrace.pipeline.SpecText.CARDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.millrace.learn.prepare.InputPlan;
import io.millrace.pipeline.Training.Source;
import io.millrace.pipeline.Training.Target;
import io.millrace.row.Column;
import io.millrace.row.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingBinderTest {
  private static final String TRAIN =
      """
      train:
        model: {name: fraud, kind: logistic}
        label: {of: note = 'fraud', known_after: 7d}
        inputs: [amount, card_*]
        snapshots: {history: 90d}
      """;

  private static final SpecText EVENTS =
      CARDS
          .with(
              "score:\n",
              """
                shop:
                  entity: channel
                  windows: [1d, 30d]
                  aggregates: {top: MAX(amount)}
                card_web:
                  entity: card
                  windows: 1d
                  aggregates: {n: COUNT(*)}
              %sscore:
              """
                  .formatted(TRAIN))
          .with("rows: entities", "rows: entities\n  group: card");

  private static final SpecText ENTITIES =
      EVENTS
          .with(
              "{of: note = 'fraud', known_after: 7d}",
              "{any: amount > 9, within: 30d, group: card}")
          .with("[amount, card_*]", "[card_mean_7d, card_web_n_1d]");

  private static Training training(SpecText spec) {
    return spec.bind().training().orElseThrow();
  }

  private static List<String> inputs(SpecText spec) {
    return training(spec).inputs().stream().map(Column::name).toList();
  }

  private static List<String> problems(SpecText spec) {
    return spec.problems().stream()
        .map(problem -> problem.substring(problem.indexOf(':') + 1))
        .map(problem -> problem.replaceFirst("^\\d+:\\d+: ", ""))
        .toList();
  }

  @Test
  void shouldMakeRowsOfEvents() {
    Training training = training(EVENTS);
    assertEquals(
        List.of(
            "txn",
            "example_date",
            "example_split",
            "example_label",
            "example_weight",
            "amount",
            "card_n_1d",
            "card_mean_1d",
            "card_n_7d",
            "card_mean_7d",
            "card_web_n_1d"),
        training.rows().names());
    assertEquals(Kind.DOUBLE, training.rows().column("example_label").type().kind());
    Source.Events events = assertInstanceOf(Source.Events.class, training.source());
    assertEquals(List.of("txn", "amount", "note"), events.joined().kept());
    assertEquals(Target.BINARY, training.target());
    assertEquals(7, training.gapDays());
  }

  @Test
  void shouldMakeRowsOfEntities() {
    Training training = training(ENTITIES);
    assertEquals(
        List.of(
            "card",
            "example_date",
            "example_split",
            "example_label",
            "example_weight",
            "card_mean_7d",
            "card_web_n_1d"),
        training.rows().names());
    Source.Entities entities = assertInstanceOf(Source.Entities.class, training.source());
    assertEquals("card", entities.group().name());
    assertEquals(List.of("card_web"), entities.besides().stream().map(FeatureGroup::name).toList());
    assertEquals(List.of("card", "ts", "amount"), entities.cleanColumns());
    assertEquals(29, training.gapDays());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[card_*_7d, amount]; card_n_7d card_mean_7d amount",
        "[amount, 'card_*', 'card_mean_1d', -card_web_*, -card_n_7d]; amount card_n_1d card_mean_1d card_mean_7d",
        // the key, entities, the time and what the label reads are passed over
        "['*', -*_1d, -*_7d]; amount big shop_top_30d",
        "[txn]; txn"
      })
  void shouldFindInputsByNamesAndPatterns(String named, String found) {
    assertEquals(List.of(found.split(" ")), inputs(EVENTS.with("[amount, card_*]", named)));
  }

  @Test
  void shouldTellWhatALabelIs() {
    assertEquals(Target.CLASSES, training(EVENTS.with("note = 'fraud'", "note")).target());
    SpecText number =
        EVENTS.with("note = 'fraud'", "amount * 2").with("[amount, card_*]", "[card_*]");
    assertEquals(Target.NUMBER, training(number.with("logistic", "poisson")).target());
    assertEquals(
        List.of(
            "the label is DOUBLE, and `kind: logistic` predicts a condition or a class; write one, such as `amount * 2 = 1`, or `kind: linear`, `poisson` or `trees`"),
        problems(number));
    assertEquals(
        List.of(
            "the label is BOOLEAN, and `kind: linear` predicts a number; write `kind: logistic` or `trees`"),
        problems(EVENTS.with("logistic", "linear")));
    assertEquals(
        List.of("the label is TIMESTAMP; expected BOOLEAN, text that names a class, or a number"),
        problems(EVENTS.with("note = 'fraud'", "ts")));
  }

  @Test
  void shouldTellOfColumnsThatThereAreNot() {
    String all =
        "Rows have: txn, card, ts, amount, channel, note, big, card_n_1d, card_mean_1d, card_n_7d, card_mean_7d, shop_top_1d, shop_top_30d, card_web_n_1d";
    assertEquals(
        List.of(
            "unknown column `amunt`; did you mean `amount`? " + all,
            "no column fits `crad_*`. " + all,
            "unknown column `chanel`; did you mean `channel`? " + all),
        problems(EVENTS.with("[amount, card_*]", "[amunt, crad_*, amount, -chanel]")));
  }

  @Test
  void shouldRefuseInputsThatNobodyKnowsOrNoModelTakes() {
    assertEquals(
        List.of(
            "`note` is what the label is made of, and nobody knows it before; take it out of `train.inputs`",
            "`ts` is TIMESTAMP; a model takes numbers, BOOLEAN and text, so derive a number of it, such as `EXTRACT(HOUR FROM ts)`"),
        problems(EVENTS.with("[amount, card_*]", "[amount, note, ts]")));
  }

  @Test
  void shouldRefuseWhatTheLabelIsDerivedFrom() {
    SpecText derived = EVENTS.with("note = 'fraud'", "big");
    assertEquals(
        List.of(
            "`amount` is what the label is made of, and nobody knows it before; take it out of `train.inputs`"),
        problems(derived));
    assertEquals(
        List.of("note"), inputs(derived.with("[amount, card_*]", "['*', -*_1d, -*_7d, -*_30d]")));
  }

  @Test
  void shouldPrepareAsTheFirstThatFitsSays() {
    SpecText spec =
        EVENTS
            .with("[amount, card_*]", "[amount, channel, card_*]")
            .with(
                "snapshots:",
                """
                prepare:
                    amount: {impute: median, log1p: true, standardise: false}
                    card_n_*: {bucketise: 4}
                    "*": {impute: 0, clip: [1%, 99%]}
                  snapshots:""");
    var plan = training(spec).prepare().inputs();
    assertEquals(
        new InputPlan.Numbers(
            new InputPlan.Imputation.Median(),
            true,
            Optional.empty(),
            true,
            new InputPlan.Form.AsItIs()),
        plan.get("amount"));
    assertEquals(new InputPlan.OneHot(10), plan.get("channel"));
    assertEquals(
        new InputPlan.Numbers(
            new InputPlan.Imputation.Mean(),
            true,
            Optional.empty(),
            false,
            new InputPlan.Form.Buckets(4)),
        plan.get("card_n_1d"));
    InputPlan.Numbers rest = (InputPlan.Numbers) plan.get("card_mean_1d");
    assertEquals(new InputPlan.Imputation.Constant(0), rest.imputation());
    assertEquals("0.01", rest.clip().orElseThrow().low().toPlainString());
  }

  @Test
  void shouldTellOfStepsThatFitNoInput() {
    SpecText spec =
        EVENTS
            .with("[amount, card_*]", "[amount, channel]")
            .with(
                "snapshots:",
                """
                prepare: {amunt: {log1p: true}, channel: {log1p: true}, card_*: {log1p: true}, amount: {ordinal: true}}
                  snapshots:""");
    assertEquals(
        List.of(
            "unknown input `amunt`; did you mean `amount`? `train.inputs` has: amount, channel",
            "`channel` is VARCHAR, which has no steps for numbers; write `one_hot` or `ordinal`, or leave it out",
            "no input fits `card_*`. Inputs are: amount, channel",
            "`amount` is DOUBLE; `ordinal` is for text, and a number is its own"),
        problems(spec));
  }

  @Test
  void shouldTellOfASplitThatLeavesNoDateToLearnFrom() {
    assertEquals(
        List.of(
            "`train.split` leaves no date to learn from: of 90 snapshot dates, test takes 80, validation 0, and gaps of 10d the rest; take more snapshots, smaller parts, or `by: hash`"),
        problems(EVENTS.with("snapshots:", "split: {test: 80d, gap: 10d}\n  snapshots:")));
    assertEquals(1, problems(EVENTS.with("{history: 90d}", "[2026-03-01]")).size());
    assertEquals(
        List.of(),
        problems(
            EVENTS
                .with("{history: 90d}", "[2026-03-01]")
                .with("snapshots:", "split: {by: hash}\n  snapshots:")));
  }

  @Test
  void shouldTellOfTreesThatCannotStopEarly() {
    SpecText none =
        EVENTS
            .with("kind: logistic", "kind: trees")
            .with("snapshots:", "split: {validation: 0d, test: 14d}\n  snapshots:");
    assertEquals(
        List.of(
            "trees stop early by the validation rows, and `train.split.validation` is none; write `early_stopping: 0` under `train.model`, or a validation part such as `{hash: 10%}`"),
        problems(none));
    assertEquals(List.of(), problems(none.with("kind: trees", "kind: trees, early_stopping: 0")));
    assertEquals(List.of(), problems(none.with("validation: 0d", "validation: {hash: 10%}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sample: {negatives: 10%}|`train.sample.negatives` thins out rows whose label is FALSE, and the label is no condition; leave it out",
        "accept: {rmse: '<= 3'}|a model of classes has no metric `rmse` that can be asked for. Metrics are: auc, log_loss, accuracy",
        "accept: {acc: '>= 0.3'}|a model of classes has no metric `acc` that can be asked for; did you mean `auc`? Metrics are: auc, log_loss, accuracy",
        "accept: {log_loss: '>= 0.3'}|of `log_loss`, less is better; write `<=`"
      })
  void shouldTellWhatDoesNotFitALabelOfClasses(String key, String problem) {
    assertEquals(
        List.of(problem),
        problems(EVENTS.with("note = 'fraud'", "note").with("snapshots:", key + "\n  snapshots:")));
  }

  @Test
  void shouldTellOfClassesThatAConditionDoesNotHave() {
    assertEquals(
        List.of(
            "the label is a condition, and its classes are `true` and `false`; there is no `yes`"),
        problems(EVENTS.with("snapshots:", "class_weights: {yes: 5}\n  snapshots:")));
  }

  @Test
  void shouldKeepSegmentsAndWhatTheBaselineReadsBesideInputs() {
    SpecText spec =
        EVENTS.with(
            "snapshots:",
            """
            evaluate:
                segments: [channel, amount]
                baseline: {model: linear.onnx, inputs: [shop_top_1d, amount]}
              snapshots:""");
    Training training = training(spec);
    assertEquals(
        List.of("channel", "shop_top_1d"), training.besides().stream().map(Column::name).toList());
    assertEquals(
        List.of("shop_top_1d", "amount"),
        training.baseline().orElseThrow().model().inputs().columns());
    assertEquals(
        List.of(
            "unknown column `chanel`; did you mean `channel`? Rows have: txn, card, ts, amount, channel, note, big, card_n_1d, card_mean_1d, card_n_7d, card_mean_7d, shop_top_1d, shop_top_30d, card_web_n_1d"),
        problems(spec.with("[channel, amount]", "[chanel]")));
  }

  @Test
  void shouldRefuseNamesThatRowsOfTheTrainingSetHaveForSomethingElse() {
    assertEquals(
        List.of(
            "the column `example_date` has a name that rows of the training set have for something else; derive one of another name, and leave this one out"),
        problems(
            EVENTS
                .withSchema("\"note\"", "\"example_date\", \"type\": \"int\"}, {\"name\": \"note\"")
                .with("[amount, card_*]", "[example_date]")));
  }

  @Test
  void shouldRefuseGroupsWhoseColumnsOtherRowsHave() {
    assertEquals(
        List.of(
            "feature group `card` has the column `card_n_7d`, and so has a clean record; with `train.label.of` they stand in one row, so rename one"),
        problems(
            EVENTS.withSchema(
                "\"channel\"", "\"card_n_7d\", \"type\": \"int\"}, {\"name\": \"channel\"")));
  }
}
