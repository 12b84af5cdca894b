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
    /** A column as it is. */
    record Level(String column) implements Signal {}

    /**
     * How many times {@code base} goes into {@code column}; not known where base is not above 0.
     */
    record Ratio(String column, String base) implements Signal {}

    /** By how much {@code column} is above {@code base}. */
    record Excess(String column, String base) implements Signal {}
  }

  /** Adds this line to a graph that has all columns as inputs; gives the name of its points. */
  String addTo(OnnxGraph graph) {
    String value = addSignal(graph);
    String low = graph.constant(name + ".from", from);
    String high = graph.constant(name + ".to", to);
    String unknown = graph.node(name + ".unknown", "IsNaN", value);
    String known = graph.node(name + ".known", "Where", unknown, low, value);
    String clipped = graph.node(name + ".clipped", "Clip", known, low, high);
    String above = graph.node(name + ".above", "Sub", clipped, low);
    String rate = graph.constant(name + ".rate", points / (to - from));
    return graph.node(name + ".points", "Mul", above, rate);
  }

  private String addSignal(OnnxGraph graph) {
    if (signal instanceof Signal.Ratio ratio) {
      String zero = graph.constant(name + ".zero", 0);
      String nothing = graph.constant(name + ".nothing", Float.NaN);
      String divisible = graph.node(name + ".divisible", "Greater", ratio.base(), zero);
      String quotient = graph.node(name + ".quotient", "Div", ratio.column(), ratio.base());
      return graph.node(name, "Where", divisible, quotient, nothing);
    }
    if (signal instanceof Signal.Excess excess) {
      return graph.node(name, "Sub", excess.column(), excess.base());
    }
    return ((Signal.Level) signal).column();
  }
}
