package io.millrace.bench;

import io.millrace.bench.engine.Step;
import java.util.List;

/** What the steps make, and all engines alike. */
enum DataSet {
  CLEAN("clean", Step.CLEAN),
  QUARANTINE("quarantine/clean", Step.CLEAN),
  CARD("features/card", Step.FEATURES),
  TERMINAL("features/terminal", Step.FEATURES),
  SCORES("scores", Step.SCORE);

  private final String path;
  private final Step step;

  DataSet(String path, Step step) {
    this.path = path;
    this.step = step;
  }

  String path() {
    return path;
  }

  static List<DataSet> of(Case work) {
    return java.util.Arrays.stream(values())
        .filter(each -> work.steps().contains(each.step))
        .toList();
  }
}
