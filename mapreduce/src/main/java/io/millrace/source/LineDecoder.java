package io.millrace.source;

import io.millrace.quality.Rejection;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import io.millrace.spec.FormatSpec;
import java.time.ZoneId;
import java.util.List;

/**
 * Turns lines of a file into rows. The columns of the source fill the first slots of the row; slots
 * behind them are left alone. Reused for line after line and file after file; not thread-safe.
 */
public interface LineDecoder {
  /** What became of a line. */
  enum Outcome {
    /** The row holds a record. */
    RECORD,
    /** The line holds nothing and counts for nothing. */
    BLANK,
    /** The line is no record of this type; {@link #rejection()} says why. */
    REJECTED
  }

  /**
   * Must be called before the first line of a file, and may be called again within it.
   *
   * @param header the first line of the file without its line end, where the format has a header;
   *     else it is ignored
   */
  void startFile(byte[] header);

  /** Columns of the file that the schema does not know; they are not read. */
  List<String> unknownColumns();

  /** All columns of the file that are not read, those of a file that cannot be read included. */
  List<String> ignoredColumns();

  /** Decodes one line, given without its line end. */
  Outcome decode(byte[] bytes, int offset, int length, Row row);

  /** Why the last line was rejected; valid until the next call and while its row is unchanged. */
  Rejection rejection();

  /**
   * The decoder of a format.
   *
   * @param type the columns of the source
   * @param zone of times that are written without one
   */
  static LineDecoder of(FormatSpec format, RowType type, ZoneId zone) {
    if (format instanceof FormatSpec.Csv csv) {
      return new CsvDecoder(csv, type, zone);
    }
    throw new IllegalArgumentException("Cannot decode lines of format " + format);
  }
}
