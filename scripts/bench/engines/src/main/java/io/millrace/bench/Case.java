package io.millrace.bench;

import io.millrace.bench.engine.Step;
import java.util.Arrays;
import java.util.List;

/** A piece of work that is measured. What it reads stands already. */
enum Case {
  CLEAN("clean", Layout.LOAD, Model.LOGISTIC, Step.CLEAN),
  FEATURES_DAY("features-day", Layout.LOAD, Model.LOGISTIC, Step.FEATURES),
  FEATURES_30D("features-30d", Layout.DAILY, Model.LOGISTIC, Step.FEATURES),
  SCORE_LOGISTIC("score-logistic", Layout.LOAD, Model.LOGISTIC, Step.SCORE),
  SCORE_TREES("score-trees", Layout.LOAD, Model.TREES, Step.SCORE),
  NIGHT("night", Layout.LOAD, Model.LOGISTIC, Step.CLEAN, Step.FEATURES, Step.SCORE);

  private final String title;
  private final Layout layout;
  private final Model model;
  private final List<Step> steps;

  Case(String title, Layout layout, Model model, Step... steps) {
    this.title = title;
    this.layout = layout;
    this.model = model;
    this.steps = List.of(steps);
  }

  static Case of(String title) {
    return Arrays.stream(values())
        .filter(each -> each.title.equals(title))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot run the case "
                        + title
                        + ": expected some of "
                        + Arrays.stream(values()).map(Case::title).toList()));
  }

  String title() {
    return title;
  }

  Layout layout() {
    return layout;
  }

  Model model() {
    return model;
  }

  List<Step> steps() {
    return steps;
  }
}
