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
  private final List<FeatureGroup> groups;

  ScoringBinder(Binder binder, ScoreSpec spec, List<FeatureGroup> groups) {
    this.binder = binder;
    this.spec = spec;
    this.groups = groups;
  }

  Optional<BoundScoring> bind() {
    Optional<FeatureGroup> group = group();
    Optional<byte[]> model = binder.read(spec.model());
    if (group.isEmpty() || model.isEmpty()) {
      return Optional.empty();
    }
    Optional<ModelSignature> signature = signature(model.get());
    if (signature.isEmpty()) {
      return Optional.empty();
    }
    List<Problem> problems = new ArrayList<>();
    Optional<Scoring> scoring =
        Scoring.bind(withEntity(group.get()), signature.get(), group.get().featureType(), problems);
    problems.forEach(problem -> binder.report(problem.at(), problem.message()));
    return scoring.map(
        bound -> new BoundScoring(group.get(), bound, spec.model().value(), sha256(model.get())));
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

  private Optional<FeatureGroup> group() {
    List<String> names = groups.stream().map(FeatureGroup::name).toList();
    if (spec.group().isEmpty()) {
      if (groups.size() == 1) {
        return Optional.of(groups.get(0));
      }
      binder.report(
          spec.model().at(),
          groups.isEmpty()
              ? "`score` with `rows: entities` needs a feature group; there is none under `features`"
              : "there are several feature groups; say whose entities are scored: `group: "
                  + names.get(0)
                  + "` (or "
                  + String.join(", ", names.subList(1, names.size()))
                  + ")");
      return Optional.empty();
    }
    Located<String> wanted = spec.group().get();
    Optional<FeatureGroup> found =
        groups.stream().filter(group -> group.name().equals(wanted.value())).findFirst();
    if (found.isEmpty()) {
      binder.report(
          wanted.at(), Binder.unknown("feature group", wanted.value(), names, "The spec has"));
    }
    return found;
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
