package io.millrace.spec;

/**
 * A value and where it stands in the spec. Equality looks at both.
 *
 * @param at where it starts; for quoted text the quote, for a block ({@code |}, {@code >}) its sign
 * @param characters where each character of a text stands
 */
public record Located<T>(T value, Location at, TextPositions characters) {
  /** A value whose characters stand side by side. */
  public Located(T value, Location at) {
    this(value, at, TextPositions.sideBySide(at));
  }

  /**
   * Where a character of a text stands in the file: of a text that is quoted, folded, indented or
   * made from placeholders too.
   *
   * @param line in the text, from 1
   * @param column in the text, from 1, in {@code char}s
   */
  public Location at(int line, int column) {
    String text = toString();
    int start = 0;
    for (int skipped = 1; skipped < line; skipped++) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        break;
      }
      start = end + 1;
    }
    return characters.at(Math.min(start + Math.max(column, 1) - 1, text.length()));
  }

  @Override
  public String toString() {
    return String.valueOf(value);
  }
}
