package io.millrace.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Names a stage. Its printed form ({@code clean}, {@code partials/card}, {@code features/card},
 * {@code join}, {@code training}, {@code train}, {@code score}) is also its folder below {@code
 * _staging/<run>}.
 *
 * @param group the feature group, for partials and features
 */
public record StageId(StageKind kind, Optional<String> group) implements Comparable<StageId> {
  private static final Comparator<StageId> ORDER =
      Comparator.comparing(StageId::kind).thenComparing(stage -> stage.group().orElse(""));

  public StageId {
    if (hasGroups(kind) != group.isPresent()) {
      throw new IllegalArgumentException(
          "Cannot name a stage of kind %s with group %s".formatted(kind, group));
    }
  }

  public static StageId clean() {
    return new StageId(StageKind.CLEAN, Optional.empty());
  }

  public static StageId partials(String group) {
    return new StageId(StageKind.PARTIALS, Optional.of(group));
  }

  public static StageId features(String group) {
    return new StageId(StageKind.FEATURES, Optional.of(group));
  }

  public static StageId join() {
    return new StageId(StageKind.JOIN, Optional.empty());
  }

  public static StageId training() {
    return new StageId(StageKind.TRAINING, Optional.empty());
  }

  public static StageId train() {
    return new StageId(StageKind.TRAIN, Optional.empty());
  }

  public static StageId score() {
    return new StageId(StageKind.SCORE, Optional.empty());
  }

  /**
   * The stage of a printed name.
   *
   * @throws IllegalArgumentException where it is no stage's name; whether the pipeline has that
   *     stage is another question
   */
  public static StageId parse(String name) {
    int slash = name.indexOf('/');
    String kindName = slash < 0 ? name : name.substring(0, slash);
    for (StageKind kind : StageKind.values()) {
      boolean complete = hasGroups(kind) ? slash > 0 && slash < name.length() - 1 : slash < 0;
      if (complete && kindName.equals(printed(kind))) {
        return new StageId(
            kind, slash < 0 ? Optional.empty() : Optional.of(name.substring(slash + 1)));
      }
    }
    throw new IllegalArgumentException(
        "Cannot find stage: %s (expected clean, partials/<group>, features/<group>, join, training, train or score)"
            .formatted(name));
  }

  /** The stage that makes a data set, where a name is that of one. */
  public static Optional<StageId> making(String dataSet) {
    List<StageId> candidates =
        new ArrayList<>(List.of(clean(), join(), training(), train(), score()));
    String group = dataSet.substring(dataSet.indexOf('/') + 1);
    candidates.add(partials(group));
    candidates.add(features(group));
    return candidates.stream().filter(stage -> stage.dataSets().contains(dataSet)).findFirst();
  }

  /** The data set that the stage exists for. */
  public String mainDataSet() {
    return switch (kind) {
      case CLEAN, PARTIALS, FEATURES, TRAINING -> toString();
      case JOIN -> "joined";
      case TRAIN -> "evaluation";
      case SCORE -> "scores";
    };
  }

  /** The data set that says what the main one's columns are like, of stages that have one. */
  public Optional<String> profile() {
    return switch (kind) {
      case CLEAN -> Optional.of("profile/clean");
      case FEATURES -> group.map(name -> "profile/" + name);
      case PARTIALS, JOIN, TRAINING, TRAIN, SCORE -> Optional.empty();
    };
  }

  /** All data sets that the stage publishes, in the order of publishing: the main one last. */
  public List<String> dataSets() {
    List<String> dataSets = new ArrayList<>();
    if (kind == StageKind.CLEAN || kind == StageKind.SCORE) {
      dataSets.add("quarantine/" + printed(kind));
    }
    profile().ifPresent(dataSets::add);
    dataSets.add(mainDataSet());
    return List.copyOf(dataSets);
  }

  /**
   * The data sets without which the stage is not done. A profile is none of them: rows are as good
   * without.
   */
  public List<String> decisiveDataSets() {
    return dataSets().stream().filter(dataSet -> !profile().equals(Optional.of(dataSet))).toList();
  }

  @Override
  public int compareTo(StageId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return group.map(name -> printed(kind) + "/" + name).orElseGet(() -> printed(kind));
  }

  private static boolean hasGroups(StageKind kind) {
    return switch (kind) {
      case PARTIALS, FEATURES -> true;
      case CLEAN, JOIN, TRAINING, TRAIN, SCORE -> false;
    };
  }

  private static String printed(StageKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
