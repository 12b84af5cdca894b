package io.millrace.plan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;

/**
 * Hashes a sequence of values with SHA-256 such that no two sequences of the same make look alike:
 * text goes in as its length in four bytes and its UTF-8, numbers as eight bytes, both most
 * significant first; maps as their size and their entries in order.
 */
final class FingerprintBuilder {
  private final MessageDigest digest;

  /**
   * @param kind what is hashed, so that things of different kinds never look alike
   */
  FingerprintBuilder(String kind) {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot hash: every Java platform has SHA-256", e);
    }
    text(kind);
  }

  FingerprintBuilder text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
    return this;
  }

  FingerprintBuilder number(long value) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, value));
    return this;
  }

  FingerprintBuilder texts(SortedMap<String, String> values) {
    number(values.size());
    for (Map.Entry<String, String> entry : values.entrySet()) {
      text(entry.getKey()).text(entry.getValue());
    }
    return this;
  }

  /** 64 hexadecimal digits. */
  String build() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
