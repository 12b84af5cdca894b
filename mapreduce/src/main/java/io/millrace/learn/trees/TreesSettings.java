package io.millrace.learn.trees;

import io.millrace.spec.ModelSpec;

/**
 * What decides the trees of a model beside the rows: plain data, in the words of {@link
 * ModelSpec.Trees}.
 *
 * @param outputs numbers that the trees say of a row: one, or one a class
 * @param earlyStopping after so many rounds without a gain on the validation rows; 0: never
 * @param seed of the rows and columns that each tree sees
 */
public record TreesSettings(
    Objective objective,
    int outputs,
    int rounds,
    int maxDepth,
    double learningRate,
    double minChildWeight,
    double subsample,
    double colsample,
    double l1,
    double l2,
    double minSplitLoss,
    int maxBins,
    int earlyStopping,
    long seed) {
  public TreesSettings {
    boolean perClass = objective == Objective.SOFTMAX;
    if (perClass ? outputs < 2 : outputs != 1) {
      throw new IllegalArgumentException(
          "Cannot fit %d outputs with the objective %s".formatted(outputs, objective));
    }
  }

  /** As an author has written it. */
  public static TreesSettings of(
      Objective objective, int outputs, ModelSpec.Trees trees, long seed) {
    return new TreesSettings(
        objective,
        outputs,
        trees.rounds(),
        trees.maxDepth(),
        trees.learningRate(),
        trees.minChildWeight(),
        trees.subsample(),
        trees.colsample(),
        trees.l1(),
        trees.l2(),
        trees.minSplitLoss(),
        trees.maxBins(),
        trees.earlyStopping(),
        seed);
  }

  /** Whether validation rows decide when it is enough. */
  public boolean stopsEarly() {
    return earlyStopping > 0;
  }
}
