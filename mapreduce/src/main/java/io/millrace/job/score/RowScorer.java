package io.millrace.job.score;

import io.millrace.model.ModelException;
import io.millrace.model.ModelSession;
import io.millrace.model.Scores;
import io.millrace.pipeline.Scoring;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Row;
import io.millrace.row.RowDecoder;
import io.millrace.row.RowEncoder;
import io.millrace.row.RowType;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

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
  private final RowDecoder decoder;
  private final RowEncoder keeper;
  private final Row row;
  private final ByteCursor cursor = new ByteCursor();

  private long taken;
  private int filled;
  private final long[] numbers;

  /** The kept columns of the rows in the batch; those of row i end at {@code keptEnds[i]}. */
  private final ByteBuilder kept = new ByteBuilder();

  private final int[] keptEnds;

  /** The rows in the batch as they came. */
  private final ByteBuilder raw = new ByteBuilder();

  private final int[] rawEnds;
  private final ByteBuilder record = new ByteBuilder();

  /**
   * @param written the columns of the records that will come
   * @param session made for rows of the scoring's features
   */
  RowScorer(Scoring scoring, RowType written, ModelSession session, ScoreSink sink) {
    this.session = session;
    this.sink = sink;
    RowType features = scoring.features();
    Set<String> wanted = new HashSet<>(scoring.keep());
    wanted.addAll(scoring.inputs().columns());
    decoder = new RowDecoder(written, features, wanted);
    keeper = new RowEncoder(features, scoring.keep());
    row = new Row(features.size());
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
    int start = row.load(source, offset, length);
    cursor.reset(row.bytes, start, length);
    for (long number = firstNumber; number < firstNumber + count; number++) {
      taken++;
      int recordStart = cursor.position();
      decoder.decode(cursor, row);
      add(number, recordStart, cursor.position() - recordStart);
    }
  }

  /** How many records were begun. */
  long taken() {
    return taken;
  }

  private void add(long number, int start, int length) throws IOException, InterruptedException {
    String forbidding = session.put(filled, row);
    if (forbidding != null) {
      sink.rejected(
          number,
          MISSING_RULE,
          "column " + forbidding + " is NULL, without which no row is scored",
          Arrays.copyOfRange(row.bytes, start, start + length));
      return;
    }
    numbers[filled] = number;
    keeper.encode(row, kept);
    keptEnds[filled] = kept.length();
    raw.putBytes(row.bytes, start, length);
    rawEnds[filled] = raw.length();
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
    int start = i == 0 ? 0 : rawEnds[i - 1];
    sink.rejected(numbers[i], rule, reason, Arrays.copyOfRange(raw.array(), start, rawEnds[i]));
  }
}
