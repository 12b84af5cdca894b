package io.millrace.plan;

/**
 * A raw file that a partition was made from.
 *
 * @param name relative to the date's input folder
 * @param length in bytes
 * @param modifiedMillis when it was last changed, in milliseconds since 1970
 * @param crc32c CRC-32C of its bytes, as an unsigned 32-bit number
 */
public record FileRead(String name, long length, long modifiedMillis, long crc32c) {
  public static FileRead of(RawFile file) {
    return new FileRead(file.name(), file.length(), file.modifiedMillis(), file.crc32c());
  }

  /** Whether a file has the same content; times do not count. */
  public boolean hasContentOf(RawFile file) {
    return length == file.length() && crc32c == file.crc32c();
  }
}
