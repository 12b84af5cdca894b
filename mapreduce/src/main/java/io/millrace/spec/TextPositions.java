package io.millrace.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the characters of a text stand in the file it was read from.
 *
 * @param stretches ascending by offset, the first at 0
 */
public record TextPositions(List<Stretch> stretches) {
  public TextPositions {
    stretches = List.copyOf(stretches);
    if (stretches.isEmpty() || stretches.get(0).offset() != 0) {
      throw new IllegalArgumentException("Cannot place a text whose start has no place");
    }
  }

  /** From this offset on, until the next stretch, characters stand side by side in the file. */
  public record Stretch(int offset, Location at) {}

  /** A text that stands in the file as it is, on one line. */
  public static TextPositions sideBySide(Location start) {
    return new TextPositions(List.of(new Stretch(0, start)));
  }

  /**
   * From the place of each character.
   *
   * @param characters one more than the text has: the last is its end
   */
  static TextPositions of(List<Location> characters) {
    List<Stretch> stretches = new ArrayList<>();
    for (int offset = 0; offset < characters.size(); offset++) {
      Location at = characters.get(offset);
      if (offset == 0 || !at.equals(characters.get(offset - 1).plusColumns(1))) {
        stretches.add(new Stretch(offset, at));
      }
    }
    return new TextPositions(stretches);
  }

  /** Where the character at an offset of the text stands. */
  public Location at(int offset) {
    Stretch last = stretches.get(0);
    for (Stretch stretch : stretches) {
      if (stretch.offset() > offset) {
        break;
      }
      last = stretch;
    }
    return last.at().plusColumns(offset - last.offset());
  }
}
