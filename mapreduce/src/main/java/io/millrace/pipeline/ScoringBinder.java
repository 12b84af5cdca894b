package io.millrace.pipeline;

import io.millrace.model.ModelSignature;
import io.millrace.spec.Located;
import io.millrace.spec.Problem;
import io.millrace.spec.ScoreSpec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Binds {@code score} to a feature group and to the model's inputs and outputs. */
final class ScoringBinder {
  private final Binder binder;
  private final ScoreSpec spec;
  private final List<String> groupNames;
  private final List<FeatureGroup> groups;

  /**
   * @param groupNames of all groups of the spec
   * @param groups those of them that nothing is wrong with
   */
  ScoringBinder(
      Binder binder, ScoreSpec spec, List<Located<String>> groupNames, List<FeatureGroup> groups) {
    this.binder = binder;
    this.spec = spec;
    this.groupNames = groupNames.stream().map(Located::value).toList();
    this.groups = groups;
  }

  Optional<BoundScoring> bind() {
    Optional<FeatureGroup> group = group();
    Optional<byte[]> model = binder.read(spec.model());
    Optional<ModelSignature> signature = model.flatMap(this::signature);
    if (group.isEmpty() || signature.isEmpty()) {
      return Optional.empty();
    }
    List<Problem> problems = new ArrayList<>();
    Optional<Scoring> scoring =
        Scoring.bind(withEntity(group.get()), signature.get(), group.get().featureType(), problems);
    problems.forEach(problem -> binder.report(problem.at(), problem.message()));
    return scoring.map(
        bound ->
            new BoundScoring(
                group.get(), bound, spec.model().value(), sha256(model.orElseThrow())));
  }

  /** A score without its entity says nothing: where no column is kept, the entity's are. */
  private ScoreSpec withEntity(FeatureGroup group) {
    if (!spec.keep().isEmpty()) {
      return spec;
    }
    List<Located<String>> entity =
        group.entity().stream().map(column -> new Located<>(column, spec.model().at())).toList();
    return new ScoreSpec(
        spec.rows(),
        spec.group(),
        spec.model(),
        spec.inputs(),
        spec.missing(),
        spec.otherwise(),
        spec.output(),
        entity,
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

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot hash: every Java has SHA-256", e);
    }
  }
}
