package io.millrace.spec;

/** A place in a file; lines and columns count from 1. */
public record Location(String file, int line, int column) {
  /** The place some characters to the right. */
  public Location plusColumns(int columns) {
    return new Location(file, line, column + columns);
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
