package io.millrace.run;

import io.millrace.model.ModelSignature;
import io.millrace.model.ValueType;
import io.millrace.model.card.ModelCard;
import io.millrace.model.card.ModelCard.TensorType;
import io.millrace.model.card.ModelVersion;
import io.millrace.pipeline.ModelFingerprint;
import io.millrace.pipeline.Pipeline;
import io.millrace.spec.Located;
import io.millrace.spec.Problem;
import io.millrace.spec.SpecException;
import io.millrace.warehouse.ModelRegistry;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;

/**
 * The file of a registered model's version, as a test names it: the only version of the test's own
 * warehouse.
 */
final class TrialModel {
  private static final String UNKNOWN = "";

  private final String name;
  private final Located<String> file;

  /**
   * @param name of the registered model that the pipeline scores with
   * @param file as the test names it
   */
  TrialModel(String name, Located<String> file) {
    this.name = name;
    this.file = file;
  }

  /**
   * Registers it.
   *
   * @param date from which on it scores
   * @throws SpecException where it is no model that {@code train} has made
   */
  void register(Workspace workspace, byte[] onnx, LocalDate date) throws IOException {
    ModelCard card = card(onnx, date);
    try {
      Pipeline unused = workspace.pipeline().scoredBy(card);
    } catch (IllegalArgumentException e) {
      throw problem(String.valueOf(e.getMessage()));
    }
    Path work = new Path(workspace.warehouse().root(), "_trial");
    if (!workspace.warehouse().fileSystem().mkdirs(work.getParent())) {
      throw new IOException("Cannot make the folder " + work.getParent());
    }
    new ModelRegistry(workspace.warehouse()).register(card, onnx, work);
  }

  private ModelCard card(byte[] onnx, LocalDate date) {
    ModelSignature signature;
    try {
      signature = ModelSignature.read(onnx);
    } catch (IllegalArgumentException e) {
      throw problem(String.valueOf(e.getMessage()));
    }
    return new ModelCard(
        ModelCard.CURRENT_FORMAT,
        name,
        new ModelVersion(date, 1),
        UNKNOWN,
        UNKNOWN,
        0,
        UNKNOWN,
        new ModelCard.TrainingData(UNKNOWN, List.of()),
        UNKNOWN,
        new ModelCard.Onnx(ModelFingerprint.of(onnx), onnx.length, signature.memory()),
        signature.inputs().stream()
            .map(input -> new ModelCard.Input(input.name(), type(input), UNKNOWN))
            .toList(),
        signature.outputs().stream()
            .map(output -> new ModelCard.Output(output.name(), type(output), width(output)))
            .toList(),
        List.of(),
        new ModelCard.Fit(UNKNOWN, null, List.of()),
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private TensorType type(ModelSignature.Value value) {
    if (value.type() instanceof ValueType.Tensor tensor) {
      for (TensorType type : TensorType.values()) {
        if (type.element() == tensor.element()) {
          return type;
        }
      }
    }
    throw problem(
        "%s is neither a double nor a string tensor, so it is none that `train` has made"
            .formatted(value.describe()));
  }

  private static int width(ModelSignature.Value value) {
    return value.type() instanceof ValueType.Tensor tensor
        ? tensor
            .shape()
            .map(shape -> shape.get(shape.size() - 1))
            .filter(OptionalLong::isPresent)
            .map(width -> (int) width.getAsLong())
            .orElse(1)
        : 1;
  }

  private SpecException problem(String message) {
    return new SpecException(
        List.of(
            new Problem(
                file.at(),
                "Cannot score with %s: %s; name the model.onnx of a version"
                    .formatted(file, message))));
  }
}
