package io.millrace.job.score;

import io.millrace.job.io.EncodedRecords;
import io.millrace.join.RowReader;
import io.millrace.model.ModelException;
import io.millrace.model.ModelSession;
import io.millrace.model.Scores;
import io.millrace.pipeline.Scoring;
import io.millrace.row.ByteBuilder;
import io.millrace.row.RowEncoder;
import java.io.IOException;

/**
 * Scores the records of one file, in their order. Batches are counted from the start of the file:
 * rows that are set aside before they reach the model take no place in one. Not thread-safe.
 */
final class RowScorer {
  /** NULL in a column where that forbids a score. */
  static final String MISSING_RULE = "score.missing";

  /** The model fails on the row. */
  static final String MODEL_RULE = "score.model";

  /** The score is not a number, or infinite. */
  static final String RESULT_RULE = "score.result";

  private final ModelSession session;
  private final ScoreSink sink;
  private final RowReader reader;
  private final RowEncoder keeper;

  private int filled;
  private final long[] numbers;

  /** The kept columns of the rows in the batch. */
  private final EncodedRecords kept = new EncodedRecords();

  /** The records that the rows in the batch were read from. */
  private final EncodedRecords raw = new EncodedRecords();

  private final EncodedRecords scored = new EncodedRecords();
  private final ByteBuilder rejected = new ByteBuilder();

  /**
   * @param reader its rows have the scoring's features in their first slots
   * @param session made for rows of the scoring's features
   */
  RowScorer(Scoring scoring, RowReader reader, ModelSession session, ScoreSink sink) {
    this.reader = reader;
    this.session = session;
    this.sink = sink;
    keeper = new RowEncoder(scoring.features(), scoring.keep());
    numbers = new long[session.rows()];
  }

  /**
   * Takes records that lie one behind the other.
   *
   * @param firstNumber the number of the first in its file
   */
  void score(byte[] source, int offset, int length, long firstNumber, long count)
      throws IOException, InterruptedException {
    reader.load(source, offset, length, count);
    for (long number = firstNumber; reader.next(); number++) {
      add(number);
    }
  }

  private void add(long number) throws IOException, InterruptedException {
    reader.putSource(raw.bytes());
    String forbidding = session.put(filled, reader.row());
    if (forbidding != null) {
      raw.end();
      reject(
          filled,
          number,
          MISSING_RULE,
          "column " + forbidding + " is NULL, without which no row is scored");
      raw.removeLast();
      return;
    }
    numbers[filled] = number;
    raw.end();
    keeper.encode(reader.row(), kept.bytes());
    kept.end();
    filled++;
    if (filled == session.rows()) {
      finish();
    }
  }

  /** Scores the rows that still wait. To be called at the end of the file. */
  void finish() throws IOException, InterruptedException {
    if (filled > 0) {
      try {
        emit(session.run(0, filled), 0, filled);
      } catch (ModelException e) {
        scoreOneByOne();
      }
    }
    filled = 0;
    kept.clear();
    raw.clear();
  }

  private void scoreOneByOne() throws IOException, InterruptedException {
    for (int i = 0; i < filled; i++) {
      try {
        emit(session.run(i, 1), i, i + 1);
      } catch (ModelException e) {
        reject(i, numbers[i], MODEL_RULE, e.getMessage());
      }
    }
  }

  private void emit(Scores scores, int from, int to) throws IOException, InterruptedException {
    scored.clear();
    for (int i = from; i < to; i++) {
      if (scores.isFinite(i)) {
        scores.encode(i, scored.bytes().putBytes(kept.array(), kept.start(i), kept.length(i)));
        scored.end();
      } else {
        String reason = "the score is " + scores.describe(i) + "; a finite number is needed";
        reject(i, numbers[i], RESULT_RULE, reason);
      }
    }
    if (scored.count() > 0) {
      sink.scored(scored);
    }
  }

  private void reject(int i, long number, String rule, String reason)
      throws IOException, InterruptedException {
    reader.putRow(raw.array(), raw.start(i), raw.length(i), rejected.clear());
    sink.rejected(number, rule, reason, rejected.toByteArray());
  }
}
