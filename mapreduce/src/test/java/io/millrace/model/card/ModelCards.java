package io.millrace.model.card;

import io.millrace.model.ModelMemory;
import io.millrace.model.card.ModelCard.TensorType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Cards of models that nobody trained. */
public final class ModelCards {
  private ModelCards() {}

  /** A card of a logistic regression over an amount and a channel. */
  public static ModelCard fraud(ModelVersion version, double auc, String sha256) {
    return new ModelCard(
        ModelCard.CURRENT_FORMAT,
        "fraud",
        version,
        "logistic",
        "0.2.0",
        1,
        "ab".repeat(32),
        new ModelCard.TrainingData(
            "cd".repeat(32),
            List.of(new ModelCard.File("part-r-00000.avro", 1000, 10, 4_000_000_000L))),
        "train:\n  model: {name: fraud}\n",
        new ModelCard.Onnx(sha256, 123, new ModelMemory(1000, 2000)),
        List.of(
            new ModelCard.Input("amount", TensorType.DOUBLE, "DECIMAL(10, 2)"),
            new ModelCard.Input("channel", TensorType.STRING, "VARCHAR")),
        List.of(new ModelCard.Output("score", TensorType.DOUBLE, 1)),
        List.of(),
        new ModelCard.Fit(
            "converged after 2 iterations",
            null,
            List.of(
                new FitSummary.Iteration(
                    1, new TreeMap<>(Map.of("objective", 0.5, "gradient", 1e-3))),
                new FitSummary.Iteration(
                    2, new TreeMap<>(Map.of("objective", 0.25, "gradient", 2e-9))))),
        ModelVersion.parse("2026-11-08-1"),
        List.of(
            measured(ModelCard.Measured.CANDIDATE, auc),
            measured(ModelCard.Measured.PRODUCTION, 0.75)),
        List.of(new ModelCard.Condition("auc", ">= 0.8", auc, auc >= 0.8)),
        List.of(
            new ModelCard.Weight("(intercept)", null, -2.5),
            new ModelCard.Weight("amount", null, 0.125)),
        List.of(),
        List.of(new ModelCard.Weight("amount", null, 0.02)),
        List.of());
  }

  /** The same with other inputs. */
  public static ModelCard withInputs(ModelCard card, List<ModelCard.Input> inputs) {
    return new ModelCard(
        card.format(),
        card.name(),
        card.version(),
        card.kind(),
        card.millrace(),
        card.seed(),
        card.fingerprint(),
        card.data(),
        card.spec(),
        card.onnx(),
        inputs,
        card.outputs(),
        card.classes(),
        card.fit(),
        card.production(),
        card.metrics(),
        card.acceptance(),
        card.coefficients(),
        card.gains(),
        card.importances(),
        card.warnings());
  }

  /** The same with other metrics. */
  public static ModelCard withMetrics(ModelCard card, List<ModelCard.Measured> metrics) {
    return new ModelCard(
        card.format(),
        card.name(),
        card.version(),
        card.kind(),
        card.millrace(),
        card.seed(),
        card.fingerprint(),
        card.data(),
        card.spec(),
        card.onnx(),
        card.inputs(),
        card.outputs(),
        card.classes(),
        card.fit(),
        card.production(),
        metrics,
        card.acceptance(),
        card.coefficients(),
        card.gains(),
        card.importances(),
        card.warnings());
  }

  private static ModelCard.Measured measured(String model, double auc) {
    return new ModelCard.Measured(model, "test", null, "auc", null, null, auc, null, 500);
  }
}
