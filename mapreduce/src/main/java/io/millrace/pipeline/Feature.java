package io.millrace.pipeline;

import io.millrace.aggregate.Aggregates;
import io.millrace.expression.TypedExpression;
import java.util.List;

/**
 * A feature of a group.
 *
 * @param name without group and window
 * @param finish what it is, typed over a scope in which column {@code $i} is the result of the
 *     group's call {@code i}, and WINDOW_END the end of its windows
 */
public record Feature(String name, TypedExpression finish) {
  /** What derived columns call it over a window. */
  public String over(int window) {
    return "%s_%dd".formatted(name, window);
  }

  /** The results that it is finished from, as columns {@code $i}. */
  public List<String> results() {
    return finish.columns().stream()
        .filter(column -> !column.equals(Aggregates.WINDOW_END.name()))
        .toList();
  }
}
