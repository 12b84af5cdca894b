package io.millrace.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What was measured, as Markdown. Ratios are taken within a round, against the first engine. */
final class Report {
  private static final double MIB = 1 << 20;

  private final Map<Case, Map<String, List<Measurement>>> measured = new LinkedHashMap<>();

  /** Adds a round of an engine; the first engine's round comes before those of others. */
  void add(Case work, String engine, Measurement measurement) {
    measured
        .computeIfAbsent(work, any -> new LinkedHashMap<>())
        .computeIfAbsent(engine, any -> new ArrayList<>())
        .add(measurement);
  }

  /** A row a case and engine: medians, and in brackets least and greatest. */
  String table() {
    StringBuilder table = new StringBuilder();
    String first = measured.values().iterator().next().keySet().iterator().next();
    table.append(
        "| case | engine | wall s | CPU s | peak MiB | read MiB | written MiB | wall ÷ %s | CPU ÷ %s |\n|---|---|---:|---:|---:|---:|---:|---:|---:|\n"
            .formatted(first, first));
    measured.forEach(
        (work, engines) ->
            engines.forEach(
                (engine, rounds) ->
                    table
                        .append("| ")
                        .append(
                            String.join(
                                " | ",
                                work.title(),
                                engine,
                                spread(rounds, Measurement::wallSeconds, 1),
                                spread(rounds, Measurement::cpuSeconds, 1),
                                median(rounds, each -> each.peakBytes() / MIB),
                                median(rounds, each -> each.readBytes() / MIB),
                                median(rounds, each -> each.writtenBytes() / MIB),
                                Spread.of(ratios(engines, engine, Measurement::wallSeconds))
                                    .text(2),
                                Spread.of(ratios(engines, engine, Measurement::cpuSeconds))
                                    .text(2)))
                        .append(" |\n")));
    return table.toString();
  }

  /** Ratios of all rounds, one line a case and engine. */
  String rounds() {
    StringBuilder text = new StringBuilder();
    measured.forEach(
        (work, engines) ->
            engines.keySet().stream()
                .skip(1)
                .forEach(
                    engine ->
                        text.append(
                            "%s, %s ÷ %s, round by round: wall %s; CPU %s%n"
                                .formatted(
                                    work.title(),
                                    engine,
                                    engines.keySet().iterator().next(),
                                    join(ratios(engines, engine, Measurement::wallSeconds)),
                                    join(ratios(engines, engine, Measurement::cpuSeconds))))));
    return text.toString();
  }

  private static List<Double> ratios(
      Map<String, List<Measurement>> engines, String engine, ToDoubleFunction<Measurement> figure) {
    List<Measurement> base = engines.values().iterator().next();
    List<Measurement> rounds = engines.get(engine);
    return IntStream.range(0, Math.min(base.size(), rounds.size()))
        .mapToObj(
            round ->
                figure.applyAsDouble(rounds.get(round)) / figure.applyAsDouble(base.get(round)))
        .toList();
  }

  private static String spread(
      List<Measurement> rounds, ToDoubleFunction<Measurement> figure, int decimals) {
    return Spread.of(rounds.stream().map(figure::applyAsDouble).toList()).text(decimals);
  }

  private static String median(List<Measurement> rounds, ToDoubleFunction<Measurement> figure) {
    double median = Spread.of(rounds.stream().map(figure::applyAsDouble).toList()).median();
    return String.format(Locale.ROOT, "%.0f", median);
  }

  private static String join(List<Double> ratios) {
    return ratios.stream()
        .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
        .collect(Collectors.joining(" "));
  }
}
