package io.millrace.pipeline;

import io.millrace.model.ModelSignature;
import io.millrace.row.RowType;
import io.millrace.spec.CleanSpec;
import io.millrace.spec.Located;
import io.millrace.spec.Problem;
import io.millrace.spec.ScoreSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Binds {@code score} to the rows that are scored and to the model's inputs and outputs. */
final class ScoringBinder {
  private final Binder binder;
  private final ScoreSpec spec;
  private final List<Located<String>> locatedNames;
  private final List<String> groupNames;
  private final List<FeatureGroup> groups;
  private final Optional<Cleaning> cleaning;
  private final Optional<Training> training;

  /** A model and what it takes and gives. */
  private record Found(ScoringModel model, ModelSignature signature) {}

  /**
   * @param groupNames of all groups of the spec
   * @param groups those of them that nothing is wrong with
   * @param cleaning where nothing is wrong with it
   * @param training where there is one and nothing is wrong with it
   */
  ScoringBinder(
      Binder binder,
      ScoreSpec spec,
      List<Located<String>> groupNames,
      List<FeatureGroup> groups,
      Optional<Cleaning> cleaning,
      Optional<Training> training) {
    this.binder = binder;
    this.spec = spec;
    locatedNames = groupNames;
    this.groupNames = groupNames.stream().map(Located::value).toList();
    this.groups = groups;
    this.cleaning = cleaning;
    this.training = training;
  }

  Optional<BoundScoring> bind() {
    return switch (spec.rows()) {
      case ENTITIES -> bindEntities();
      case EVENTS -> bindEvents();
    };
  }

  private Optional<BoundScoring> bindEntities() {
    Optional<FeatureGroup> group = group();
    Optional<Found> found = model();
    if (group.isEmpty() || found.isEmpty()) {
      return Optional.empty();
    }
    ModelSignature signature = found.get().signature();
    return bind(keeping(group.get().entity()), signature, group.get().featureType())
        .map(
            scoring ->
                new BoundScoring(
                    new ScoredRows.Entities(group.get()),
                    scoring,
                    found.get().model(),
                    signature.memory()));
  }

  private Optional<BoundScoring> bindEvents() {
    boolean distinct =
        cleaning
            .map(
                rows ->
                    ColumnConflicts.none(
                        binder, rows, locatedNames, groups, "`score.rows: events`"))
            .orElse(true);
    Optional<Found> found = model();
    Optional<ScoreSpec> complete = keepingSome();
    boolean groupsKnown = cleaning.isPresent() && groups.size() == groupNames.size();
    if (!groupsKnown || !distinct || found.isEmpty() || complete.isEmpty()) {
      return Optional.empty();
    }
    RowType clean = cleaning.get().rows();
    ModelSignature signature = found.get().signature();
    return bind(complete.get(), signature, JoinedRows.available(clean, groups))
        .map(
            scoring ->
                BoundScoring.ofEvents(
                    clean, groups, scoring, found.get().model(), signature.memory()));
  }

  /** The model, or nothing where it, or what would be trained, is wrong. */
  private Optional<Found> model() {
    if (spec.registered().isPresent()) {
      ScoringModel registered = new ScoringModel.Registered(spec.registered().get());
      return training.map(trained -> new Found(registered, TrainedSignature.of(trained)));
    }
    return binder
        .read(spec.model())
        .flatMap(
            bytes ->
                signature(bytes)
                    .map(
                        signature ->
                            new Found(
                                new ScoringModel.File(
                                    spec.model().value(), ModelFingerprint.of(bytes)),
                                signature)));
  }

  private Optional<Scoring> bind(ScoreSpec complete, ModelSignature signature, RowType columns) {
    List<Problem> problems = new ArrayList<>();
    Optional<Scoring> scoring = Scoring.bind(complete, signature, columns, problems);
    problems.forEach(problem -> binder.report(problem.at(), problem.message()));
    return scoring;
  }

  /** A score without its record says nothing: where no column is kept, the key's are. */
  private Optional<ScoreSpec> keepingSome() {
    if (!spec.keep().isEmpty()) {
      return Optional.of(spec);
    }
    if (cleaning.isPresent()
        && cleaning.get().deduplicate() instanceof CleanSpec.Deduplicate.ByKey byKey) {
      return Optional.of(keeping(byKey.columns().stream().map(Located::value).toList()));
    }
    if (cleaning.isPresent()) {
      binder.report(
          spec.model().at(),
          "nothing says whose a score is: add `keep:` with the columns that name a record, such as `keep: [%s]`"
              .formatted(cleaning.get().rows().names().get(0)));
    }
    return Optional.empty();
  }

  /** A score without its entity says nothing: where no column is kept, these are. */
  private ScoreSpec keeping(List<String> columns) {
    if (!spec.keep().isEmpty()) {
      return spec;
    }
    List<Located<String>> keep =
        columns.stream().map(column -> new Located<>(column, spec.model().at())).toList();
    return new ScoreSpec(
        spec.rows(),
        spec.group(),
        spec.model(),
        spec.inputs(),
        spec.missing(),
        spec.otherwise(),
        spec.output(),
        keep,
        spec.failAbove());
  }

  /** The group that is scored, or nothing where it or the naming of it is wrong. */
  private Optional<FeatureGroup> group() {
    Optional<String> name = spec.group().map(Located::value);
    if (name.isEmpty() && groupNames.size() == 1) {
      name = Optional.of(groupNames.get(0));
    } else if (name.isEmpty()) {
      binder.report(
          spec.model().at(),
          groupNames.isEmpty()
              ? "`score` with `rows: entities` needs a feature group; there is none under `features`"
              : "there are several feature groups; say whose entities are scored: `group: %s` (or %s)"
                  .formatted(
                      groupNames.get(0),
                      String.join(", ", groupNames.subList(1, groupNames.size()))));
    } else if (!groupNames.contains(name.get())) {
      binder.report(
          spec.group().orElseThrow().at(),
          Binder.unknown("feature group", name.get(), groupNames, "The spec has"));
    }
    return name.flatMap(
        wanted -> groups.stream().filter(group -> group.name().equals(wanted)).findFirst());
  }

  private Optional<ModelSignature> signature(byte[] model) {
    try {
      return Optional.of(ModelSignature.read(model));
    } catch (IllegalArgumentException e) {
      binder.report(spec.model().at(), spec.model() + ": " + e.getMessage());
      return Optional.empty();
    }
  }
}
