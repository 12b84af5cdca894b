package io.millrace.spec;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Finds where each character of a scalar stands in the file, by reading the file's characters along
 * with the scalar's: what is in the file only (quotes, indentation, folded line ends) is skipped.
 */
final class ScalarPositions {
  private final String file;
  private final int[] source;
  private int index;
  private int line;
  private int column;

  private ScalarPositions(String file, int[] source, Mark start) {
    this.file = file;
    this.source = source;
    index = start.getIndex();
    line = start.getLine() + 1;
    column = start.getColumn() + 1;
  }

  /** One place for each {@code char} of the scalar, and one for its end. */
  static List<Location> of(String file, int[] source, ScalarNode scalar, Mark start) {
    ScalarPositions positions = new ScalarPositions(file, source, start);
    positions.skipProperties();
    positions.skipSign(scalar.getScalarStyle());
    return positions.follow(scalar.getValue(), scalar.getScalarStyle());
  }

  /** Anchors and tags. */
  private void skipProperties() {
    while (current() == '&' || current() == '!') {
      while (index < source.length && !isSpace(current())) {
        advance();
      }
      skipSpace();
    }
  }

  private void skipSign(ScalarStyle style) {
    switch (style) {
      case SINGLE_QUOTED, DOUBLE_QUOTED -> advance();
      case LITERAL, FOLDED -> {
        while (index < source.length && current() != '\n') {
          advance();
        }
        advance();
      }
      case PLAIN, JSON_SCALAR_STYLE -> {}
    }
  }

  private List<Location> follow(String value, ScalarStyle style) {
    List<Location> positions = new ArrayList<>();
    for (int offset = 0; offset < value.length(); ) {
      int character = value.codePointAt(offset);
      if (!isSpace(character)) {
        skipFold(style);
      }
      Location here = new Location(file, line, column);
      for (int unit = 0; unit < Character.charCount(character); unit++) {
        positions.add(here);
      }
      if (style == ScalarStyle.DOUBLE_QUOTED && current() == '\\') {
        skipEscape();
      } else if (current() == character) {
        advance();
        if (style == ScalarStyle.SINGLE_QUOTED && character == '\'') {
          advance();
        }
      }
      offset += Character.charCount(character);
    }
    positions.add(new Location(file, line, column));
    return positions;
  }

  /** White space, escaped too, and escaped line ends: what is looked for is none of it. */
  private void skipFold(ScalarStyle style) {
    skipSpace();
    while (style == ScalarStyle.DOUBLE_QUOTED && current() == '\\' && isEscapedSpace()) {
      advance();
      advance();
      skipSpace();
    }
  }

  private boolean isEscapedSpace() {
    return index + 1 < source.length && " \t\r\nntr".indexOf(source[index + 1]) >= 0;
  }

  private void skipEscape() {
    advance();
    int digits =
        switch (current()) {
          case 'x' -> 2;
          case 'u' -> 4;
          case 'U' -> 8;
          default -> 0;
        };
    for (int skipped = 0; skipped <= digits; skipped++) {
      advance();
    }
  }

  private void skipSpace() {
    while (index < source.length && isSpace(current())) {
      advance();
    }
  }

  private int current() {
    return index < source.length ? source[index] : -1;
  }

  private void advance() {
    if (current() == '\n') {
      line++;
      column = 1;
    } else {
      column++;
    }
    index++;
  }

  private static boolean isSpace(int character) {
    return character == ' ' || character == '\n' || character == '\r' || character == '\t';
  }
}
