package io.millrace.expression.runtime;

import io.millrace.row.Row;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** A message digest. The name of its algorithm lies in the row's constants. */
public final class Digest {
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final long constant;
  private @Nullable MessageDigest digest;

  public Digest(long constant) {
    this.constant = constant;
  }

  /** In digits of small letters. */
  public long hexadecimal(Row row, long text) {
    MessageDigest used = digest;
    if (used == null) {
      used = create(Slices.string(row, constant));
      digest = used;
    }
    used.update(row.bytes, Slices.offset(text), Slices.length(text));
    byte[] bytes = used.digest();
    int start = row.allocate(2 * bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      row.bytes[start + 2 * i] = DIGITS[(bytes[i] >> 4) & 15];
      row.bytes[start + 2 * i + 1] = DIGITS[bytes[i] & 15];
    }
    return Slices.of(start, 2 * bytes.length);
  }

  private static MessageDigest create(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java lacks the digest " + algorithm, e);
    }
  }
}
