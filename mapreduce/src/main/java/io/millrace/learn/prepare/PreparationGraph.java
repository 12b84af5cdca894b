package io.millrace.learn.prepare;

import static java.util.Objects.requireNonNull;

import io.millrace.model.ElementType;
import io.millrace.model.graph.OnnxAttribute;
import io.millrace.model.graph.OnnxGraphBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Writes a preparation into a model's graph, in double precision. Each input of the preparation is
 * an input of the graph, of shape [rows, 1]: text, NULL being the empty text, or a double, NULL
 * being NaN. Gives to 1e-9 what {@link Preparer} gives.
 */
public final class PreparationGraph {
  private final OnnxGraphBuilder graph;
  private final NumberNodes nodes;
  private final Map<String, String> fed = new LinkedHashMap<>();
  private final Map<String, Integer> firstColumns = new LinkedHashMap<>();
  private final List<Part> parts = new ArrayList<>();
  private final List<PreparedInput.TextCategories> categories = new ArrayList<>();
  private final int width;

  /**
   * Some columns of the design matrix.
   *
   * @param tensor of shape [rows, columns]
   * @param columns the number of each among the design columns
   */
  private record Part(String tensor, List<Integer> columns) {
    Part {
      columns = List.copyOf(columns);
    }
  }

  /** Writes all but the categories of text. */
  private PreparationGraph(Preparation preparation, OnnxGraphBuilder graph) {
    this.graph = graph;
    nodes = new NumberNodes(graph);
    width = preparation.width();
    int first = 0;
    for (PreparedInput input : preparation.inputs()) {
      boolean text =
          input instanceof PreparedInput.TextCategories || input instanceof PreparedInput.TextOrder;
      fed.put(
          input.name(),
          graph.input(
              input.name(),
              text ? ElementType.STRING : ElementType.DOUBLE,
              text ? "The empty text where it is not known" : "NaN where it is not known"));
      firstColumns.put(input.name(), first);
      first += input.columns().size();
    }
    Map<List<Object>, List<PreparedInput.Numeric>> alike = new LinkedHashMap<>();
    for (PreparedInput input : preparation.inputs()) {
      if (input instanceof PreparedInput.Numeric number) {
        List<Object> steps = new ArrayList<>();
        number.steps().forEach(step -> steps.add(step.getClass()));
        steps.add(number.indicator());
        alike.computeIfAbsent(steps, key -> new ArrayList<>()).add(number);
      } else if (input instanceof PreparedInput.Missing missing) {
        part(nodes.asDoubles(nodes.isMissing(finite(missing))), column(missing, 0), 1);
      } else if (input instanceof PreparedInput.Buckets buckets) {
        write(buckets);
      } else if (input instanceof PreparedInput.NumberCategories numbers) {
        write(numbers);
      } else if (input instanceof PreparedInput.TextOrder order) {
        part(nodes.asDoubles(positions(order.name(), order.values(), 0, -1)), column(order, 0), 1);
      } else if (input instanceof PreparedInput.TextCategories text) {
        categories.add(text);
      }
    }
    alike.values().forEach(this::writeTogether);
  }

  /**
   * Writes a preparation as one matrix.
   *
   * @return the name of a double tensor of shape [rows, {@link Preparation#width()}]
   */
  public static String write(Preparation preparation, OnnxGraphBuilder graph) {
    PreparationGraph written = new PreparationGraph(preparation, graph);
    for (PreparedInput.TextCategories text : written.categories) {
      int columns = text.columns().size();
      String chosen =
          written.positions(text.name(), text.values(), 0, text.other() ? columns - 1 : -1);
      String all = graph.constant(IntStream.range(0, columns).asLongStream().toArray(), 1, columns);
      written.part(
          written.nodes.asDoubles(graph.node("Equal", List.of(chosen, all))),
          written.column(text, 0),
          columns);
    }
    return written.inOrder();
  }

  /**
   * Writes linear combinations of the design columns, {@code intercept + Σ coefficient · column}.
   * The coefficient of a text's category is looked up by the text: no column is made of it.
   *
   * @param coefficients of each combination, one a design column
   * @param intercepts of each combination
   * @return the name of a double tensor of shape [rows, combinations]
   */
  public static String writeCombinations(
      Preparation preparation,
      OnnxGraphBuilder graph,
      double[][] coefficients,
      double[] intercepts) {
    PreparationGraph written = new PreparationGraph(preparation, graph);
    List<String> terms = new ArrayList<>();
    for (Part part : written.parts) {
      // not MatMul: ONNX Runtime moves a division before it into it, rounded to a float
      terms.add(
          graph.node("Gemm", List.of(part.tensor(), written.rowsOf(part.columns(), coefficients))));
    }
    if (!written.categories.isEmpty()) {
      terms.add(written.chosen(coefficients));
    }
    terms.add(graph.constant(intercepts, 1, intercepts.length));
    return graph.node("Sum", terms);
  }

  /** The coefficients of the categories that rows have: looked up rather than multiplied. */
  private String chosen(double[][] coefficients) {
    List<String> chosen = new ArrayList<>();
    List<Integer> columns = new ArrayList<>();
    for (PreparedInput.TextCategories text : categories) {
      int first = columns.size();
      int more = text.columns().size();
      // place 0 has no coefficients
      chosen.add(positions(text.name(), text.values(), first + 1, text.other() ? first + more : 0));
      IntStream.range(0, more).forEach(i -> columns.add(column(text, i)));
    }
    double[] table = new double[(columns.size() + 1) * coefficients.length];
    for (int i = 0; i < columns.size(); i++) {
      for (int output = 0; output < coefficients.length; output++) {
        table[(i + 1) * coefficients.length + output] = coefficients[output][columns.get(i)];
      }
    }
    String found =
        graph.node(
            "Gather",
            List.of(
                graph.constant(table, columns.size() + 1, coefficients.length),
                graph.columns(chosen)),
            OnnxAttribute.of("axis", 0L));
    return graph.node(
        "ReduceSum",
        List.of(found, graph.constant(new long[] {1}, 1)),
        OnnxAttribute.of("keepdims", 0L));
  }

  private String rowsOf(List<Integer> columns, double[][] coefficients) {
    double[] rows = new double[columns.size() * coefficients.length];
    for (int i = 0; i < columns.size(); i++) {
      for (int output = 0; output < coefficients.length; output++) {
        rows[i * coefficients.length + output] = coefficients[output][columns.get(i)];
      }
    }
    return graph.constant(rows, columns.size(), coefficients.length);
  }

  /** All parts as one matrix. */
  private String inOrder() {
    String matrix = graph.columns(parts.stream().map(Part::tensor).toList());
    long[] places = new long[width];
    int place = 0;
    for (Part part : parts) {
      for (int column : part.columns()) {
        places[column] = place++;
      }
    }
    return Arrays.equals(places, IntStream.range(0, width).asLongStream().toArray())
        ? matrix
        : graph.node(
            "Gather", List.of(matrix, graph.constant(places, width)), OnnxAttribute.of("axis", 1L));
  }

  /** Numbers that go through the same kinds of steps, as one matrix. */
  private void writeTogether(List<PreparedInput.Numeric> numbers) {
    String values =
        nodes.finite(
            graph.columns(numbers.stream().map(number -> fed.get(number.name())).toList()));
    String prepared =
        nodes.through(numbers.stream().map(PreparedInput.Numeric::steps).toList(), values);
    parts.add(new Part(prepared, numbers.stream().map(number -> column(number, 0)).toList()));
    if (numbers.get(0).indicator()) {
      parts.add(
          new Part(
              nodes.asDoubles(nodes.isMissing(values)),
              numbers.stream().map(number -> column(number, 1)).toList()));
    }
  }

  private void write(PreparedInput.Buckets buckets) {
    String value = finite(buckets);
    String number = nodes.through(List.of(buckets.steps()), value);
    double[] edges = buckets.edges().stream().mapToDouble(Double::doubleValue).toArray();
    String known = nodes.asDoubles(graph.node("Not", List.of(nodes.isMissing(number))));
    String reached =
        nodes.asDoubles(
            graph.node("GreaterOrEqual", List.of(number, graph.constant(edges, 1, edges.length))));
    String none = graph.node("Sub", List.of(known, known));
    // in a bucket is who has reached its lower edge and not its upper one
    part(
        graph.node(
            "Sub",
            List.of(graph.columns(List.of(known, reached)), graph.columns(List.of(reached, none)))),
        column(buckets, 0),
        edges.length + 1);
    if (buckets.indicator()) {
      part(nodes.asDoubles(nodes.isMissing(value)), column(buckets, edges.length + 1), 1);
    }
  }

  private void write(PreparedInput.NumberCategories numbers) {
    String value = finite(numbers);
    String missing = nodes.asDoubles(nodes.isMissing(value));
    int count = numbers.values().size();
    double[] values = numbers.values().stream().mapToDouble(Double::doubleValue).toArray();
    String rest = graph.node("Sub", List.of(graph.constant(1.0), missing));
    if (count > 0) {
      String same =
          nodes.asDoubles(graph.node("Equal", List.of(value, graph.constant(values, 1, count))));
      part(same, column(numbers, 0), count);
      rest =
          graph.node(
              "Sub",
              List.of(
                  rest, graph.node("ReduceSum", List.of(same, graph.constant(new long[] {1}, 1)))));
    }
    int next = count;
    if (numbers.other()) {
      part(rest, column(numbers, next++), 1);
    }
    if (numbers.indicator()) {
      part(missing, column(numbers, next), 1);
    }
  }

  private String finite(PreparedInput input) {
    return nodes.finite(requireNonNull(fed.get(input.name())));
  }

  /**
   * Where a text stands among others.
   *
   * @param first the number of the first
   * @param other the number where it is none of them
   */
  private String positions(String input, List<String> values, int first, int other) {
    return graph.mlNode(
        "LabelEncoder",
        List.of(requireNonNull(fed.get(input))),
        OnnxAttribute.ofTexts("keys_strings", values),
        OnnxAttribute.ofLongs(
            "values_int64s",
            IntStream.range(first, first + values.size()).asLongStream().toArray()),
        OnnxAttribute.of("default_int64", (long) other));
  }

  private int column(PreparedInput input, int at) {
    return requireNonNull(firstColumns.get(input.name())) + at;
  }

  private void part(String tensor, int first, int columns) {
    parts.add(new Part(tensor, IntStream.range(first, first + columns).boxed().toList()));
  }
}
