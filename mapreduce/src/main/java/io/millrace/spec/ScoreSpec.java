package io.millrace.spec;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is scored, and by which model.
 *
 * @param group the feature group whose entities are scored; may be left out where there is only
 *     one, and is where events are scored
 * @param model path of an ONNX file, relative to the spec; or {@code registry:} and the name of the
 *     model that the pipeline trains
 * @param missing what a NULL becomes, by column; {@code otherwise} for all others
 * @param output which of the model's outputs is the score; left out: its only one
 * @param keep columns that are carried into the scores
 * @param failAbove the share of rows that could not be scored, 0 to 1, above which nothing is
 *     published
 */
public record ScoreSpec(
    Rows rows,
    Optional<Located<String>> group,
    Located<String> model,
    Inputs inputs,
    Map<String, Located<Missing>> missing,
    Missing otherwise,
    Optional<Located<Output>> output,
    List<Located<String>> keep,
    BigDecimal failAbove) {
  private static final String REGISTRY = "registry:";

  public ScoreSpec {
    missing = Collections.unmodifiableMap(new LinkedHashMap<>(missing));
    keep = List.copyOf(keep);
  }

  /** The name of the model, where it is a registered one. */
  public Optional<String> registered() {
    return model.value().startsWith(REGISTRY)
        ? Optional.of(model.value().substring(REGISTRY.length()))
        : Optional.empty();
  }

  ScoreSpec withFailAbove(BigDecimal share) {
    return new ScoreSpec(rows, group, model, inputs, missing, otherwise, output, keep, share);
  }

  /** What a row of the scores stands for. */
  public enum Rows {
    /** An entity of a feature group. */
    ENTITIES("the features"),
    /** A clean record, with the features that its entities had the day before it landed. */
    EVENTS("those of clean records and features");

    private final String columns;

    Rows(String columns) {
      this.columns = columns;
    }

    /** Among which columns a name is looked for, in words. */
    public String columns() {
      return columns;
    }
  }

  /** How columns reach the model. */
  public sealed interface Inputs {
    /** Each model input takes the column of its name. */
    record SameNames() implements Inputs {}

    /** Each model input takes the column named here. */
    record ByName(Map<String, Located<String>> columns) implements Inputs {
      public ByName {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
      }
    }

    /**
     * The model's one input is a tensor of these columns, in this order.
     *
     * @param input its name, where the author says it
     */
    record OneTensor(Optional<Located<String>> input, List<Located<String>> columns)
        implements Inputs {
      public OneTensor {
        columns = List.copyOf(columns);
      }

      /** Without a name. */
      public OneTensor(List<Located<String>> columns) {
        this(Optional.empty(), columns);
      }
    }
  }

  /** What a NULL becomes before it reaches the model. */
  public sealed interface Missing {
    /** Not a number: the model knows what to do with it. */
    record NotANumber() implements Missing {}

    record Value(double value) implements Missing {}

    /** The row cannot be scored. */
    record Reject() implements Missing {}

    /** The empty text: what NULL is to a registered model where it takes text. */
    record EmptyText() implements Missing {}
  }

  /**
   * An output of the model.
   *
   * @param index which column of it, or which key where the model gives a map; left out: it has
   *     only one
   */
  public record Output(String name, Optional<String> index) {}
}
