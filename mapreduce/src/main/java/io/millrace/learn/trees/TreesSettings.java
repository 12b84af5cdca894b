package io.millrace.learn.trees;

import io.millrace.spec.ModelSpec;

/**
 * What decides the trees of a model beside the rows.
 *
 * @param outputs numbers that the trees say of a row: one, or one a class
 * @param trees the author's words
 * @param seed of the rows and columns that each tree sees
 */
public record TreesSettings(Objective objective, int outputs, ModelSpec.Trees trees, long seed) {
  public TreesSettings {
    boolean perClass = objective == Objective.SOFTMAX;
    if (perClass ? outputs < 2 : outputs != 1) {
      throw new IllegalArgumentException(
          "Cannot fit %d outputs with the objective %s".formatted(outputs, objective));
    }
  }

  /** Whether validation rows decide when it is enough. */
  public boolean stopsEarly() {
    return trees.earlyStopping() > 0;
  }
}
