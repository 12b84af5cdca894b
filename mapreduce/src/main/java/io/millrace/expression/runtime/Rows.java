package io.millrace.expression.runtime;

import io.millrace.row.Row;
import java.util.zip.CRC32;

/** What the frame of a program asks of rows. */
public final class Rows {
  private Rows() {}

  /**
   * Checks that a row starts with the constants of the program that is to run on it.
   *
   * @throws IllegalStateException where it was made for another program
   */
  public static void checkConstants(Row row, int length, long checksum) {
    if (row.bytes.length < length || checksum(row.bytes, length) != checksum) {
      throw new IllegalStateException(
          "Cannot run a program on a row that was made for another one: use its newRow");
    }
  }

  public static long checksum(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }

  public static IllegalArgumentException nullValue(String name, String column) {
    return new IllegalArgumentException(
        name + " gave NULL but column " + column + " is not nullable");
  }
}
