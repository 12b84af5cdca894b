package io.millrace.model.card;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What there is to say of a fit beside the model that came of it.
 *
 * @param stop why it ended, in words: {@code converged after 9 iterations}
 * @param history its iterations, oldest first; of many some, the first and the last among them
 * @param weightKind what the weights are
 * @param weights of the columns that the model sees behind its preparation, in their order; those
 *     that count for nothing may be left out
 * @param notes what a person should know: what was unusual, in plain sentences
 */
public record FitSummary(
    String stop,
    List<Iteration> history,
    WeightKind weightKind,
    List<Weight> weights,
    List<String> notes) {
  public FitSummary {
    history = List.copyOf(history);
    weights = List.copyOf(weights);
    notes = List.copyOf(notes);
  }

  /** What a weight is. */
  public enum WeightKind {
    /** What is added to the linear predictor for each unit of the column. */
    COEFFICIENT,
    /** By how much splits on the column have lowered the loss, as a share of all splits. */
    GAIN
  }

  /**
   * An iteration, or a round of trees.
   *
   * @param number from 1
   * @param values by name, such as {@code objective} and {@code gradient}
   */
  public record Iteration(int number, SortedMap<String, Double> values) {
    public Iteration {
      values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }
  }

  /**
   * What a column counts for.
   *
   * @param column its name behind the preparation, such as {@code channel=web}
   * @param outcome the class that it speaks for, where there are several
   */
  public record Weight(String column, Optional<String> outcome, double value) {}
}
