package io.millrace.spec;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a trained model is measured on the test rows.
 *
 * @param segments columns for each of whose values it is measured, too
 * @param threshold the probability from which a row counts as positive in the confusion matrix
 * @param top how many of the rows with the highest scores lift and precision look at
 * @param baseline another model that is measured on the same rows
 */
public record EvaluateSpec(
    List<Located<String>> segments, double threshold, List<Top> top, Optional<Baseline> baseline) {
  public EvaluateSpec {
    segments = List.copyOf(segments);
    top = List.copyOf(top);
  }

  /** Some of the rows with the highest scores. */
  public sealed interface Top {
    record Rows(long rows) implements Top {}

    /**
     * A share of all rows.
     *
     * @param share more than 0, at most 1
     */
    record Share(BigDecimal share) implements Top {}
  }

  /**
   * A model that came from elsewhere; what is said of it means the same as in {@code score}.
   *
   * @param model path of an ONNX file, relative to the spec
   */
  public record Baseline(
      Located<String> model,
      ScoreSpec.Inputs inputs,
      Map<String, Located<ScoreSpec.Missing>> missing,
      ScoreSpec.Missing otherwise,
      Optional<Located<ScoreSpec.Output>> output) {
    public Baseline {
      missing = Collections.unmodifiableMap(new LinkedHashMap<>(missing));
    }

    /** As if it scored the training set's rows. */
    public ScoreSpec asScore() {
      return new ScoreSpec(
          ScoreSpec.Rows.EVENTS,
          Optional.empty(),
          model,
          inputs,
          missing,
          otherwise,
          output,
          List.of(),
          BigDecimal.ONE);
    }
  }
}
