package io.millrace.learn.prepare;

import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is wanted of each input, by its name. */
public record PreparePlan(Map<String, InputPlan> inputs) {
  /** Fewer training rows do not make a category of their own, where nothing else is said. */
  public static final long DEFAULT_MIN_COUNT = 10;

  public PreparePlan {
    inputs = Map.copyOf(inputs);
  }

  /** Which inputs a model can take. */
  public enum ModelKind {
    /** Finite numbers of like size: NULLs are imputed, numbers standardised. */
    LINEAR,
    /** Numbers as they are; NULL is NaN. */
    TREES
  }

  /**
   * The plan of all inputs.
   *
   * @param said what the author wants of some of them
   */
  public static PreparePlan of(List<Column> inputs, ModelKind model, Map<String, InputPlan> said) {
    Map<String, InputPlan> plans = new LinkedHashMap<>();
    for (Column input : inputs) {
      InputPlan plan = said.get(input.name());
      plans.put(input.name(), plan == null ? byDefault(input.type(), model) : plan);
    }
    return new PreparePlan(plans);
  }

  /** What is done with an input of which nothing is said. */
  public static InputPlan byDefault(ColumnType type, ModelKind model) {
    if (type.kind() == Kind.STRING) {
      return new InputPlan.OneHot(DEFAULT_MIN_COUNT);
    }
    boolean linear = model == ModelKind.LINEAR;
    return new InputPlan.Numbers(
        linear ? new InputPlan.Imputation.Mean() : new InputPlan.Imputation.None(),
        linear,
        Optional.empty(),
        false,
        linear && type.kind() != Kind.BOOLEAN
            ? new InputPlan.Form.Standardised()
            : new InputPlan.Form.AsItIs());
  }

  /** What is wanted of an input. */
  InputPlan of(String input) {
    InputPlan plan = inputs.get(input);
    if (plan == null) {
      throw new IllegalArgumentException("Cannot prepare " + input + ": the plan does not name it");
    }
    return plan;
  }
}
