package io.millrace.model;

import static io.millrace.model.GraphBuilder.floats;
import static io.millrace.model.GraphBuilder.number;
import static io.millrace.model.GraphBuilder.numbers;
import static io.millrace.model.GraphBuilder.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import io.millrace.spec.ScoreSpec.Missing;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TextEncoderTest {
  private static final String EMOJI = "\uD83D\uDE00";

  private static GraphBuilder encoder(String input, String output, String... keys) {
    Long[] values = new Long[keys.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = 10L * (i + 1);
    }
    return new GraphBuilder()
        .learningNode(
            "LabelEncoder",
            List.of(input),
            output,
            texts("keys_strings", keys),
            numbers("values_int64s", values),
            number("default_int64", -7));
  }

  private static ModelProto model(GraphBuilder graph) throws Exception {
    return ModelProto.parseFrom(graph.toByteArray());
  }

  private static List<String> inputs(ModelProto model) {
    return model.getGraph().getInputList().stream()
        .map(input -> input.getName() + " " + input.getType().getTensorType().getElemType())
        .toList();
  }

  private static List<String> operators(ModelProto model) {
    return model.getGraph().getNodeList().stream().map(NodeProto::getOpType).toList();
  }

  @Test
  void shouldTakeOffWhatTextGoesThroughFirst() throws Exception {
    ModelProto model =
        model(
            encoder("city", "code", "Oslo", "Rome")
                .input("amount", DataType.INT64, -1, 1)
                .input("city", DataType.STRING, -1, 1)
                .node("Add", List.of("amount", "code"), "score")
                .output("score", DataType.INT64, -1, 1));
    TextEncoder.Split split = TextEncoder.takeOff(model);
    assertEquals(
        List.of("amount " + DataType.INT64_VALUE, "code " + DataType.INT64_VALUE),
        inputs(split.model()));
    ValueInfoProto code = split.model().getGraph().getInput(1);
    assertEquals(
        model.getGraph().getInput(1).getType().getTensorType().getShape(),
        code.getType().getTensorType().getShape());
    assertEquals(List.of("Add"), operators(split.model()));
    assertEquals(1, split.encoders().size());
    TextEncoder taken = split.encoders().get(0);
    assertEquals("city", taken.input());
    assertEquals("code", taken.output());
    assertEquals(20, code(taken.codes(), "Rome"));
    assertEquals(-7, code(taken.codes(), "rome"));
  }

  private static long code(TextCodes codes, String text) {
    Row row = new Row(1);
    row.setString(0, text);
    return codes.of(row.bytes, row.offsets[0], row.lengths[0]);
  }

  @Test
  void shouldTakeOffSeveralEncodersOfOneInput() throws Exception {
    ModelProto model =
        model(
            encoder("city", "code", "Oslo")
                .input("city", DataType.STRING, -1, 1)
                .learningNode(
                    "LabelEncoder",
                    List.of("city"),
                    "other",
                    texts("keys_strings", "Rome"),
                    numbers("values_int64s", 5L))
                .node("Add", List.of("code", "other"), "score")
                .output("score", DataType.INT64, -1, 1));
    TextEncoder.Split split = TextEncoder.takeOff(model);
    assertEquals(
        List.of("code " + DataType.INT64_VALUE, "other " + DataType.INT64_VALUE),
        inputs(split.model()));
    assertEquals(-1, code(split.encoders().get(1).codes(), "Oslo")); // the operator's own default
  }

  @Test
  void shouldLeaveAModelThatNeedsItsText() throws Exception {
    List<GraphBuilder> models = new ArrayList<>();
    // the text goes elsewhere, too
    models.add(
        encoder("city", "code", "Oslo")
            .input("city", DataType.STRING, -1, 1)
            .node("Identity", List.of("city"), "text")
            .output("code", DataType.INT64, -1, 1));
    // its numbers are what the model gives
    models.add(
        encoder("city", "code", "Oslo")
            .input("city", DataType.STRING, -1, 1)
            .output("code", DataType.INT64, -1, 1));
    // something comes before
    models.add(
        encoder("flat", "code", "Oslo")
            .input("city", DataType.STRING, -1, 1)
            .node("Identity", List.of("city"), "flat")
            .node("Neg", List.of("code"), "score")
            .output("score", DataType.INT64, -1, 1));
    // another kind of value
    models.add(
        new GraphBuilder()
            .input("city", DataType.STRING, -1, 1)
            .learningNode(
                "LabelEncoder",
                List.of("city"),
                "code",
                texts("keys_strings", "Oslo"),
                floats("values_floats", 1f))
            .node("Neg", List.of("code"), "score")
            .output("score", DataType.FLOAT, -1, 1));
    for (GraphBuilder each : models) {
      ModelProto model = model(each);
      TextEncoder.Split split = TextEncoder.takeOff(model);
      assertSame(model, split.model());
      assertEquals(List.of(), split.encoders());
    }
  }

  /** What the runtime itself makes of the text is seen where the numbers are what it gives. */
  @Test
  void shouldGiveWhatTheRuntimeGives() throws Exception {
    String[] keys = {"Oslo", "", "Rome", "Zürich", "Oslo", "東京"};
    GraphBuilder whole =
        encoder("city", "score", keys)
            .input("city", DataType.STRING, -1, 1)
            .output("score", DataType.INT64, -1, 1);
    GraphBuilder split =
        encoder("city", "code", keys)
            .input("city", DataType.STRING, -1, 1)
            .node("Identity", List.of("code"), "score")
            .output("score", DataType.INT64, -1, 1);
    List<String> texts = List.of("Rome", "Oslo", "", "Osl", "Zürich", "東京", "東", "oslo", "Rome");
    List<Long> expected = List.of(30L, 10L, 20L, -7L, 40L, 60L, -7L, -7L, 30L);
    assertEquals(expected, scores(whole.toByteArray(), texts, 4));
    assertEquals(expected, scores(split.toByteArray(), texts, 4));
  }

  /** ONNX Runtime's Java interface garbles such characters, and finds nothing. */
  @Test
  void shouldFindTextBeyondTheBasicPlane() throws Exception {
    GraphBuilder split =
        encoder("city", "code", "a", EMOJI)
            .input("city", DataType.STRING, -1, 1)
            .node("Identity", List.of("code"), "score")
            .output("score", DataType.INT64, -1, 1);
    assertEquals(List.of(20L, -7L), scores(split.toByteArray(), List.of(EMOJI, EMOJI + EMOJI), 2));
  }

  private static List<Long> scores(byte[] onnx, List<String> texts, int batchRows)
      throws Exception {
    RowType layout =
        new RowType(
            "Row", List.of(new Column("city", ColumnType.of(Kind.STRING).withNullable(true))));
    BoundModel model =
        new BoundModel(
            new ModelInputs(
                List.of(
                    new ModelInputs.Tensor(
                        "city",
                        ElementType.STRING,
                        true,
                        List.of(new ModelInputs.Feed("city", new Missing.NotANumber())))),
                false),
            new ModelOutput("score", "score", ElementType.INT64, OptionalInt.empty()));
    List<Long> scores = new ArrayList<>();
    try (ModelSession session = ModelSession.open(onnx, model, layout, batchRows)) {
      Row row = new Row(1);
      for (int first = 0; first < texts.size(); first += batchRows) {
        int count = Math.min(batchRows, texts.size() - first);
        for (int i = 0; i < count; i++) {
          row.clear();
          String text = texts.get(first + i);
          if (text.isEmpty()) {
            row.setNull(0);
          } else {
            row.setString(0, text);
          }
          session.put(i, row);
        }
        Scores of = session.run(0, count);
        for (int i = 0; i < count; i++) {
          scores.add((long) of.number(i));
        }
      }
    }
    return scores;
  }
}
