package io.millrace.plan;

/**
 * A file of raw input.
 *
 * @param name relative to the date's input folder
 * @param length in bytes
 * @param modifiedMillis when it was last changed, in milliseconds since 1970; unchanged, its
 *     checksum need not be computed again
 * @param crc32c CRC-32C (RFC 3720) of its bytes, as an unsigned 32-bit number
 * @param path where it lies now, as a URI that a file system understands
 */
public record RawFile(String name, long length, long modifiedMillis, long crc32c, String path) {}
