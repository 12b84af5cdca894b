package io.millrace.learn.glm;

import java.util.List;

/**
 * How a fit ended.
 *
 * @param model the last coefficients; only where {@link StopReason#hasModel} are they of use
 * @param history all iterations, those before a resumption included
 */
public record FitResult(GlmModel model, StopReason reason, List<Iteration> history) {
  public FitResult {
    history = List.copyOf(history);
  }

  public int iterations() {
    return history.size();
  }
}
