package io.millrace.learn.trees;

import java.util.List;
import java.util.Optional;

/**
 * What came of a fit of trees.
 *
 * @param text the reason, for a person
 * @param kept how many rounds of trees the model has: up to the best one of the validation rows, or
 *     all
 * @param rounds from round 0, before the first tree
 * @param trees of those rounds, where {@code reason} gives a model
 */
public record TreesResult(
    StopReason reason,
    String text,
    int kept,
    List<TreesRound> rounds,
    Optional<TreeEnsemble> trees) {
  public TreesResult {
    rounds = List.copyOf(rounds);
    if (reason.givesModel() != trees.isPresent()) {
      throw new IllegalArgumentException(
          "Cannot end a fit %s a model: %s"
              .formatted(trees.isPresent() ? "with" : "without", reason));
    }
  }
}
