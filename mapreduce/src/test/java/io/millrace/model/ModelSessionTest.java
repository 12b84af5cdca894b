package io.millrace.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import io.millrace.spec.ScoreSpec.Missing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSessionTest {
  private static final Missing NAN = new Missing.NotANumber();

  @Test
  void shouldScoreALogisticModel() throws Exception {
    RowType layout = doubles("a", "b");
    BoundModel model =
        new BoundModel(list(ElementType.FLOAT, layout), output("score", ElementType.FLOAT));
    // 1 / (1 + e^-z): z = 0, 1, -2
    double[] expected = {0.5, 0.7310585786300049, 0.11920292202211755};
    try (ModelSession session =
        ModelSession.open(TestModels.logistic(0.5f, 1, -2), model, layout, 8)) {
      put(session, 0, layout, 0.5, 0.5);
      put(session, 1, layout, 2.5, 1);
      put(session, 2, layout, -0.5, 1);
      Scores scores = session.run(0, 3);
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], floatOf(scores, i), 1e-6);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000})
  void shouldScoreTheSameWhateverTheBatch(int batchRows) throws Exception {
    RowType layout = doubles("a", "b");
    BoundModel model =
        new BoundModel(list(ElementType.DOUBLE, layout), output("score", ElementType.DOUBLE));
    try (ModelSession session =
        ModelSession.open(TestModels.linearOfDoubles(3, -0.5), model, layout, batchRows)) {
      for (int first = 0; first < 20; first += batchRows) {
        int count = Math.min(batchRows, 20 - first);
        for (int i = 0; i < count; i++) {
          put(session, i, layout, first + i, 2);
        }
        Scores scores = session.run(0, count);
        for (int i = 0; i < count; i++) {
          ByteBuilder out = new ByteBuilder();
          scores.encode(i, out);
          assertEquals(3.0 * (first + i) - 1, cursor(out).readDouble());
        }
      }
    }
  }

  @Test
  void shouldFeedEachInputByName() throws Exception {
    RowType layout =
        new RowType(
            "Row",
            List.of(
                new Column("amount", ColumnType.decimal(9, 2)),
                new Column("count", ColumnType.of(Kind.LONG).withNullable(true)),
                new Column("units", ColumnType.of(Kind.INT)),
                new Column("flag", ColumnType.of(Kind.BOOLEAN)),
                new Column("city", ColumnType.of(Kind.STRING))));
    ModelInputs inputs =
        new ModelInputs(
            List.of(
                one("amount", ElementType.FLOAT, NAN),
                one("count", ElementType.INT64, new Missing.Value(7)),
                one("units", ElementType.INT32, NAN),
                one("flag", ElementType.BOOL, NAN),
                one("city", ElementType.STRING, new Missing.Reject())),
            false);
    BoundModel model = new BoundModel(inputs, output("score", ElementType.FLOAT));
    try (ModelSession session = ModelSession.open(TestModels.namedInputs(), model, layout, 2)) {
      Row row = new Row(layout.size());
      row.setLong(0, 425); // 4.25
      row.setLong(1, 3);
      row.setLong(2, 2);
      row.setLong(3, 1);
      row.setString(4, "Rome");
      assertNull(session.put(0, row));
      row.setNull(1);
      row.setString(4, "Oslo");
      assertNull(session.put(1, row));
      Scores scores = session.run(0, 2);
      assertEquals(4.25 + 30 + 200 + 1000 + 2, floatOf(scores, 0));
      assertEquals(4.25 + 70 + 200 + 1000 + 1, floatOf(scores, 1));
      row.setNull(4);
      assertEquals("city", session.put(0, row));
    }
  }

  @Test
  void shouldTakeAKeyOfAMap() throws Exception {
    RowType layout = doubles("a");
    for (int column = 0; column < 2; column++) {
      ModelOutput output =
          new ModelOutput(
              "output_probability", "probabilities", ElementType.FLOAT, OptionalInt.of(column));
      BoundModel model = new BoundModel(list(ElementType.FLOAT, layout), output);
      try (ModelSession session = ModelSession.open(TestModels.classifier(), model, layout, 4)) {
        put(session, 0, layout, 0.25);
        put(session, 1, layout, -3);
        Scores scores = session.run(0, 2);
        assertEquals(column == 0 ? -0.25f : 0.25f, floatOf(scores, 0));
        assertEquals(column == 0 ? 3f : -3f, floatOf(scores, 1));
      }
    }
  }

  @Test
  void shouldTakeLabels() throws Exception {
    RowType layout = doubles("a");
    BoundModel model =
        new BoundModel(list(ElementType.FLOAT, layout), output("label", ElementType.INT64));
    try (ModelSession session = ModelSession.open(TestModels.classifier(), model, layout, 4)) {
      put(session, 0, layout, 0.25);
      put(session, 1, layout, -3);
      Scores scores = session.run(0, 2);
      assertEquals(1, longOf(scores, 0));
      assertEquals(0, longOf(scores, 1));
    }
  }

  @Test
  void shouldTakeTexts() throws Exception {
    RowType layout = new RowType("Row", List.of(new Column("index", ColumnType.of(Kind.LONG))));
    BoundModel model =
        new BoundModel(
            new ModelInputs(List.of(one("index", ElementType.INT64, NAN)), false),
            output("level", ElementType.STRING));
    try (ModelSession session = ModelSession.open(TestModels.levels(), model, layout, 4)) {
      Row row = new Row(1);
      row.setLong(0, 1);
      session.put(0, row);
      row.setLong(0, 0);
      session.put(1, row);
      Scores scores = session.run(0, 2);
      assertEquals("high", textOf(scores, 0));
      assertEquals("low", textOf(scores, 1));
    }
  }

  @Test
  void shouldPutNotANumberOrAValueForNull() throws Exception {
    RowType layout = doubles("a", "b");
    ModelInputs inputs =
        new ModelInputs(
            List.of(
                new ModelInputs.Tensor(
                    "features",
                    ElementType.FLOAT,
                    true,
                    List.of(
                        new ModelInputs.Feed("a", NAN),
                        new ModelInputs.Feed("b", new Missing.Value(-1))))),
            false);
    BoundModel model = new BoundModel(inputs, output("score", ElementType.FLOAT));
    try (ModelSession session = ModelSession.open(TestModels.logistic(0, 1, 1), model, layout, 4)) {
      Row row = new Row(2);
      row.setDouble(0, 1);
      row.setNull(1);
      session.put(0, row);
      row.setNull(0);
      session.put(1, row);
      Scores scores = session.run(0, 2);
      assertEquals(0.5, floatOf(scores, 0));
      assertFalse(scores.isFinite(1));
      assertEquals("NaN", scores.describe(1));
    }
  }

  @Test
  void shouldFailOnlyWhereTheModelFails() throws Exception {
    RowType layout = new RowType("Row", List.of(new Column("index", ColumnType.of(Kind.LONG))));
    ModelInputs inputs =
        new ModelInputs(
            List.of(
                new ModelInputs.Tensor(
                    "index",
                    ElementType.INT64,
                    false,
                    List.of(new ModelInputs.Feed("index", NAN)))),
            false);
    BoundModel model = new BoundModel(inputs, output("score", ElementType.FLOAT));
    try (ModelSession session = ModelSession.open(TestModels.table(), model, layout, 3)) {
      Row row = new Row(1);
      for (int i = 0; i < 3; i++) {
        row.setLong(0, new long[] {2, 99, 0}[i]);
        session.put(i, row);
      }
      assertThrows(ModelException.class, () -> session.run(0, 3));
      assertThrows(ModelException.class, () -> session.run(1, 1));
      assertEquals(30, floatOf(session.run(0, 1), 0));
      assertEquals(10, floatOf(session.run(2, 1), 2));
    }
  }

  @Test
  void shouldTakeRowsOneByOneWhereTheModelDoes() throws Exception {
    byte[] onnx =
        new GraphBuilder()
            .input("features", DataType.FLOAT, 1, 1)
            .node("Neg", List.of("features"), "score")
            .output("score", DataType.FLOAT, 1, 1)
            .toByteArray();
    RowType layout = doubles("a");
    ModelInputs many = list(ElementType.FLOAT, layout);
    BoundModel model =
        new BoundModel(new ModelInputs(many.tensors(), true), output("score", ElementType.FLOAT));
    try (ModelSession session = ModelSession.open(onnx, model, layout, 1024)) {
      assertEquals(1, session.rows());
      put(session, 0, layout, 5);
      assertEquals(-5, floatOf(session.run(0, 1), 0));
    }
  }

  @Test
  void shouldRefuseAnOutputThatIsNotOneValueARow() throws Exception {
    byte[] onnx =
        new GraphBuilder()
            .input("features", DataType.FLOAT, -1, 1)
            .floats("weights", List.of(1L, 2L), 1, 2)
            .node("MatMul", List.of("features", "weights"), "score")
            .output("score", DataType.FLOAT, -1, -1)
            .toByteArray();
    RowType layout = doubles("a");
    assertEquals(
        "Cannot take the score from output score: it gives 2 values a row; choose one, as in"
            + " score[0]",
        failure(onnx, layout, OptionalInt.empty()));
    assertEquals(
        "Cannot take value 2 of output score: it gives 2 a row, counted from 0",
        failure(onnx, layout, OptionalInt.of(2)));
  }

  private static String failure(byte[] onnx, RowType layout, OptionalInt column) throws Exception {
    BoundModel model =
        new BoundModel(
            list(ElementType.FLOAT, layout),
            new ModelOutput("score", "score", ElementType.FLOAT, column));
    try (ModelSession session = ModelSession.open(onnx, model, layout, 4)) {
      put(session, 0, layout, 1);
      return assertThrows(IllegalStateException.class, () -> session.run(0, 1)).getMessage();
    }
  }

  @Test
  void shouldSayThatAModelCannotBeLoaded() {
    byte[] onnx =
        new GraphBuilder()
            .input("features", DataType.FLOAT, -1, 1)
            .node("NoSuchOperator", List.of("features"), "score")
            .output("score", DataType.FLOAT, -1, 1)
            .toByteArray();
    RowType layout = doubles("a");
    BoundModel model =
        new BoundModel(list(ElementType.FLOAT, layout), output("score", ElementType.FLOAT));
    ModelException e =
        assertThrows(ModelException.class, () -> ModelSession.open(onnx, model, layout, 4));
    assertTrue(e.getMessage().contains("NoSuchOperator"), e.getMessage());
  }

  private static RowType doubles(String... names) {
    return new RowType(
        "Row",
        Arrays.stream(names)
            .map(name -> new Column(name, ColumnType.of(Kind.DOUBLE).withNullable(true)))
            .toList());
  }

  private static ModelInputs list(ElementType element, RowType layout) {
    return new ModelInputs(
        List.of(
            new ModelInputs.Tensor(
                "features",
                element,
                true,
                layout.names().stream().map(name -> new ModelInputs.Feed(name, NAN)).toList())),
        false);
  }

  private static ModelInputs.Tensor one(String name, ElementType element, Missing missing) {
    return new ModelInputs.Tensor(
        name, element, true, List.of(new ModelInputs.Feed(name, missing)));
  }

  private static ModelOutput output(String name, ElementType element) {
    return new ModelOutput(name, name, element, OptionalInt.empty());
  }

  private static void put(ModelSession session, int at, RowType layout, double... values) {
    Row row = new Row(layout.size());
    for (int i = 0; i < values.length; i++) {
      row.setDouble(i, values[i]);
    }
    assertNull(session.put(at, row));
  }

  private static ByteCursor cursor(ByteBuilder bytes) {
    return new ByteCursor().reset(bytes.array(), 0, bytes.length());
  }

  private static float floatOf(Scores scores, int row) {
    ByteBuilder out = new ByteBuilder();
    scores.encode(row, out);
    return cursor(out).readFloat();
  }

  private static long longOf(Scores scores, int row) {
    ByteBuilder out = new ByteBuilder();
    scores.encode(row, out);
    return cursor(out).readVarint();
  }

  private static String textOf(Scores scores, int row) {
    ByteBuilder out = new ByteBuilder();
    scores.encode(row, out);
    ByteCursor cursor = cursor(out);
    int length = cursor.readLength();
    return new String(cursor.array(), cursor.advance(length), length, StandardCharsets.UTF_8);
  }
}
