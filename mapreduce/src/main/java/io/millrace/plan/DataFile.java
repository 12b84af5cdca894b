package io.millrace.plan;

/**
 * A file of a published partition.
 *
 * @param name its name within the partition
 * @param length in bytes
 * @param records in it
 * @param crc32c CRC-32C (RFC 3720) of its bytes, as an unsigned 32-bit number
 */
public record DataFile(String name, long length, long records, long crc32c) {
  /** The same file under another name. */
  public DataFile withName(String other) {
    return new DataFile(other, length, records, crc32c);
  }
}
