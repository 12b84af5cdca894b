package io.millrace.plan;

import io.millrace.avro.Evaluation;
import io.millrace.pipeline.Training;
import io.millrace.row.Column;
import io.millrace.spec.SpecPrinter;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * What decides a trained model and what is measured of it. The production model that it is compared
 * with is no part of that: a promotion makes nothing stale.
 */
final class TrainOutline {
  private static final int VERSION = 2;

  /** What of the spec decides the model, how it is measured, and whether it is accepted. */
  private static final List<String> PARTS =
      List.of("train.model.", "train.class_weights", "train.evaluate.", "train.accept.");

  private TrainOutline() {}

  static StageOutline of(Training training) {
    SortedMap<String, String> parts = new TreeMap<>();
    SpecPrinter.parts(training.spec())
        .forEach(
            (part, value) -> {
              if (PARTS.stream().anyMatch(part::startsWith)) {
                parts.put(part, value);
              }
            });
    parts.put("train.inputs", training.inputs().stream().map(Column::name).toList().toString());
    training
        .prepare()
        .inputs()
        .forEach((input, plan) -> parts.put("train.prepare." + input, PrepareText.of(plan)));
    SortedMap<String, Definition> columns = new TreeMap<>();
    for (Schema.Field field : Evaluation.getClassSchema().getFields()) {
      columns.put(field.name(), Definition.of(Map.of()));
    }
    SortedMap<String, String> external = new TreeMap<>();
    training
        .baseline()
        .ifPresent(
            baseline -> external.put("train.evaluate.baseline.model", baseline.fingerprint()));
    // paths do not count, what lies there does
    parts.remove("train.evaluate.baseline.model");
    return new StageOutline(
        StageId.train(),
        VERSION,
        Definition.of(parts).reading(StageId.training(), training.rows().names()),
        columns,
        List.of(new StageInput.SameDay(StageId.training())),
        external);
  }
}
