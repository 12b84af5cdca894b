package io.millrace.example;

/**
 * One line of a scorecard: how much a signal says. Nothing up to {@code from}, all {@code points}
 * above {@code to}, in proportion between them, and nothing where the signal is not known.
 *
 * @param name of the line, for whoever reads the graph
 * @param points in log-odds
 */
record Evidence(String name, Signal signal, float from, float to, float points) {

  /** What is looked at; not known (NaN) where a column that it needs is not known. */
  sealed interface Signal {
    /** Adds it under a name to a graph that has all columns; gives the name of its value. */
    String addTo(OnnxGraph graph, String name);

    /** A column as it is. */
    record Level(String column) implements Signal {
      @Override
      public String addTo(OnnxGraph graph, String name) {
        return column;
      }
    }

    /** How many times {@code base} goes into {@code column}; not known unless base is above 0. */
    record Ratio(String column, String base) implements Signal {
      @Override
      public String addTo(OnnxGraph graph, String name) {
        String zero = graph.constant(name + ".zero", 0);
        String nothing = graph.constant(name + ".nothing", Float.NaN);
        String divisible = graph.node(name + ".divisible", "Greater", base, zero);
        String quotient = graph.node(name + ".quotient", "Div", column, base);
        return graph.node(name, "Where", divisible, quotient, nothing);
      }
    }

    /** By how much {@code column} is above {@code base}. */
    record Excess(String column, String base) implements Signal {
      @Override
      public String addTo(OnnxGraph graph, String name) {
        return graph.node(name, "Sub", column, base);
      }
    }
  }

  /** Adds this line to a graph that has all columns as inputs; gives the name of its points. */
  String addTo(OnnxGraph graph) {
    String value = signal.addTo(graph, name);
    String low = graph.constant(name + ".from", from);
    String high = graph.constant(name + ".to", to);
    String unknown = graph.node(name + ".unknown", "IsNaN", value);
    String known = graph.node(name + ".known", "Where", unknown, low, value);
    String clipped = graph.node(name + ".clipped", "Clip", known, low, high);
    String above = graph.node(name + ".above", "Sub", clipped, low);
    String rate = graph.constant(name + ".rate", points / (to - from));
    return graph.node(name + ".points", "Mul", above, rate);
  }
}
