package io.millrace.learn.glm;

import java.util.List;
import java.util.Optional;

/**
 * What is to be minimised, and how far: the sum of losses of the family, with the penalties l1·‖β‖₁
 * and ½·l2·‖β‖².
 *
 * @param columns names of the design columns, each once
 * @param classes of a multinomial model; each has training rows; else none
 * @param maxIterations the fit stops after so many
 * @param tolerance the fit has converged where the next step would change no coefficient by more
 *     than this share of the greatest coefficient (or of 1, where that is less)
 * @param start coefficients to begin at, by names of columns and classes; without, all are 0
 */
public record GlmProblem(
    Family family,
    List<String> columns,
    List<String> classes,
    double l1,
    double l2,
    int maxIterations,
    double tolerance,
    Optional<GlmModel> start) {
  public static final double TOLERANCE = 1e-9;

  public GlmProblem {
    columns = List.copyOf(columns);
    classes = List.copyOf(classes);
    if (!(l1 >= 0) || !(l2 >= 0) || Double.isInfinite(l1) || Double.isInfinite(l2)) {
      throw new IllegalArgumentException(
          "Cannot fit with the penalties l1 = " + l1 + ", l2 = " + l2 + ": expected 0 or more");
    }
    if (maxIterations < 1 || !(tolerance > 0)) {
      throw new IllegalArgumentException(
          "Cannot fit in " + maxIterations + " iterations to a tolerance of " + tolerance);
    }
    if (start.isPresent() && start.get().family() != family) {
      throw new IllegalArgumentException(
          "Cannot begin a "
              + family.word()
              + " model at the coefficients of a "
              + start.get().family().word()
              + " model");
    }
  }

  /** With the usual tolerance, from zero. */
  public GlmProblem(
      Family family,
      List<String> columns,
      List<String> classes,
      double l1,
      double l2,
      int maxIterations) {
    this(family, columns, classes, l1, l2, maxIterations, TOLERANCE, Optional.empty());
  }

  /** The same, begun at other coefficients. */
  public GlmProblem from(GlmModel model) {
    return new GlmProblem(
        family, columns, classes, l1, l2, maxIterations, tolerance, Optional.of(model));
  }

  public GlmShape shape() {
    return new GlmShape(family, columns.size(), Math.max(1, classes.size()));
  }

  /** A coefficient in words: its column, or "intercept", with its class where there are classes. */
  public String name(int at) {
    GlmShape shape = shape();
    int column = at % shape.block();
    String name = column == shape.width() ? "intercept" : columns.get(column);
    return classes.isEmpty() ? name : name + " of class " + classes.get(at / shape.block());
  }
}
