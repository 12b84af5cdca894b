package io.millrace.learn.prepare;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.List;

/** What was learnt of one input, and the design columns that it makes, in their order. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = PreparedInput.Numeric.class, name = "number"),
  @JsonSubTypes.Type(value = PreparedInput.Missing.class, name = "missing"),
  @JsonSubTypes.Type(value = PreparedInput.Buckets.class, name = "buckets"),
  @JsonSubTypes.Type(value = PreparedInput.NumberCategories.class, name = "number-categories"),
  @JsonSubTypes.Type(value = PreparedInput.TextCategories.class, name = "text-categories"),
  @JsonSubTypes.Type(value = PreparedInput.TextOrder.class, name = "text-order")
})
public sealed interface PreparedInput {
  /** The column that it reads. */
  String name();

  /** The names of its design columns. */
  List<String> columns();

  /** A number after some steps; then 1 where the input is NULL, if there is an indicator. */
  record Numeric(String name, List<NumberStep> steps, boolean indicator) implements PreparedInput {
    public Numeric {
      steps = List.copyOf(steps);
    }

    @Override
    public List<String> columns() {
      return indicator ? List.of(name, missingColumn(name)) : List.of(name);
    }
  }

  /** 1 where a number is NULL; what it is else does not matter. */
  record Missing(String name) implements PreparedInput {
    @Override
    public List<String> columns() {
      return List.of(missingColumn(name));
    }
  }

  /**
   * 1 in the column of the bucket that holds the number after some steps: bucket i has {@code
   * edges[i-1] <= x < edges[i]}, the first all below and the last all above. A number that is not
   * known is in none. Then the indicator, if there is one.
   *
   * @param edges at least one, ascending
   */
  record Buckets(String name, List<NumberStep> steps, List<Double> edges, boolean indicator)
      implements PreparedInput {
    public Buckets {
      steps = List.copyOf(steps);
      edges = List.copyOf(edges);
    }

    @Override
    public List<String> columns() {
      List<String> columns = new ArrayList<>();
      columns.add(name + " < " + NumberText.of(edges.get(0)));
      for (int i = 1; i < edges.size(); i++) {
        columns.add(
            name
                + " in ["
                + NumberText.of(edges.get(i - 1))
                + ", "
                + NumberText.of(edges.get(i))
                + ")");
      }
      columns.add(name + " >= " + NumberText.of(edges.get(edges.size() - 1)));
      if (indicator) {
        columns.add(missingColumn(name));
      }
      return columns;
    }
  }

  /**
   * 1 in the column of the number's value; then one for all other numbers, if there is one, then
   * one for NULL, if there is one.
   *
   * @param values ascending
   */
  record NumberCategories(String name, List<Double> values, boolean other, boolean indicator)
      implements PreparedInput {
    public NumberCategories {
      values = List.copyOf(values);
    }

    @Override
    public List<String> columns() {
      List<String> columns = new ArrayList<>();
      values.forEach(value -> columns.add(name + "=" + NumberText.of(value)));
      if (other) {
        columns.add(otherColumn(name));
      }
      if (indicator) {
        columns.add(missingColumn(name));
      }
      return columns;
    }
  }

  /**
   * 1 in the column of the text; then one for all other texts, if there is one. NULL is the empty
   * text.
   *
   * @param values in the order of their UTF-8 bytes
   */
  record TextCategories(String name, List<String> values, boolean other) implements PreparedInput {
    public TextCategories {
      values = List.copyOf(values);
    }

    @Override
    public List<String> columns() {
      List<String> columns = new ArrayList<>();
      values.forEach(
          value -> columns.add(value.isEmpty() ? name + " is empty" : name + "=" + value));
      if (other) {
        columns.add(otherColumn(name));
      }
      return columns;
    }
  }

  /**
   * The number of the text among these, from 0, or -1. NULL is the empty text.
   *
   * @param values in the order of their UTF-8 bytes
   */
  record TextOrder(String name, List<String> values) implements PreparedInput {
    public TextOrder {
      values = List.copyOf(values);
    }

    @Override
    public List<String> columns() {
      return List.of(name);
    }
  }

  private static String missingColumn(String name) {
    return name + " is missing";
  }

  private static String otherColumn(String name) {
    return name + " is other";
  }
}
