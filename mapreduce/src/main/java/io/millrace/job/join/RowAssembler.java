package io.millrace.job.join;

import io.millrace.row.ByteBuilder;
import java.io.IOException;
import java.util.List;

/**
 * Reads the rows of a range in their order and puts the features behind them that come in the same
 * order. Not thread-safe.
 */
final class RowAssembler {
  /** Takes encoded joined rows; what is handed over is valid during the call only. */
  @FunctionalInterface
  interface Sink {
    void write(ByteBuilder row) throws IOException, InterruptedException;
  }

  private final RowRange rows;
  private final List<JoinInput.Day> days;
  private final Sink sink;
  private final ByteBuilder joined = new ByteBuilder();

  /** For each entity, what stands for features on the row's day. */
  private byte[][] nothing = {};

  private int day = -1;

  /** The number of the row that is being put together, where there is one. */
  private long row = -1;

  private boolean isBegun;
  private int nextEntity;

  RowAssembler(RowRange rows, List<JoinInput.Day> days, Sink sink) {
    this.rows = rows;
    this.days = days;
    this.sink = sink;
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
    if (row > ofRow) {
      throw new IOException(
          "Cannot join: there are features for row %d, but none that is taken between those before it and row %d"
              .formatted(ofRow, row));
    }
    if (entity < nextEntity) {
      throw new IOException(
          "Cannot join: row %d has the features of its entity number %d twice"
              .formatted(ofRow, entity));
    }
    putNothingUntil(entity);
    joined.putBytes(array, offset, length);
    nextEntity = entity + 1;
  }

  /** Completes all rows that are left. */
  void finish() throws IOException, InterruptedException {
    while (next()) {
      // the row before is written
    }
  }

  /** Completes the row and begins the next; false where there is none. */
  private boolean next() throws IOException, InterruptedException {
    if (isBegun) {
      putNothingUntil(nothing.length);
      sink.write(joined);
      isBegun = false;
    }
    if (!rows.next()) {
      return false;
    }
    if (rows.day() != day) {
      day = rows.day();
      nothing = days.get(day).noFeatures().ofEntities();
    }
    rows.record().putKept(joined.clear());
    isBegun = true;
    nextEntity = 0;
    row = rows.row();
    return true;
  }

  private void putNothingUntil(int entity) {
    for (; nextEntity < entity; nextEntity++) {
      joined.putBytes(nothing[nextEntity]);
    }
  }
}
