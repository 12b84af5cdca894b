package io.millrace.learn.glm;

import java.util.List;

/** Why a fit stopped. */
public sealed interface StopReason {
  /** One word, for tables and files. */
  String word();

  /** What happened and, where no model came of it, what can be done. */
  String message();

  /** Whether the coefficients are of use. */
  default boolean hasModel() {
    return false;
  }

  /** The next step would have changed nothing that counts. */
  record Converged() implements StopReason {
    @Override
    public String word() {
      return "converged";
    }

    @Override
    public String message() {
      return "it has converged";
    }

    @Override
    public boolean hasModel() {
      return true;
    }
  }

  /** The most iterations were made. */
  record Limit(int iterations) implements StopReason {
    @Override
    public String word() {
      return "limit";
    }

    @Override
    public String message() {
      return "it was stopped after " + iterations + " iterations, before it had converged";
    }

    @Override
    public boolean hasModel() {
      return true;
    }
  }

  /** No step made the objective less, or it is no finite number. */
  record Diverged(String what) implements StopReason {
    @Override
    public String word() {
      return "diverged";
    }

    @Override
    public String message() {
      return "it diverged: "
          + what
          + "; look for inputs or labels of extreme size, standardise or clip them";
    }
  }

  /**
   * Some coefficients have no best value: the greater they are, the less the loss.
   *
   * @param coefficients the fastest of them, by name
   */
  record Separable(List<String> coefficients) implements StopReason {
    public Separable {
      coefficients = List.copyOf(coefficients);
    }

    @Override
    public String word() {
      return "separable";
    }

    @Override
    public String message() {
      return "the labels of some rows are certain from "
          + String.join(", ", coefficients)
          + ", whose coefficients grow without end; give the model an l2 above 0, or leave these out";
    }
  }

  /** All rows have one label. */
  record ConstantLabel(double label) implements StopReason {
    @Override
    public String word() {
      return "constant_label";
    }

    @Override
    public String message() {
      return "all training rows have the label " + label + "; there is nothing to learn";
    }
  }

  /** There is no row with a weight. */
  record NoRows() implements StopReason {
    @Override
    public String word() {
      return "no_rows";
    }

    @Override
    public String message() {
      return "there are no training rows";
    }
  }

  /** All rows are of one class. */
  record OneClass(String name) implements StopReason {
    @Override
    public String word() {
      return "one_class";
    }

    @Override
    public String message() {
      return "all training rows are of the class " + name + "; there is nothing to tell apart";
    }
  }
}
