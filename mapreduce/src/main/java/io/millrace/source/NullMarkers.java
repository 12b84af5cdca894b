package io.millrace.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The texts that mean NULL, compared byte by byte. */
final class NullMarkers {
  private final byte[][] markers;
  private final boolean emptyIsMarker;

  /** Whether a marker starts with a byte: tells nearly all texts apart in one step. */
  private final boolean[] firstBytes = new boolean[256];

  NullMarkers(List<String> texts) {
    markers =
        texts.stream()
            .filter(text -> !text.isEmpty())
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    emptyIsMarker = texts.contains("");
    for (byte[] marker : markers) {
      firstBytes[marker[0] & 0xFF] = true;
    }
  }

  boolean contains(byte[] bytes, int from, int to) {
    if (from == to) {
      return emptyIsMarker;
    }
    return firstBytes[bytes[from] & 0xFF] && isMarker(bytes, from, to);
  }

  private boolean isMarker(byte[] bytes, int from, int to) {
    for (byte[] marker : markers) {
      if (Arrays.equals(marker, 0, marker.length, bytes, from, to)) {
        return true;
      }
    }
    return false;
  }
}
