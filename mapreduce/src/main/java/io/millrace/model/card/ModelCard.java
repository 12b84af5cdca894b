package io.millrace.model.card;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.millrace.model.ElementType;
import io.millrace.model.ModelMemory;
import io.millrace.model.ModelSignature;
import io.millrace.model.ValueType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a registered model says of itself: its file {@code model.json}. The page avro/README.md has
 * the meaning of each field. No clock, host or path is in it: the same data, spec and seed give the
 * same card.
 *
 * @param format of the card itself
 * @param kind of model: {@code logistic}, {@code linear}, {@code poisson}, {@code trees}
 * @param millrace the version of Millrace that trained it
 * @param fingerprint of the stage {@code train}: of all that decides what is trained
 * @param spec the resolved section {@code train} of the pipeline
 * @param inputs in the order of the model's file
 * @param outputs of which one is called {@code score}
 * @param classes that it tells apart, in the order of its probabilities; none for two classes of a
 *     condition and for numbers
 * @param production the version that was measured beside it on the same rows, null where there was
 *     none
 * @param metrics what was measured, of this model and of those it was compared with
 * @param acceptance every condition of {@code train.accept}; where there is none, all are met
 * @param coefficients of a linear model, in the order of its columns; empty for others
 * @param gains of trees: how much each column lowers the loss; empty for others
 * @param importances how much worse the model gets with a column's values permuted, where measured
 * @param warnings for a person: what looked like a leak, and what else was unusual
 */
@JsonPropertyOrder({"format", "name", "version", "accepted"})
public record ModelCard(
    int format,
    String name,
    ModelVersion version,
    String kind,
    String millrace,
    long seed,
    String fingerprint,
    TrainingData data,
    String spec,
    Onnx onnx,
    List<Input> inputs,
    List<Output> outputs,
    List<String> classes,
    Fit fit,
    @Nullable ModelVersion production,
    List<Measured> metrics,
    List<Condition> acceptance,
    List<Weight> coefficients,
    List<Weight> gains,
    List<Weight> importances,
    List<String> warnings) {
  /** The format that this version writes. */
  public static final int CURRENT_FORMAT = 1;

  public ModelCard {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(millrace, "millrace");
    Objects.requireNonNull(fingerprint, "fingerprint");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(onnx, "onnx");
    Objects.requireNonNull(fit, "fit");
    inputs = List.copyOf(Objects.requireNonNull(inputs, "inputs"));
    outputs = List.copyOf(Objects.requireNonNull(outputs, "outputs"));
    metrics = List.copyOf(Objects.requireNonNull(metrics, "metrics"));
    acceptance = List.copyOf(Objects.requireNonNull(acceptance, "acceptance"));
    classes = List.copyOf(Objects.requireNonNull(classes, "classes"));
    coefficients = List.copyOf(Objects.requireNonNull(coefficients, "coefficients"));
    gains = List.copyOf(Objects.requireNonNull(gains, "gains"));
    importances = List.copyOf(Objects.requireNonNull(importances, "importances"));
    warnings = List.copyOf(Objects.requireNonNull(warnings, "warnings"));
  }

  /**
   * What it was trained from.
   *
   * @param fingerprint of the partition of {@code training}
   * @param files its data files, in their order
   */
  public record TrainingData(String fingerprint, List<File> files) {
    public TrainingData {
      Objects.requireNonNull(fingerprint, "fingerprint");
      files = List.copyOf(files);
    }
  }

  /**
   * A data file.
   *
   * @param length in bytes
   * @param crc32c of its bytes (RFC 3720), unsigned
   */
  public record File(String name, long length, long records, long crc32c) {}

  /**
   * The file {@code model.onnx}.
   *
   * @param sha256 of its bytes, hexadecimal
   * @param bytes its length
   * @param memory that a session needs
   */
  public record Onnx(String sha256, long bytes, ModelMemory memory) {
    public Onnx {
      Objects.requireNonNull(sha256, "sha256");
      Objects.requireNonNull(memory, "memory");
    }
  }

  /**
   * An input: one column.
   *
   * @param name of the input and of the column that feeds it
   * @param type of its tensor, [rows, 1]
   * @param column the column's type in SQL, when the model was trained
   */
  public record Input(String name, TensorType type, String column) {}

  /**
   * An output.
   *
   * @param type of its tensor, [rows, width]
   */
  public record Output(String name, TensorType type, int width) {}

  /** The types of a registered model's tensors. */
  public enum TensorType {
    /** Numbers, and booleans as 0 and 1; NULL is not-a-number. */
    @JsonProperty("double")
    DOUBLE(ElementType.DOUBLE),
    /** Text; NULL is the empty text. */
    @JsonProperty("string")
    STRING(ElementType.STRING);

    private final ElementType element;

    TensorType(ElementType element) {
      this.element = element;
    }

    public ElementType element() {
      return element;
    }
  }

  /**
   * How the fit went.
   *
   * @param stop why it ended, in words
   * @param startedFrom the version whose coefficients it started from, null where from nothing
   * @param history its iterations, oldest first; of many some, the first and the last among them
   */
  public record Fit(
      String stop, @Nullable ModelVersion startedFrom, List<FitSummary.Iteration> history) {
    public Fit {
      Objects.requireNonNull(stop, "stop");
      history = List.copyOf(history);
    }
  }

  /**
   * A value that was measured.
   *
   * @param model whose scores: {@code candidate} is this model, {@code production} and {@code
   *     baseline} are those it was compared with on the same rows
   * @param split {@code train}, {@code validation} or {@code test}
   * @param segment of which rows, such as {@code channel=web}; null: all of the split
   * @param label the class that it is about, null where it is about none
   * @param parameter what the metric was asked with, null where it has no parameter
   * @param value null where there is none
   * @param reason why there is none, null where there is one
   * @param rows of how many rows
   */
  public record Measured(
      String model,
      String split,
      @Nullable String segment,
      String metric,
      @Nullable String label,
      @Nullable String parameter,
      @Nullable Double value,
      @Nullable String reason,
      long rows) {
    /** This model, among those that were measured. */
    public static final String CANDIDATE = "candidate";

    /** The version that was in production. */
    public static final String PRODUCTION = "production";

    public Measured {
      Objects.requireNonNull(model, "model");
      Objects.requireNonNull(split, "split");
      Objects.requireNonNull(metric, "metric");
    }
  }

  /**
   * A condition of {@code train.accept}.
   *
   * @param metric whose value it is about
   * @param expected as the spec has it, such as {@code >= 0.80}
   * @param found null where it could not be measured
   */
  public record Condition(String metric, String expected, @Nullable Double found, boolean met) {}

  /**
   * What a column counts for.
   *
   * @param column of the prepared rows, such as {@code channel=web}; or an input
   * @param target the class it counts for, null where there is only one
   */
  public record Weight(String column, @Nullable String target, double value) {
    /** The same as a fit has it. */
    public static Weight of(FitSummary.Weight weight) {
      return new Weight(weight.column(), weight.outcome().orElse(null), weight.value());
    }
  }

  /** Whether all conditions are met. */
  @JsonProperty(value = "accepted", access = JsonProperty.Access.READ_ONLY)
  public boolean isAccepted() {
    return acceptance.stream().allMatch(Condition::met);
  }

  /** What was measured of a model's scores on all rows of a split, in order. */
  public List<Measured> metrics(String model, String split) {
    return metrics.stream()
        .filter(found -> found.model().equals(model) && found.split().equals(split))
        .filter(found -> found.segment() == null)
        .toList();
  }

  /** The same model as another version. */
  public ModelCard as(ModelVersion other) {
    return new ModelCard(
        format,
        name,
        other,
        kind,
        millrace,
        seed,
        fingerprint,
        data,
        spec,
        onnx,
        inputs,
        outputs,
        classes,
        fit,
        production,
        metrics,
        acceptance,
        coefficients,
        gains,
        importances,
        warnings);
  }

  /** What the model takes and gives. */
  public ModelSignature signature() {
    return new ModelSignature(
        inputs.stream().map(input -> value(input.name(), input.type(), 1)).toList(),
        outputs.stream()
            .map(output -> value(output.name(), output.type(), output.width()))
            .toList(),
        onnx.memory());
  }

  private static ModelSignature.Value value(String name, TensorType type, int width) {
    return new ModelSignature.Value(
        name,
        new ValueType.Tensor(
            type.element(), Optional.of(List.of(OptionalLong.empty(), OptionalLong.of(width)))));
  }
}
