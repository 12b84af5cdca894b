package io.millrace.job.join;

import io.millrace.job.io.AvroRecordReader;
import io.millrace.job.io.RecordBlock;
import io.millrace.job.io.RecordPlace;
import io.millrace.join.CleanRows;
import io.millrace.join.JoinSettings;
import io.millrace.row.ByteBuilder;
import io.millrace.row.RowType;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads the rows of a clean file in their order and puts the features behind them that come in the
 * same order. Not thread-safe.
 */
final class RowAssembler {
  /** Takes encoded joined rows; what is handed over is valid during the call only. */
  @FunctionalInterface
  interface Sink {
    void write(ByteBuilder row) throws IOException, InterruptedException;
  }

  private final AvroRecordReader file;
  private final CleanRows rows;
  private final byte[][] nothing;
  private final Sink sink;
  private final RecordBlock block = new RecordBlock();
  private final ByteBuilder joined = new ByteBuilder();

  /** The number of the row that is being put together, where there is one. */
  private long row;

  private long rowsRead;

  /** How many rows were begun before the block. */
  private long takenBefore;

  private boolean isBegun;
  private int nextEntity;

  /**
   * @param firstRow the number of the file's first row
   */
  RowAssembler(JoinSettings settings, AvroRecordReader file, long firstRow, Sink sink) {
    this.file = file;
    this.sink = sink;
    rows = new CleanRows(settings, RowType.fromAvro(file.schema()));
    nothing = settings.entities().stream().map(JoinSettings.Entity::nothing).toArray(byte[][]::new);
    row = firstRow - 1;
  }

  /** Puts features behind a row; rows and, of a row, entities come in ascending order. */
  void add(long ofRow, int entity, byte[] array, int offset, int length)
      throws IOException, InterruptedException {
    while (row < ofRow) {
      if (!next()) {
        throw new IOException(
            "Cannot join: there are features for row %d, but the last row is %d"
                .formatted(ofRow, row));
      }
    }
    if (row > ofRow || entity < nextEntity) {
      throw new IOException(
          "Cannot join: row %d has the features of its entity number %d twice"
              .formatted(ofRow, entity));
    }
    putNothingUntil(entity);
    joined.putBytes(array, offset, length);
    nextEntity = entity + 1;
  }

  /** The row of the file that is being put together, in words; empty before the first. */
  Optional<String> place() {
    return block.count() == 0
        ? Optional.empty()
        : Optional.of(RecordPlace.text(rows.taken() - takenBefore, block));
  }

  /** Completes all rows that are left. */
  void finish() throws IOException, InterruptedException {
    while (next()) {
      // the row before is written
    }
  }

  /** How many rows were read from the file. */
  long rowsRead() {
    return rowsRead;
  }

  /** Completes the row and begins the next; false where there is none. */
  private boolean next() throws IOException, InterruptedException {
    if (isBegun) {
      putNothingUntil(nothing.length);
      sink.write(joined);
      isBegun = false;
    }
    while (!rows.next()) {
      if (!file.next(block)) {
        return false;
      }
      rowsRead += block.count();
      takenBefore = rows.taken();
      rows.load(
          block.bytes().array(), block.bytes().offset(), block.bytes().length(), block.count());
    }
    rows.putKept(joined.clear());
    isBegun = true;
    nextEntity = 0;
    row++;
    return true;
  }

  private void putNothingUntil(int entity) {
    for (; nextEntity < entity; nextEntity++) {
      joined.putBytes(nothing[nextEntity]);
    }
  }
}
