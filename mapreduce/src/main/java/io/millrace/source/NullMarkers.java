package io.millrace.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The texts that mean NULL, compared byte by byte. */
final class NullMarkers {
  private final byte[][] markers;

  /** Bit n is set where a marker of n bytes exists; the last bit stands for all longer ones. */
  private final long lengths;

  NullMarkers(List<String> texts) {
    markers =
        texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    long bits = 0;
    for (byte[] marker : markers) {
      bits |= bit(marker.length);
    }
    lengths = bits;
  }

  boolean contains(byte[] bytes, int from, int to) {
    return (lengths & bit(to - from)) != 0 && isMarker(bytes, from, to);
  }

  private boolean isMarker(byte[] bytes, int from, int to) {
    for (byte[] marker : markers) {
      if (marker.length == to - from && Arrays.equals(marker, 0, marker.length, bytes, from, to)) {
        return true;
      }
    }
    return false;
  }

  private static long bit(int length) {
    return 1L << Math.min(length, 63);
  }
}
