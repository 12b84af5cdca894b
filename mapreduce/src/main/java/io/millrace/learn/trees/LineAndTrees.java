package io.millrace.learn.trees;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A line of JSON, and behind it trees as XGBoost saves them. */
record LineAndTrees<T>(T line, SavedTrees trees) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int END_OF_LINE = '\n';

  void writeTo(OutputStream out) throws IOException {
    out.write(JSON.writeValueAsString(line).getBytes(StandardCharsets.UTF_8));
    out.write(END_OF_LINE);
    out.write(trees.bytes());
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @param what it is, for a person
   */
  static <T> LineAndTrees<T> readFrom(InputStream in, Class<T> type, String what)
      throws IOException {
    byte[] all = in.readAllBytes();
    int end = 0;
    while (end < all.length && all[end] != END_OF_LINE) {
      end++;
    }
    if (end == all.length) {
      throw new IOException("Cannot read %s: it is cut off".formatted(what));
    }
    T line = JSON.readValue(all, 0, end, type);
    return new LineAndTrees<>(line, new SavedTrees(Arrays.copyOfRange(all, end + 1, all.length)));
  }
}
