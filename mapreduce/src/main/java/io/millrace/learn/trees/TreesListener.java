package io.millrace.learn.trees;

import java.io.IOException;

/** Hears how far a fit is. */
public interface TreesListener {
  /**
   * Called behind each round.
   *
   * @param state makes what the fit needs to go on from here; it takes its time
   */
  void done(TreesRound round, StateMaker state) throws IOException;

  /** Makes the state of a fit. */
  interface StateMaker {
    TreesState make() throws IOException;
  }
}
