package io.millrace.aggregate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * The Avro fields in which states are stored: one a state, in the order of the states. {@code
 * SUM(amount)} is {@code sum_amount}, {@code COUNT(*)} is {@code count}; an argument that is not a
 * column gives a number, {@code sum_1}.
 */
public final class StateFields {
  private StateFields() {}

  /**
   * The fields of states.
   *
   * @param taken names that the record has already
   */
  public static List<Schema.Field> of(List<StateCall> states, Collection<String> taken) {
    Set<String> names = new HashSet<>(taken);
    List<Schema.Field> fields = new ArrayList<>();
    for (StateCall state : states) {
      Aggregate aggregate = Aggregates.create(state.settings());
      String doc = "State of %s. %s".formatted(state.label(), aggregate.storedDoc());
      Schema schema = aggregate.storedSchema();
      String name = name(state, names);
      fields.add(
          schema.isNullable()
              ? new Schema.Field(name, schema, doc, Schema.Field.NULL_DEFAULT_VALUE)
              : new Schema.Field(name, schema, doc));
    }
    return fields;
  }

  private static String name(StateCall state, Set<String> names) {
    String stem = state.kind().stem();
    if (state.argument().isPresent()) {
      Optional<String> column = state.argument().get().column();
      if (column.isEmpty()) {
        return numbered(stem, 1, names);
      }
      stem += "_" + column.get();
    }
    return names.add(stem) ? stem : numbered(stem, 2, names);
  }

  private static String numbered(String stem, int first, Set<String> names) {
    int number = first;
    while (!names.add(stem + "_" + number)) {
      number++;
    }
    return stem + "_" + number;
  }
}
