package io.millrace.pipeline;

import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.RowType;
import io.millrace.spec.Located;
import io.millrace.spec.NamePattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the columns that {@code train.inputs} names. A pattern stands for all columns that can be
 * inputs and fit it, in the order of the table; a name that cannot be one is a problem.
 */
final class InputNames {
  private static final String WITHOUT = "-";

  private final Binder binder;
  private final RowType columns;
  private final Set<String> labelColumns;
  private final Set<String> idColumns;

  /**
   * @param columns that rows of the training set could have
   * @param labelColumns that the label reads
   * @param idColumns that name a row or an entity
   */
  InputNames(Binder binder, RowType columns, Set<String> labelColumns, Set<String> idColumns) {
    this.binder = binder;
    this.columns = columns;
    this.labelColumns = labelColumns;
    this.idColumns = idColumns;
  }

  /** The inputs, each once, in the order in which they are named. */
  List<Column> find(List<Located<String>> named) {
    Map<String, Column> inputs = new LinkedHashMap<>();
    List<NamePattern> without = new ArrayList<>();
    for (Located<String> item : named) {
      if (item.value().startsWith(WITHOUT)) {
        NamePattern pattern = new NamePattern(item.value().substring(WITHOUT.length()));
        requireFit(item, pattern);
        without.add(pattern);
      } else {
        NamePattern pattern = new NamePattern(item.value());
        if (requireFit(item, pattern)) {
          fitting(item, pattern).forEach(column -> inputs.putIfAbsent(column.name(), column));
        }
      }
    }
    return inputs.values().stream()
        .filter(column -> without.stream().noneMatch(pattern -> pattern.matches(column.name())))
        .toList();
  }

  private boolean requireFit(Located<String> item, NamePattern pattern) {
    if (!pattern.isPattern()) {
      Located<String> name = new Located<>(pattern.text(), item.at(), item.characters());
      return binder.requireColumn(name, columns, "Rows have");
    }
    boolean fits = columns.names().stream().anyMatch(pattern::matches);
    if (!fits) {
      binder.report(
          item.at(),
          "no column fits `%s`. Rows have: %s"
              .formatted(pattern.text(), String.join(", ", columns.names())));
    }
    return fits;
  }

  private List<Column> fitting(Located<String> item, NamePattern pattern) {
    if (pattern.isPattern()) {
      return columns.columns().stream()
          .filter(column -> pattern.matches(column.name()))
          .filter(column -> !idColumns.contains(column.name()))
          .filter(column -> !labelColumns.contains(column.name()))
          .filter(column -> canBeInput(column.type()))
          .toList();
    }
    Column column = columns.column(pattern.text());
    if (labelColumns.contains(column.name())) {
      binder.report(
          item.at(),
          "`%s` is what the label is made of, and nobody knows it before; take it out of `train.inputs`"
              .formatted(column.name()));
      return List.of();
    }
    if (!canBeInput(column.type())) {
      binder.report(
          item.at(),
          "`%s` is %s; a model takes numbers, BOOLEAN and text, so derive a number of it, such as `EXTRACT(HOUR FROM %s)`"
              .formatted(column.name(), column.type().sqlName(), column.name()));
      return List.of();
    }
    return List.of(column);
  }

  private static boolean canBeInput(ColumnType type) {
    return type.kind() != Kind.DATE && !type.kind().isTimestamp();
  }
}
