package io.millrace.aggregate;

import io.millrace.expression.AggregateCall;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * The Avro fields in which states are stored: one a call, in the order of the calls. {@code
 * SUM(amount)} is {@code sum_amount}, {@code COUNT(*)} is {@code count}; an argument that is not a
 * column gives a number, {@code sum_1}.
 */
public final class StateFields {
  private StateFields() {}

  /**
   * The fields of calls.
   *
   * @param taken names that the record has already
   */
  public static List<Schema.Field> of(List<AggregateCall> calls, Collection<String> taken) {
    Set<String> names = new HashSet<>(taken);
    List<Schema.Field> fields = new ArrayList<>();
    for (AggregateCall call : calls) {
      AggregateSettings settings = AggregateSettings.of(call);
      Aggregate aggregate = Aggregates.create(settings);
      String doc = "State of %s. %s".formatted(settings.label(), aggregate.storedDoc());
      Schema schema = aggregate.storedSchema();
      String name = name(call, names);
      fields.add(
          schema.isNullable()
              ? new Schema.Field(name, schema, doc, Schema.Field.NULL_DEFAULT_VALUE)
              : new Schema.Field(name, schema, doc));
    }
    return fields;
  }

  private static String name(AggregateCall call, Set<String> names) {
    String stem = call.function().toLowerCase(Locale.ROOT);
    if (call.argument().isPresent()) {
      Optional<String> column = call.argument().get().column();
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
