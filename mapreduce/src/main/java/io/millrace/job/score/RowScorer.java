package io.millrace.job.score;

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

  /** The kept columns of the rows in the batch; those of row i end at {@code keptEnds[i]}. */
  private final ByteBuilder kept = new ByteBuilder();

  private final int[] keptEnds;

  /** The records that the rows in the batch were read from. */
  private final ByteBuilder raw = new ByteBuilder();

  private final int[] rawEnds;
  private final ByteBuilder record = new ByteBuilder();

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
    keptEnds = new int[session.rows()];
    rawEnds = new int[session.rows()];
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
    int start = raw.length();
    reader.putSource(raw);
    String forbidding = session.put(filled, reader.row());
    if (forbidding != null) {
      reject(
          number,
          start,
          raw.length(),
          MISSING_RULE,
          "column " + forbidding + " is NULL, without which no row is scored");
      raw.truncate(start);
      return;
    }
    numbers[filled] = number;
    rawEnds[filled] = raw.length();
    keeper.encode(reader.row(), kept);
    keptEnds[filled] = kept.length();
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
        reject(i, MODEL_RULE, e.getMessage());
      }
    }
  }

  private void emit(Scores scores, int from, int to) throws IOException, InterruptedException {
    for (int i = from; i < to; i++) {
      if (!scores.isFinite(i)) {
        reject(
            i, RESULT_RULE, "the score is " + scores.describe(i) + "; a finite number is needed");
        continue;
      }
      int start = i == 0 ? 0 : keptEnds[i - 1];
      record.clear().putBytes(kept.array(), start, keptEnds[i] - start);
      scores.encode(i, record);
      sink.scored(record.array(), 0, record.length());
    }
  }

  private void reject(int i, String rule, String reason) throws IOException, InterruptedException {
    reject(numbers[i], i == 0 ? 0 : rawEnds[i - 1], rawEnds[i], rule, reason);
  }

  private void reject(long number, int rawStart, int rawEnd, String rule, String reason)
      throws IOException, InterruptedException {
    reader.putRow(raw.array(), rawStart, rawEnd - rawStart, record.clear());
    sink.rejected(number, rule, reason, record.toByteArray());
  }
}
