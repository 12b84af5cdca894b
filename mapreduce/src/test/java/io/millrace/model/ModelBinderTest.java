package io.millrace.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.RowType;
import io.millrace.spec.Located;
import io.millrace.spec.Location;
import io.millrace.spec.Problem;
import io.millrace.spec.ScoreSpec;
import io.millrace.spec.ScoreSpec.Inputs;
import io.millrace.spec.ScoreSpec.Missing;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelBinderTest {
  private static final Missing NAN = new Missing.NotANumber();
  private static final RowType FEATURES =
      new RowType(
          "Card",
          List.of(
              new Column("card_id", ColumnType.of(Kind.STRING)),
              new Column("count_7d", ColumnType.of(Kind.LONG)),
              new Column("amount_7d", ColumnType.of(Kind.DOUBLE).withNullable(true)),
              new Column("largest_7d", ColumnType.decimal(9, 2).withNullable(true)),
              new Column("last_7d", ColumnType.of(Kind.TIMESTAMP_MILLIS).withNullable(true)),
              new Column("days_7d", ColumnType.of(Kind.LONG).withNullable(true)),
              new Column("city", ColumnType.of(Kind.STRING).withNullable(true)),
              new Column("foreign_7d", ColumnType.of(Kind.BOOLEAN).withNullable(true)),
              new Column("visits", ColumnType.of(Kind.INT))));

  private Inputs inputs = new Inputs.SameNames();
  private final Map<String, Located<Missing>> missing = new LinkedHashMap<>();
  private Missing otherwise = NAN;
  private Optional<Located<ScoreSpec.Output>> output = Optional.empty();

  private static Location at(int line) {
    return new Location("pipeline.yaml", line, 1);
  }

  private void list(String... columns) {
    List<Located<String>> located = new ArrayList<>();
    for (String column : columns) {
      located.add(new Located<>(column, at(20 + located.size())));
    }
    inputs = new Inputs.OneTensor(located);
  }

  private void name(String input, String column) {
    Map<String, Located<String>> columns = new LinkedHashMap<>();
    if (inputs instanceof Inputs.ByName names) {
      columns.putAll(names.columns());
    }
    columns.put(input, new Located<>(column, at(30)));
    inputs = new Inputs.ByName(columns);
  }

  private void output(String name, String index) {
    output =
        Optional.of(new Located<>(new ScoreSpec.Output(name, Optional.ofNullable(index)), at(40)));
  }

  private Optional<BoundModel> bind(byte[] model, List<Problem> problems) {
    ScoreSpec spec =
        new ScoreSpec(
            ScoreSpec.Rows.ENTITIES,
            Optional.empty(),
            new Located<>("fraud.onnx", at(10)),
            inputs,
            missing,
            otherwise,
            output,
            List.of(),
            BigDecimal.ONE);
    return ModelBinder.bind(ModelSignature.read(model), spec, FEATURES, problems);
  }

  private BoundModel bound(byte[] model) {
    List<Problem> problems = new ArrayList<>();
    Optional<BoundModel> bound = bind(model, problems);
    assertEquals(List.of(), problems);
    return bound.orElseThrow();
  }

  private void assertProblems(byte[] model, String... expected) {
    List<Problem> problems = new ArrayList<>();
    assertEquals(Optional.empty(), bind(model, problems));
    assertEquals(List.of(expected), problems.stream().map(Problem::toString).toList());
  }

  private static byte[] scalar(DataType type, long... shape) {
    return new GraphBuilder()
        .input("x", type, shape)
        .node("Identity", List.of("x"), "score")
        .output("score", DataType.FLOAT, -1)
        .toByteArray();
  }

  @Test
  void shouldBindAListToOneTensor() {
    list("count_7d", "amount_7d");
    missing.put("amount_7d", new Located<>(new Missing.Value(0), at(50)));
    BoundModel model = bound(TestModels.logistic(0, 1, 1));
    assertEquals(
        new ModelInputs(
            List.of(
                new ModelInputs.Tensor(
                    "features",
                    ElementType.FLOAT,
                    true,
                    List.of(
                        new ModelInputs.Feed("count_7d", NAN),
                        new ModelInputs.Feed("amount_7d", new Missing.Value(0))))),
            false),
        model.inputs());
    assertEquals(
        new ModelOutput("score", "score", ElementType.FLOAT, OptionalInt.empty()), model.output());
    assertEquals(ColumnType.of(Kind.FLOAT), model.output().scoreType());
  }

  @Test
  void shouldCheckTheNameOfAListedInput() {
    list("count_7d", "amount_7d");
    List<Located<String>> columns = ((Inputs.OneTensor) inputs).columns();
    inputs = new Inputs.OneTensor(Optional.of(new Located<>("features", at(19))), columns);
    assertEquals("features", bound(TestModels.logistic(0, 1, 1)).inputs().tensors().get(0).name());
    inputs = new Inputs.OneTensor(Optional.of(new Located<>("featurs", at(19))), columns);
    List<Problem> problems = new ArrayList<>();
    bind(TestModels.logistic(0, 1, 1), problems);
    assertEquals(1, problems.size(), problems::toString);
    assertEquals(at(19), problems.get(0).at());
    assertTrue(
        problems.get(0).message().startsWith("the model has no input `featurs`; it has "),
        problems::toString);
    assertTrue(problems.get(0).message().contains("did you mean `features`?"), problems::toString);
  }

  @Test
  void shouldBindNames() {
    name("amount", "amount_7d");
    name("count", "count_7d");
    name("units", "visits");
    name("flag", "foreign_7d");
    name("city", "city");
    missing.put("foreign_7d", new Located<>(new Missing.Value(0), at(50)));
    missing.put("city", new Located<>(new Missing.Reject(), at(51)));
    assertEquals(
        List.of("amount_7d", "count_7d", "visits", "foreign_7d", "city"),
        bound(TestModels.namedInputs()).inputs().columns());
  }

  @Test
  void shouldBindColumnsOfTheInputsNames() {
    byte[] model =
        new GraphBuilder()
            .input("visits", DataType.DOUBLE, -1)
            .node("Identity", List.of("visits"), "score")
            .output("score", DataType.DOUBLE, -1)
            .toByteArray();
    ModelInputs.Tensor tensor = bound(model).inputs().tensors().get(0);
    assertEquals(
        new ModelInputs.Tensor(
            "visits", ElementType.DOUBLE, false, List.of(new ModelInputs.Feed("visits", NAN))),
        tensor);
  }

  @ParameterizedTest
  @CsvSource({"no, 0", "yes, 1"})
  void shouldBindAKeyOfAMapToTheTensorBeforeIt(String key, int column) {
    list("visits");
    output("output_probability", key);
    assertEquals(
        new ModelOutput(
            "output_probability", "probabilities", ElementType.FLOAT, OptionalInt.of(column)),
        bound(TestModels.classifier()).output());
  }

  @Test
  void shouldTakeRowsOneByOneWhereTheFirstDimensionIsOne() {
    list("visits");
    assertEquals(true, bound(scalar(DataType.FLOAT, 1, 1)).inputs().singleRows());
  }

  @Test
  void shouldRefuseUnknownColumns() {
    list("count_7d", "amount_7");
    assertProblems(
        TestModels.logistic(0, 1, 1),
        "pipeline.yaml:21:1: there is no column `amount_7` among the features; did you mean"
            + " `amount_7d`?");
  }

  @Test
  void shouldRefuseAListOfAnotherLength() {
    list("count_7d", "amount_7d", "visits");
    assertProblems(
        TestModels.logistic(0, 1, 1),
        "pipeline.yaml:20:1: 3 columns are listed, but the model's input `features` (float tensor"
            + " [?, 2]) takes 2");
  }

  @Test
  void shouldRefuseAListForSeveralInputs() {
    list("count_7d");
    byte[] model =
        new GraphBuilder()
            .input("a", DataType.FLOAT, -1, 1)
            .input("b", DataType.FLOAT, -1, 1)
            .node("Add", List.of("a", "b"), "score")
            .output("score", DataType.FLOAT, -1, 1)
            .toByteArray();
    assertProblems(
        model,
        "pipeline.yaml:20:1: a list of columns feeds one input, but the model has 2: `a` (float"
            + " tensor [?, 1]), `b` (float tensor [?, 1]); name the column of each, as in `inputs:"
            + " {a: column}`");
  }

  @Test
  void shouldRefuseTypesThatDoNotFit() {
    list("city", "last_7d");
    assertProblems(
        TestModels.logistic(0, 1, 1),
        "pipeline.yaml:20:1: column `city` is VARCHAR, but the model's input `features` (float"
            + " tensor [?, 2]) takes numbers or BOOLEAN",
        "pipeline.yaml:21:1: column `last_7d` is TIMESTAMP, but the model's input `features` (float"
            + " tensor [?, 2]) takes numbers or BOOLEAN");
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT,  count_7d,   true",
    "FLOAT,  amount_7d,  true",
    "FLOAT,  largest_7d, true",
    "DOUBLE, foreign_7d, true",
    "DOUBLE, city,       false",
    "DOUBLE, last_7d,    false",
    "INT64,  count_7d,   true",
    "INT64,  amount_7d,  false",
    "INT64,  largest_7d, false",
    "INT32,  visits,     true",
    "INT32,  count_7d,   false",
    "BOOL,   foreign_7d, true",
    "BOOL,   visits,     false",
    "STRING, city,       true",
    "STRING, visits,     false",
  })
  void shouldKnowWhichTypesFit(DataType type, String column, boolean fits) {
    name("x", column);
    otherwise = new Missing.Reject();
    List<Problem> problems = new ArrayList<>();
    assertEquals(fits, bind(scalar(type, -1, 1), problems).isPresent(), problems::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INT64  | days_7d    |     | NULL in column `days_7d` would become `nan`, but the model"
            + " takes int64 there; expected a whole number or `reject` under `missing`",
        "INT64  | days_7d    | 0.5 | NULL in column `days_7d` would become 0.5, but the model takes"
            + " int64 there; expected a whole number or `reject` under `missing`",
        "BOOL   | foreign_7d | 2   | NULL in column `foreign_7d` would become 2.0, but the model"
            + " takes bool there; expected 0, 1 or `reject` under `missing`",
        "STRING | city       |     | NULL in column `city` would become `nan`, but the model takes"
            + " string there; expected `reject` under `missing`",
      })
  void shouldRefuseWhatNullCannotBecome(
      DataType type, String column, Double value, String message) {
    name("x", column);
    if (value != null) {
      missing.put(column, new Located<>(new Missing.Value(value), at(50)));
    }
    assertProblems(
        scalar(type, -1, 1),
        (value == null ? at(30) : at(50)) + ": " + message.replaceAll(" +", " "));
  }

  @Test
  void shouldNotAskWhatNullBecomesWhereThereIsNone() {
    name("x", "count_7d");
    assertEquals(List.of("count_7d"), bound(scalar(DataType.INT64, -1)).inputs().columns());
  }

  @Test
  void shouldRefuseMissingForWhatIsNotFed() {
    list("count_7d", "amount_7d");
    missing.put("amont_7d", new Located<>(NAN, at(50)));
    assertProblems(
        TestModels.logistic(0, 1, 1),
        "pipeline.yaml:50:1: `missing` names `amont_7d`, which feeds no input of the model; did you"
            + " mean `amount_7d`?");
  }

  @Test
  void shouldNameInputsWithoutAColumnAndColumnsWithoutAnInput() {
    name("y", "visits");
    assertProblems(
        scalar(DataType.FLOAT, -1, 1),
        "pipeline.yaml:10:1: the model's input `x` (float tensor [?, 1]) has no column; add `x:"
            + " column` under `inputs`",
        "pipeline.yaml:30:1: the model has no input `y`; it has `x` (float tensor [?, 1])");
  }

  @Test
  void shouldSayHowToFeedInputsThatAreNamedLikeNoColumn() {
    assertProblems(
        TestModels.logistic(0, 1, 1),
        "pipeline.yaml:10:1: the model's input `features` (float tensor [?, 2]) has no column of"
            + " its name; say what feeds it, as in `inputs: [column, column]`");
    assertProblems(
        scalar(DataType.FLOAT, -1, 1),
        "pipeline.yaml:10:1: the model's input `x` (float tensor [?, 1]) has no column of its name;"
            + " say what feeds it, as in `inputs: {x: column}`");
  }

  @Test
  void shouldRefuseOneColumnForSeveral() {
    name("features", "visits");
    assertProblems(
        TestModels.logistic(0, 1, 1),
        "pipeline.yaml:30:1: the model's input `features` (float tensor [?, 2]) takes 2 columns,"
            + " but `visits` is one; list them, as in `inputs: [column, column]`");
  }

  @Test
  void shouldRefuseShapesThatAreNoRows() {
    name("x", "visits");
    assertProblems(
        scalar(DataType.FLOAT, -1, 3, 3),
        "pipeline.yaml:30:1: columns cannot be fed into the model's input `x` (float tensor [?, 3,"
            + " 3]); expected a tensor of one dimension, or two: rows and columns");
    assertProblems(
        scalar(DataType.FLOAT, 16, 1),
        "pipeline.yaml:10:1: the model's input `x` (float tensor [16, 1]) takes exactly 16 rows at"
            + " a time; export the model with a free first dimension");
  }

  @Test
  void shouldAskWhichOutputIsTheScore() {
    list("visits");
    assertProblems(
        TestModels.classifier(),
        "pipeline.yaml:10:1: the model has 2 outputs: `label` (int64 tensor [?]),"
            + " `output_probability` (map with the keys no, yes); say which of them is the score,"
            + " as in `output: output_probability[yes]`");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "labels             | -   | the model has no output `labels`; it has `label` (int64 tensor"
            + " [?]), `output_probability` (map with the keys no, yes); did you mean `label`?",
        "output_probability | -   | output `output_probability` (map with the keys no, yes) gives a"
            + " map for each row; say which key is the score, as in `output:"
            + " output_probability[yes]`",
        "output_probability | 1   | output `output_probability` has no key `1`; it has no, yes",
        "label              | 1   | output `label` (int64 tensor [?]) has no value `1`; expected a"
            + " number from 0 to 0",
        "label              | one | output `label` (int64 tensor [?]) has no value `one`; expected"
            + " a number from 0 to 0",
      })
  void shouldRefuseOutputsThatAreNoScore(String name, String index, String message) {
    list("visits");
    output(name, index);
    assertProblems(TestModels.classifier(), "pipeline.yaml:40:1: " + message);
  }

  @Test
  void shouldRefuseSeveralValuesARow() {
    list("visits");
    byte[] model =
        new GraphBuilder()
            .input("x", DataType.FLOAT, -1, 1)
            .floats("weights", List.of(1L, 3L), 1, 2, 3)
            .node("MatMul", List.of("x", "weights"), "probabilities")
            .output("probabilities", DataType.FLOAT, -1, 3)
            .toByteArray();
    assertProblems(
        model,
        "pipeline.yaml:10:1: output `probabilities` (float tensor [?, 3]) gives 3 values a row; say"
            + " which is the score, as in `output: probabilities[2]`");
    output("probabilities", "3");
    assertProblems(
        model,
        "pipeline.yaml:40:1: output `probabilities` (float tensor [?, 3]) has no value `3`;"
            + " expected a number from 0 to 2");
    output("probabilities", "2");
    assertEquals(OptionalInt.of(2), bound(model).output().column());
  }

  @Test
  void shouldRefuseScoresOfOtherTypes() {
    list("visits");
    byte[] model =
        new GraphBuilder()
            .input("x", DataType.FLOAT, -1, 1)
            .node("Identity", List.of("x"), "score")
            .output("score", DataType.BOOL, -1, 1)
            .toByteArray();
    assertProblems(
        model,
        "pipeline.yaml:10:1: output `score` (bool tensor [?, 1]) cannot be a score; expected a"
            + " tensor of float, double, int64 or string");
  }

  @Test
  void shouldFindAllProblemsAtOnce() {
    list("amount_7", "city");
    output("scores", null);
    List<Problem> problems = new ArrayList<>();
    bind(TestModels.logistic(0, 1, 1), problems);
    assertEquals(3, problems.size(), problems::toString);
  }
}
