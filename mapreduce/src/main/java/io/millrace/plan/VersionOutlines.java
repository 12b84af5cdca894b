package io.millrace.plan;

import io.millrace.model.card.ModelCard;
import io.millrace.model.card.ModelVersion;
import io.millrace.model.card.ModelVersions.Choice;
import io.millrace.pipeline.Pipeline;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The outlines of scores, and of the rows joined for them, as the version of a registered model has
 * them: it decides which columns are read. Those of a version are made when they are first asked
 * for. Not thread-safe.
 */
public final class VersionOutlines {
  private final Pipeline pipeline;
  private final String name;
  private final List<StageOutline> earlier;
  private final Models models;
  private final Map<ModelVersion, OfVersion> known = new HashMap<>();

  /**
   * What is known of a version.
   *
   * @param problem why the pipeline cannot feed it; then there are no outlines
   */
  private record OfVersion(List<StageOutline> stages, Optional<String> problem) {}

  /**
   * @param name of the model
   * @param earlier the stages that make what is joined and scored
   */
  VersionOutlines(Pipeline pipeline, String name, List<StageOutline> earlier, Models models) {
    this.pipeline = pipeline;
    this.name = name;
    this.earlier = List.copyOf(earlier);
    this.models = models;
  }

  /** The outline of a stage with the version that scores a date; or one that lacks its model. */
  StageOutline on(LocalDate date, StageOutline stage) {
    if (stage.id().kind() != StageKind.JOIN && stage.id().kind() != StageKind.SCORE) {
      return stage;
    }
    Choice choice = models.chosenFor(date);
    if (choice instanceof Choice.None none) {
      return stage.lacking(new MissingModel(name, none.why()));
    }
    OfVersion chosen = of(choice.found().orElseThrow());
    return chosen.problem().isPresent()
        ? stage.lacking(new MissingModel(name, chosen.problem().get()))
        : find(chosen, stage.id()).orElse(stage);
  }

  /**
   * The outline of scores with the version that made them, where it still exists and the pipeline
   * can feed it.
   */
  Optional<StageOutline> asMade(StageOutline stage, Manifest made) {
    Optional<ModelReference> reference =
        ModelReference.of(made.definition()).filter(model -> model.name().equals(name));
    boolean exists =
        reference
            .flatMap(model -> models.card(model.version()))
            .map(card -> card.onnx().sha256().equals(reference.get().sha256()))
            .orElse(false);
    return exists ? find(of(reference.get().version()), stage.id()) : Optional.empty();
  }

  private static Optional<StageOutline> find(OfVersion version, StageId stage) {
    return version.stages().stream().filter(outline -> outline.id().equals(stage)).findFirst();
  }

  private OfVersion of(ModelVersion version) {
    return known.computeIfAbsent(version, key -> outlines(models.card(key).orElseThrow()));
  }

  private OfVersion outlines(ModelCard card) {
    try {
      Pipeline scored = pipeline.scoredBy(card);
      List<StageOutline> stages = new ArrayList<>();
      Outlines.join(scored, earlier).ifPresent(stages::add);
      stages.add(ScoreOutline.of(scored.scoring().orElseThrow(), earlier));
      return new OfVersion(stages, Optional.empty());
    } catch (IllegalArgumentException e) {
      return new OfVersion(List.of(), Optional.of(String.valueOf(e.getMessage())));
    }
  }
}
