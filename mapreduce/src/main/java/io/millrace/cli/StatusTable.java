package io.millrace.cli;

import io.millrace.plan.Dates;
import io.millrace.plan.PartitionStatus;
import io.millrace.plan.StatusGrid;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The grid of dates and stages: words where there are few dates; else letters with a legend, and
 * dates that are alike in one line.
 */
final class StatusTable {
  private static final int MOST_IN_WORDS = 31;

  private final StatusGrid grid;
  private final Function<PartitionStatus, Cell> cell;

  StatusTable(StatusGrid grid, Function<PartitionStatus, Cell> cell) {
    this.grid = grid;
    this.cell = cell;
  }

  List<String> lines(boolean each) {
    return grid.rows().size() <= MOST_IN_WORDS ? words() : letters(each);
  }

  private List<String> words() {
    TextTable table =
        new TextTable(
            Stream.concat(Stream.of("date"), grid.stages().stream().map(Object::toString))
                .toList());
    for (StatusGrid.Row row : grid.rows()) {
      table.add(
          Stream.concat(
                  Stream.of(row.date().toString()),
                  row.partitions().stream().map(partition -> cell.apply(partition).word()))
              .toList());
    }
    return table.lines();
  }

  private List<String> letters(boolean each) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < grid.stages().size(); i++) {
      lines.add("%s%s".formatted("│ ".repeat(i) + "┌ ", grid.stages().get(i)));
    }
    List<LocalDate> alike = new ArrayList<>();
    String before = "";
    for (StatusGrid.Row row : grid.rows()) {
      String letters = letters(row);
      if (!alike.isEmpty() && (each || !letters.equals(before))) {
        lines.add(before + "  " + Dates.of(alike));
        alike.clear();
      }
      alike.add(row.date());
      before = letters;
    }
    lines.add(before + "  " + Dates.of(alike));
    lines.add("");
    lines.add(
        Arrays.stream(Cell.values())
            .map(one -> one.letter() + " " + one.word())
            .collect(Collectors.joining("   ")));
    return lines;
  }

  private String letters(StatusGrid.Row row) {
    return row.partitions().stream()
        .map(partition -> String.valueOf(cell.apply(partition).letter()))
        .collect(Collectors.joining(" "));
  }
}
