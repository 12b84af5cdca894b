package io.millrace.job.evaluate;

import io.millrace.model.ModelException;
import io.millrace.model.ModelSession;
import io.millrace.model.Scores;
import io.millrace.row.Row;
import java.io.IOException;

/** Runs rows through a model, a batch at a time in their order. Not thread-safe. */
final class ModelScorer {
  /** Hears what becomes of each row. */
  interface Listener {
    /**
     * The row has a finite score.
     *
     * @param at its place among the scores
     */
    void scored(Example example, Scores scores, int at) throws IOException, InterruptedException;

    /** The model has none for the row. */
    void unscored(Example example) throws IOException, InterruptedException;
  }

  private final ModelSession session;
  private final Listener listener;
  private final Example[] examples;
  private int filled;

  ModelScorer(ModelSession session, Listener listener) {
    this.session = session;
    this.listener = listener;
    examples = new Example[session.rows()];
  }

  void put(Row row, Example example) throws IOException, InterruptedException {
    if (session.put(filled, row) != null) {
      listener.unscored(example);
      return;
    }
    examples[filled++] = example;
    if (filled == examples.length) {
      finish();
    }
  }

  /** Scores the rows that still wait. */
  void finish() throws IOException, InterruptedException {
    int count = filled;
    filled = 0;
    if (count == 0) {
      return;
    }
    Scores scores;
    try {
      scores = session.run(0, count);
    } catch (ModelException e) {
      scoreOneByOne(count);
      return;
    }
    for (int i = 0; i < count; i++) {
      tell(scores, i);
    }
  }

  private void scoreOneByOne(int count) throws IOException, InterruptedException {
    for (int i = 0; i < count; i++) {
      Scores scores;
      try {
        scores = session.run(i, 1);
      } catch (ModelException e) {
        listener.unscored(examples[i]);
        continue;
      }
      tell(scores, i);
    }
  }

  private void tell(Scores scores, int at) throws IOException, InterruptedException {
    if (scores.isFinite(at)) {
      listener.scored(examples[at], scores, at);
    } else {
      listener.unscored(examples[at]);
    }
  }
}
