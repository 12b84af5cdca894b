package io.millrace.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.lang3.StringUtils;

/** Rows of text in aligned columns; numbers to the right. */
final class TextTable {
  private static final String GAP = "  ";

  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(List<String> header) {
    this.header = List.copyOf(header);
  }

  TextTable(String... header) {
    this(List.of(header));
  }

  void add(List<String> row) {
    if (row.size() != header.size()) {
      throw new IllegalArgumentException("Cannot add " + row + ": the table has " + header);
    }
    rows.add(List.copyOf(row));
  }

  void add(String... row) {
    add(List.of(row));
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The header, a rule, and the rows, one line each. */
  List<String> lines() {
    int[] widths = IntStream.range(0, header.size()).map(this::width).toArray();
    boolean[] numeric = new boolean[widths.length];
    for (int column = 0; column < widths.length; column++) {
      numeric[column] = isNumeric(column);
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(header, widths, numeric));
    lines.add(IntStream.of(widths).mapToObj("─"::repeat).collect(Collectors.joining(GAP)));
    for (List<String> row : rows) {
      lines.add(line(row, widths, numeric));
    }
    return lines;
  }

  private int width(int column) {
    int width = header.get(column).length();
    for (List<String> row : rows) {
      width = Math.max(width, row.get(column).length());
    }
    return width;
  }

  private boolean isNumeric(int column) {
    return rows.stream()
        .map(row -> row.get(column))
        .filter(cell -> !cell.isEmpty() && !cell.equals("NULL"))
        .allMatch(cell -> cell.matches("[-+]?[0-9][0-9,.]*(E-?[0-9]+)?%?( s| [KMGT]?i?B)?"));
  }

  private static String line(List<String> cells, int[] widths, boolean[] numeric) {
    return IntStream.range(0, widths.length)
        .mapToObj(
            column ->
                numeric[column]
                    ? StringUtils.leftPad(cells.get(column), widths[column])
                    : StringUtils.rightPad(cells.get(column), widths[column]))
        .collect(Collectors.joining(GAP))
        .stripTrailing();
  }
}
