package io.millrace.job.join;

import io.millrace.job.io.AvroRecordReader;
import io.millrace.job.io.RecordBlock;
import io.millrace.job.io.RecordPlace;
import io.millrace.join.CleanRows;
import io.millrace.row.RowType;
import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A range of the rows of a join, read from the clean files that have them, in their order: those
 * that are taken. Not thread-safe.
 */
final class RowRange implements Closeable {
  private final long first;
  private final long end;
  private final Iterator<JoinInput.NumberedFile> files;
  private final JoinedRecords records;
  private final Configuration configuration;
  private final RecordBlock block = new RecordBlock();
  private JoinInput.NumberedFile file;
  private @Nullable AvroRecordReader reader;
  private CleanRows rows;

  private long rowsOfFile;
  private long rowsRead;

  /**
   * A range that stands before its first row.
   *
   * @param end the row behind the last
   */
  RowRange(
      JoinInput input, long first, long end, JoinedRecords records, Configuration configuration) {
    this.first = first;
    this.end = end;
    this.records = records;
    this.configuration = configuration;
    List<JoinInput.NumberedFile> some =
        input.numberedFiles().stream()
            .filter(each -> each.firstRow() < end && each.endRow() > first)
            .toList();
    files = some.iterator();
  }

  /** Moves to the next row that is taken; false where there is none. */
  boolean next() throws IOException {
    while (rows == null || !rows.next()) {
      if (!nextBlock()) {
        return false;
      }
    }
    return true;
  }

  /** The number of the row. */
  long row() {
    return file.firstRow() + rows.record();
  }

  /** The number of the row's day. */
  int day() {
    return file.day();
  }

  /** The row itself. */
  CleanRows record() {
    return rows;
  }

  /** How many rows were read of the range, taken or not. */
  long rowsRead() {
    return rowsRead;
  }

  /** The record that was begun last, in words; empty before the first. */
  Optional<String> place() {
    return rows == null || block.count() == 0
        ? Optional.empty()
        : Optional.of(RecordPlace.text(rows.record() - block.firstRecord() + 1, block));
  }

  /** Loads the next block that has rows of the range. */
  private boolean nextBlock() throws IOException {
    while (true) {
      if (reader == null && !open()) {
        return false;
      }
      if (!reader.next(block)) {
        checkRows();
        close();
      } else {
        rowsOfFile += block.count();
        long blockRow = file.firstRow() + block.firstRecord();
        long skipped = Math.min(block.count(), Math.max(0, first - blockRow));
        long kept = Math.min(block.count(), end - blockRow) - skipped;
        if (skipped + kept < block.count()) {
          close(); // nothing behind it is of the range
        }
        if (kept > 0) {
          load(skipped, kept);
          return true;
        }
      }
    }
  }

  private void load(long skipped, long kept) {
    rows.load(
        block.bytes().array(),
        block.bytes().offset(),
        block.bytes().length(),
        block.firstRecord(),
        skipped + kept);
    rows.skip(skipped);
    rowsRead += kept;
  }

  private boolean open() throws IOException {
    if (!files.hasNext()) {
      return false;
    }
    file = files.next();
    rowsOfFile = 0;
    reader = AvroRecordReader.open(new Path(file.file().path()), configuration);
    rows = records.rows(file.day(), RowType.fromAvro(reader.schema()));
    return true;
  }

  private void checkRows() throws IOException {
    if (rowsOfFile != file.file().records()) {
      throw new IOException(
          "Cannot join %s: it has %d rows, but its manifest says %d"
              .formatted(file.file().path(), rowsOfFile, file.file().records()));
    }
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
