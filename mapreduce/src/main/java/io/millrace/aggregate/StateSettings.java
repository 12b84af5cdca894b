package io.millrace.aggregate;

import io.millrace.row.ColumnType;
import java.math.BigDecimal;
import java.util.List;

/**
 * What is kept of records, as plain data that travels to the tasks.
 *
 * @param arguments type of the argument; none for {@code COUNT(*)}
 * @param parameters the literals that decide what is kept
 * @param label the state as SQL, for messages
 */
public record StateSettings(
    StateKind kind, List<ColumnType> arguments, List<BigDecimal> parameters, String label) {
  public StateSettings {
    arguments = List.copyOf(arguments);
    parameters = List.copyOf(parameters);
  }
}
