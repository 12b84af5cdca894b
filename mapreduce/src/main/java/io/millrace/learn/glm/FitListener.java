package io.millrace.learn.glm;

import java.io.IOException;

/** Is told of a fit's progress. */
public interface FitListener {
  /** Hears nothing. */
  FitListener NONE = (iteration, state) -> {};

  /**
   * Called after each iteration.
   *
   * @param state what a fit needs in order to go on from here
   */
  void iterated(Iteration iteration, FitState state) throws IOException;
}
