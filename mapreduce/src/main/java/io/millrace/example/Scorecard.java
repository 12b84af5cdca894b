package io.millrace.example;

import io.millrace.example.Evidence.Signal.Excess;
import io.millrace.example.Evidence.Signal.Level;
import io.millrace.example.Evidence.Signal.Ratio;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * An expert's scorecard for stolen cards, as an ONNX model: risk = sigmoid(bias + the points of
 * each line of evidence). Each input is a float tensor [batch, 1] with the name of a feature
 * column; NaN means not known and is no evidence either way. The output {@code risk} is between 0
 * and 1; it ranks cards and is no calibrated probability.
 */
public final class Scorecard {
  /** The name of the model's only output. */
  public static final String OUTPUT = "risk";

  private static final float BIAS = -5;

  private static final List<String> INPUTS =
      List.of(
          "card_txn_count_1d",
          "card_txn_count_7d",
          "card_amount_mean_1d",
          "card_amount_mean_30d",
          "card_amount_max_1d",
          "card_web_share_1d",
          "card_web_share_30d",
          "card_abroad_share_1d");

  private static final List<Evidence> LINES =
      List.of(
          // a seventh of a week's purchases fall on a usual day
          new Evidence("burst", new Ratio("card_txn_count_1d", "card_txn_count_7d"), .3f, .8f, 1),
          new Evidence(
              "spending", new Ratio("card_amount_mean_1d", "card_amount_mean_30d"), 1.2f, 4, 2),
          new Evidence("peak", new Ratio("card_amount_max_1d", "card_amount_mean_30d"), 4, 15, 3),
          new Evidence("large", new Level("card_amount_max_1d"), 300, 2000, 1),
          new Evidence(
              "web", new Excess("card_web_share_1d", "card_web_share_30d"), .2f, .9f, 1.5f),
          new Evidence("abroad", new Level("card_abroad_share_1d"), .1f, 1, 2.5f));

  private Scorecard() {}

  /** The names of the model's inputs: columns of the example's feature group {@code card}. */
  public static List<String> inputs() {
    return INPUTS;
  }

  /** The model; the same bytes every time. */
  public static byte[] toOnnx() {
    OnnxGraph graph = new OnnxGraph("scorecard");
    for (String input : INPUTS) {
      graph.input(input, "Feature column " + input + "; NaN: not known");
    }
    String[] terms = new String[LINES.size() + 1];
    terms[0] = graph.constant("bias", BIAS);
    for (int line = 0; line < LINES.size(); line++) {
      terms[line + 1] = LINES.get(line).addTo(graph);
    }
    graph.node("log_odds", "Sum", terms);
    graph.node(OUTPUT, "Sigmoid", "log_odds");
    graph.output(OUTPUT, "How likely the card was used by a thief on this day, 0 to 1");
    return graph.toModel(
        "An expert's scorecard for card fraud; made by " + Scorecard.class.getName());
  }

  static void write(LandingSink sink, String path) throws IOException {
    try (OutputStream out = sink.create(path)) {
      out.write(toOnnx());
    }
  }
}
