package io.millrace.spec;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model that is trained on the pipeline's history, as its author wrote it, defaults filled in.
 *
 * @param inputs names and patterns of columns; with {@code -} before it, what is left out
 * @param snapshots of which dates rows are trained on
 * @param negatives the share of rows with a FALSE label that is kept, more than 0, at most 1
 * @param prepare of an input, the first that fits counts
 * @param accept what must hold on the test rows for a version to be used
 */
public record TrainSpec(
    ModelSpec model,
    Label label,
    List<Located<String>> inputs,
    Snapshots snapshots,
    BigDecimal negatives,
    ClassWeights classWeights,
    Split split,
    List<PrepareSpec> prepare,
    EvaluateSpec evaluate,
    List<Requirement> accept) {
  public TrainSpec {
    inputs = List.copyOf(inputs);
    prepare = List.copyOf(prepare);
    accept = List.copyOf(accept);
  }

  /** What is said of the preparation of an input. */
  public Optional<PrepareSpec> prepare(String input) {
    return prepare.stream().filter(steps -> steps.isOf(input)).findFirst();
  }

  /** What a row of the training set is, and what it is to be told. */
  public sealed interface Label {
    /** So many days after its snapshot date the label of a row is known. */
    int waitDays();

    /**
     * Rows are events.
     *
     * @param sql over the columns of clean records
     * @param knownAfterDays so many days after a record landed its label is as it stays
     */
    record OfEvents(Located<String> sql, int knownAfterDays) implements Label {
      @Override
      public int waitDays() {
        return knownAfterDays;
      }
    }

    /**
     * Rows are entities of a feature group: whether an event of theirs happens that meets a
     * condition.
     *
     * @param condition over the columns of clean records
     * @param withinDays from the day after the snapshot date on
     * @param group may be left out where there is only one
     */
    record AnyEvent(Located<String> condition, int withinDays, Optional<Located<String>> group)
        implements Label {
      @Override
      public int waitDays() {
        return withinDays;
      }
    }
  }

  /** Of which dates rows are trained on; those whose labels are not known yet never count. */
  public sealed interface Snapshots {
    /** Every date. */
    record All() implements Snapshots {}

    /** The newest dates, day by day. */
    record Days(int days) implements Snapshots {}

    /**
     * The newest first days of months.
     *
     * @param months how many; left out: all
     */
    record Months(Optional<Integer> months) implements Snapshots {}

    /** These, ascending. */
    record Dates(List<LocalDate> dates) implements Snapshots {
      public Dates {
        dates = List.copyOf(dates);
      }
    }
  }

  /** By how much the rows of a class count more than others'. */
  public sealed interface ClassWeights {
    /** All count the same. */
    record None() implements ClassWeights {}

    /** Classes count the same: a row of a class of n among N rows of k classes has N / (k·n). */
    record Balanced() implements ClassWeights {}

    /** By class ({@code true} and {@code false} of a condition); 1 for those not named. */
    record Given(Map<String, Located<Double>> weights) implements ClassWeights {
      public Given {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
      }
    }
  }

  /** Which rows the model learns from, which decide when it stops, and which measure it. */
  public sealed interface Split {
    /**
     * By snapshot date, the newest last: train, validation, test. Validation rows may be drawn from
     * those of the training dates instead.
     *
     * @param gapDays dates that are left out between two parts; not said: until the labels of the
     *     earlier one are known
     */
    record ByTime(Located<Extent> validation, Located<Extent> test, Optional<Integer> gapDays)
        implements Split {}

    /**
     * By a hash of the row's key; for data without time.
     *
     * @param validation share of the rows
     * @param test share of the rows; both together less than 1
     */
    record ByHash(BigDecimal validation, BigDecimal test) implements Split {}
  }

  /** How large a part is. */
  public sealed interface Extent {
    /** The days that it spans, up to the newest snapshot date left. */
    record Days(int days) implements Extent {}

    /** The share of the snapshot dates, rounded up. */
    record Share(BigDecimal share) implements Extent {}

    /** The share of the rows whose keys have the least hashes; of validation rows alone. */
    record ShareOfRows(BigDecimal share) implements Extent {}

    /** Whether it is nothing. */
    default boolean isNone() {
      return this instanceof Days none
          ? none.days() == 0
          : this instanceof Share no
              ? no.share().signum() == 0
              : this instanceof ShareOfRows nothing && nothing.share().signum() == 0;
    }
  }

  /**
   * A limit of a metric on the test rows.
   *
   * @param sign which side of the limit is good
   */
  public record Requirement(Located<String> metric, Sign sign, Located<Limit> limit) {}

  /** Which side of a limit is good. */
  public enum Sign {
    AT_LEAST(">="),
    AT_MOST("<=");

    private final String text;

    Sign(String text) {
      this.text = text;
    }

    /** As it is written. */
    public String text() {
      return text;
    }

    public boolean holds(double value, double limit) {
      return this == AT_LEAST ? value >= limit : value <= limit;
    }
  }

  /** What a metric is compared with. */
  public sealed interface Limit {
    record Fixed(double value) implements Limit {}

    /** The same metric of the baseline, on the same rows. */
    record Baseline() implements Limit {}

    /**
     * The same metric of the production model, on the same rows; where there is none, all holds.
     */
    record Production() implements Limit {}
  }
}
