package io.millrace.quality;

import java.util.List;

/**
 * A repair, derivation or rule as messages show it.
 *
 * @param name the rule's, or with a prefix the column's
 * @param sql on one line
 * @param columns that it reads
 */
public record StepText(String name, String sql, List<String> columns) {
  public StepText {
    columns = List.copyOf(columns);
  }
}
