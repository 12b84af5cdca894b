package io.millrace.learn.glm;

/** Column numbers of each row of a chunk, in two bytes each where that is enough. */
final class ColumnEntries {
  private final int[] starts;
  private final char[] narrow;
  private final int[] wide;

  /**
   * @param starts where the entries of each row begin, and where the last ends
   * @param columns how many columns there are
   */
  ColumnEntries(int[] starts, int[] entries, int columns) {
    this.starts = starts;
    boolean fits = columns <= Character.MAX_VALUE + 1;
    narrow = new char[fits ? entries.length : 0];
    wide = fits ? new int[0] : entries;
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (char) entries[i];
    }
  }

  int start(int row) {
    return starts[row];
  }

  int column(int at) {
    return wide.length == 0 ? narrow[at] : wide[at];
  }

  long bytes() {
    return 4L * starts.length + 2L * narrow.length + 4L * wide.length;
  }
}
