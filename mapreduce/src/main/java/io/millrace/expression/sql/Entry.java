package io.millrace.expression.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * What the reference says about one function or operator. Stands beside what implements it; all
 * examples are evaluated in a test.
 *
 * @param usage how it is written
 * @param result the type of its value
 * @param meaning one sentence without a full stop, in Markdown; says what NULL does where that is
 *     special
 */
public record Entry(String usage, String result, String meaning, List<Example> examples) {
  /**
   * An expression and its value, both in SQL; the zone is UTC.
   *
   * @param value a DATE or TIMESTAMP without the word before it
   */
  public record Example(String sql, String value) {}

  public Entry {
    examples = List.copyOf(examples);
  }

  /** {@code meaning}, then pairs of an example and its value. */
  static Entry of(String usage, String result, String meaning, String... examples) {
    List<Example> pairs = new ArrayList<>();
    for (int i = 0; i < examples.length; i += 2) {
      pairs.add(new Example(examples[i], examples[i + 1]));
    }
    return new Entry(usage, result, meaning, pairs);
  }
}
