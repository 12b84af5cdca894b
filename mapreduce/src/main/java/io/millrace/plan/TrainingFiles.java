package io.millrace.plan;

import io.millrace.row.Column;
import io.millrace.row.RowType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Into how many files training rows go: follows from the number of rows that are read, their
 * columns and the share that is kept, and from nothing else. A file is what one worker of a fit
 * takes at a time, and so there are several even where rows are few.
 *
 * @param rowType of the training rows
 * @param negatives the share of rows with label 0 that is kept
 */
public record TrainingFiles(RowType rowType, BigDecimal negatives) {
  static final long FILE_BYTES = 16L << 20;
  private static final long LEAST_FILES = 4;

  /** From so many rows on there are several files. */
  private static final long MANY_ROWS = 4000;

  private static final int MOST_FILES = 4096;

  /** Rows with label 1 are all kept; where others are sampled, they are few. */
  private static final BigDecimal POSITIVES = new BigDecimal("0.1");

  /**
   * The numbers of the rows with which files begin, the first 0, where any row can begin one.
   *
   * @param rows that are read
   */
  public List<Long> firstRows(long rows) {
    long size = fileSize(rows);
    long files = Math.max(1, Math.min(MOST_FILES, (rows * rowBytes() + size - 1) / size));
    List<Long> first = new ArrayList<>();
    for (long file = 0; file < files; file++) {
      first.add(Math.multiplyExact(rows, file) / files);
    }
    return first;
  }

  /**
   * The files of each date, where a date shares one with others or has a bucket in each.
   *
   * @param rows of each date that are read
   */
  public DatePacks packs(List<Long> rows) {
    long sum = rows.stream().mapToLong(Long::longValue).sum();
    return DatePacks.of(rows.stream().map(each -> each * rowBytes()).toList(), fileSize(sum));
  }

  private long fileSize(long rows) {
    long bytes = rows * rowBytes();
    return rows < MANY_ROWS ? FILE_BYTES : Math.min(FILE_BYTES, Math.max(1, bytes / LEAST_FILES));
  }

  /** About what a row that is read adds to a file. */
  private long rowBytes() {
    long bytes = rowType.columns().stream().mapToLong(TrainingFiles::bytes).sum();
    BigDecimal kept = negatives.add(POSITIVES).min(BigDecimal.ONE);
    return Math.max(1, kept.multiply(BigDecimal.valueOf(bytes)).longValue());
  }

  /** About what a value takes when it is encoded. */
  private static long bytes(Column column) {
    long value =
        switch (column.type().kind()) {
          case BOOLEAN -> 1;
          case INT, DATE -> 3;
          case FLOAT, LONG -> 4;
          case DECIMAL, TIMESTAMP_MILLIS -> 6;
          case DOUBLE, TIMESTAMP_MICROS -> 8;
          case STRING -> 12;
        };
    return column.type().nullable() ? value + 1 : value;
  }
}
