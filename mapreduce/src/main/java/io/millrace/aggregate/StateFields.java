package io.millrace.aggregate;

import io.millrace.expression.TypedExpression;
import io.millrace.row.XxHash64;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * The Avro fields in which states are stored: one a state, in the order of the states. {@code
 * SUM(amount)} is {@code sum_amount}, {@code COUNT(*)} is {@code count}; where the argument is not
 * a column, or a literal decides what is stored, eight digits of a hash stand for it.
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

  /** Names follow from what is stored and not from its place, so that others keep theirs. */
  private static String name(StateCall state, Set<String> names) {
    String stem = state.kind().stem();
    Optional<String> column = state.argument().flatMap(TypedExpression::column);
    boolean isPlain = state.parameters().isEmpty();
    if (isPlain && state.argument().isEmpty() && names.add(stem)) {
      return stem;
    }
    if (isPlain && column.isPresent() && names.add(stem + "_" + column.get())) {
      return stem + "_" + column.get();
    }
    String name = stem + "_" + digits(state.definition());
    while (!names.add(name)) {
      name = stem + "_" + digits(name);
    }
    return name;
  }

  private static String digits(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return "%08x".formatted(XxHash64.hash(bytes, 0, bytes.length) >>> Integer.SIZE);
  }
}
