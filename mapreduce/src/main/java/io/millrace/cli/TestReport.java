package io.millrace.cli;

import io.millrace.fixture.Difference;
import io.millrace.run.RunnableCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.lang3.StringUtils;

/** The results of tests, for people and for programs. */
final class TestReport {
  private static final int MOST_LINES = 20;
  private static final int MOST_SET_ASIDE = 5;
  private static final int WIDEST_CELL = 80;

  private final Console console;
  private final boolean talkative;
  private final List<RunnableCase.Result> results = new ArrayList<>();

  TestReport(Console console, boolean talkative) {
    this.console = console;
    this.talkative = talkative;
  }

  void add(RunnableCase.Result result) {
    results.add(result);
    if (!talkative) {
      return;
    }
    if (result.passed()) {
      console.print(
          String.format(
              Locale.ROOT, "ok      %s  %.1f s", result.name().value(), result.seconds()));
    } else {
      console.print(
          String.format(
              Locale.ROOT,
              "FAILED  %s  %.1f s  (%s:%d)",
              result.name().value(),
              result.seconds(),
              result.file(),
              result.at().line()));
      details(result).forEach(line -> console.print(line.isEmpty() ? "" : "        " + line));
    }
  }

  List<RunnableCase.Result> results() {
    return List.copyOf(results);
  }

  long failed() {
    return results.stream().filter(result -> !result.passed()).count();
  }

  String summary() {
    double seconds = results.stream().mapToDouble(RunnableCase.Result::seconds).sum();
    String tests = results.size() == 1 ? "1 test" : results.size() + " tests";
    return failed() == 0
        ? String.format(Locale.ROOT, "%s passed in %.1f s.", tests, seconds)
        : String.format(Locale.ROOT, "%d of %s failed (%.1f s).", failed(), tests, seconds);
  }

  /** What is not as expected, line by line. */
  static List<String> details(RunnableCase.Result result) {
    List<String> lines = new ArrayList<>();
    result.failure().ifPresent(failure -> failure.lines().forEach(lines::add));
    for (Difference difference : result.differences()) {
      lines.add(
          "%s: %s  (%s:%d)"
              .formatted(
                  difference.partition(),
                  difference.summary(),
                  difference.at().file(),
                  difference.at().line()));
      lines.addAll(table(difference));
    }
    List<RunnableCase.SetAside> setAside = result.setAside();
    if (!setAside.isEmpty()) {
      lines.add("Set aside meanwhile:");
      setAside.stream()
          .limit(MOST_SET_ASIDE)
          .forEach(
              record ->
                  lines.add(
                      "  %s  %s: %s  ← %s"
                          .formatted(
                              record.partition(),
                              record.rule(),
                              record.reason(),
                              shown(record.record()))));
      if (setAside.size() > MOST_SET_ASIDE) {
        lines.add("  … and %d more".formatted(setAside.size() - MOST_SET_ASIDE));
      }
    }
    return lines;
  }

  private static List<String> table(Difference difference) {
    if (difference.lines().isEmpty()) {
      return List.of();
    }
    List<String> header = new ArrayList<>(List.of(""));
    header.addAll(difference.columns());
    TextTable table = new TextTable(header);
    for (Difference.Line line : difference.lines().stream().limit(MOST_LINES).toList()) {
      List<String> cells = new ArrayList<>(List.of(line.kind().name().toLowerCase(Locale.ROOT)));
      for (int column = 0; column < line.cells().size(); column++) {
        String cell = shown(line.cells().get(column));
        cells.add(line.differing().contains(column) ? "≠ " + cell : cell);
      }
      table.add(cells);
    }
    List<String> lines = new ArrayList<>(table.lines());
    int more = difference.lines().size() - MOST_LINES;
    if (more > 0) {
      lines.add("… and %d more rows".formatted(more));
    }
    return lines;
  }

  private static String shown(String text) {
    return StringUtils.abbreviate(text.replaceAll("\\p{Cntrl}", "·"), WIDEST_CELL);
  }

  Map<String, Object> toJson() {
    List<Map<String, Object>> tests = new ArrayList<>();
    for (RunnableCase.Result result : results) {
      Map<String, Object> test = new LinkedHashMap<>();
      test.put("file", result.file());
      test.put("line", result.at().line());
      test.put("test", result.name().value());
      test.put("passed", result.passed());
      test.put("seconds", Math.round(1000 * result.seconds()) / 1000.0);
      result.failure().ifPresent(failure -> test.put("failure", failure));
      if (!result.passed()) {
        test.put("differences", result.differences().stream().map(TestReport::toJson).toList());
        test.put("setAside", result.setAside());
      }
      tests.add(test);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("passed", results.size() - failed());
    json.put("failed", failed());
    json.put("tests", tests);
    return json;
  }

  private static Map<String, Object> toJson(Difference difference) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Difference.Line line : difference.lines()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("kind", line.kind().name().toLowerCase(Locale.ROOT));
      Map<String, String> cells = new LinkedHashMap<>();
      for (int column = 0; column < line.cells().size(); column++) {
        cells.put(difference.columns().get(column), line.cells().get(column));
      }
      row.put("row", cells);
      row.put(
          "differs", line.differing().stream().sorted().map(difference.columns()::get).toList());
      rows.add(row);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("partition", difference.partition());
    json.put("line", difference.at().line());
    json.put("summary", difference.summary());
    json.put("rows", rows);
    return json;
  }
}
