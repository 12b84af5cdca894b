package io.millrace.job.evaluate;

import io.millrace.learn.Part;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Row;
import io.millrace.row.RowDecoder;
import io.millrace.row.RowType;
import io.millrace.row.XxHash64;
import java.io.IOException;
import java.util.Random;

/**
 * Some of the test rows of a file, in blocks: each block is scored as it is, and once for each
 * input with that input's values shuffled among the block's rows. Which rows, which blocks, and how
 * they are shuffled follows from the seed, the file's number and the rows. Not thread-safe.
 */
final class PermutedRows {
  /** Rows that are shuffled together. */
  static final int BLOCK_ROWS = 1024;

  private static final double HASHES = 0x1p64;

  private final EvaluateSettings.Permutations settings;
  private final int file;
  private final RowDecoder decoder;
  private final ExampleReader reader;
  private final ModelScorer scorer;
  private final Row row;
  private final SlotValues values;
  private final int[] inputs;
  private final Example[] examples = new Example[BLOCK_ROWS];
  private final ByteBuilder records = new ByteBuilder();
  private final ByteCursor cursor = new ByteCursor();
  private final byte[][] scopes;
  private int filled;
  private int block;
  private long taken;

  /**
   * @param decoder of records into rows of a type
   * @param scorer of the candidate, its own
   */
  PermutedRows(
      EvaluateSettings.Permutations settings,
      int file,
      RowType rows,
      RowDecoder decoder,
      ExampleReader reader,
      ModelScorer scorer) {
    this.settings = settings;
    this.file = file;
    this.decoder = decoder;
    this.reader = reader;
    this.scorer = scorer;
    row = new Row(rows.size());
    inputs = rows.slots(settings.inputs());
    values = new SlotValues(inputs, BLOCK_ROWS);
    scopes = new byte[inputs.length + 1][];
    for (int i = 0; i < scopes.length; i++) {
      scopes[i] = EvaluateKey.putPermuted(i, new ByteBuilder()).toByteArray();
    }
  }

  /** Looks at an encoded row, and keeps it where it is one of those that are shuffled. */
  void offer(Part part, byte[] source, int offset, int length)
      throws IOException, InterruptedException {
    if (part != Part.TEST || inputs.length == 0 || !isChosen(source, offset, length)) {
      return;
    }
    records.putBytes(source, offset, length);
    filled++;
    taken++;
    if (filled == BLOCK_ROWS) {
      finish();
    }
  }

  private boolean isChosen(byte[] source, int offset, int length) {
    if (settings.share() >= 1) {
      return true;
    }
    long hash = XxHash64.hash(XxHash64.hash(source, offset, length) ^ settings.seed());
    double unsigned = (hash >>> 1) * 2.0;
    return unsigned < settings.share() * HASHES;
  }

  /** How many rows were chosen. */
  long taken() {
    return taken;
  }

  /** Scores the rows that still wait. */
  void finish() throws IOException, InterruptedException {
    int start = row.load(records.array(), 0, records.length());
    cursor.reset(row.bytes, start, records.length());
    for (int i = 0; i < filled; i++) {
      decoder.decode(cursor, row);
      examples[i] = reader.read(row);
      values.take(i, row);
    }
    for (int i = 0; i < filled; i++) {
      score(i, 0);
    }
    for (int input = 0; input < inputs.length; input++) {
      int[] order = shuffled(input);
      for (int i = 0; i < filled; i++) {
        values.put(i, row);
        values.put(order[i], input, row);
        scorer.put(row, examples[i].permuted(scopes[input + 1]));
      }
    }
    scorer.finish();
    records.clear();
    filled = 0;
    block++;
  }

  private void score(int i, int scope) throws IOException, InterruptedException {
    values.put(i, row);
    scorer.put(row, examples[i].permuted(scopes[scope]));
  }

  /** Fisher and Yates, from the numbers that java.util.Random is specified to give. */
  private int[] shuffled(int input) {
    Random random =
        new Random(
            XxHash64.hash(
                XxHash64.hash(XxHash64.hash(XxHash64.hash(settings.seed()) ^ file) ^ block)
                    ^ input));
    int[] order = new int[filled];
    for (int i = 0; i < filled; i++) {
      int at = random.nextInt(i + 1);
      order[i] = order[at];
      order[at] = i;
    }
    return order;
  }
}
