package io.millrace.learn;

import io.millrace.spec.TrainSpec;
import io.millrace.spec.TrainSpec.Extent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which rows of a training set are for what.
 *
 * @param dates the snapshot dates and what their rows are for; dates in a gap are not there
 * @param testBelow rows with a lesser hash (unsigned) measure the model, whatever their date
 * @param validationBelow other rows of training dates with a lesser hash (unsigned) decide when
 *     learning stops
 */
public record SplitPlan(NavigableMap<LocalDate, Part> dates, long testBelow, long validationBelow) {
  public SplitPlan {
    dates = Collections.unmodifiableNavigableMap(new TreeMap<>(dates));
  }

  /**
   * The plan of a split.
   *
   * @param gapDays dates that are left out between two parts by time
   * @param snapshots ascending
   */
  public static SplitPlan of(TrainSpec.Split split, int gapDays, List<LocalDate> snapshots) {
    if (split instanceof TrainSpec.Split.ByTime byTime) {
      long validation =
          byTime.validation().value() instanceof Extent.ShareOfRows rows ? limit(rows.share()) : 0;
      return new SplitPlan(byTime(byTime, gapDays, snapshots), 0, validation);
    }
    TrainSpec.Split.ByHash byHash = (TrainSpec.Split.ByHash) split;
    NavigableMap<LocalDate, Part> all = new TreeMap<>();
    snapshots.forEach(date -> all.put(date, Part.TRAIN));
    return new SplitPlan(all, limit(byHash.test()), limit(byHash.test().add(byHash.validation())));
  }

  /**
   * What a row is for; nothing where its date lies in a gap, or is no snapshot date.
   *
   * @param hash of its key, uniform over all longs
   */
  public Optional<Part> part(LocalDate date, long hash) {
    Part part = dates.get(date);
    if (part == null) {
      return Optional.empty();
    }
    if (Long.compareUnsigned(hash, testBelow) < 0) {
      return Optional.of(Part.TEST);
    }
    boolean validates = part == Part.TRAIN && Long.compareUnsigned(hash, validationBelow) < 0;
    return Optional.of(validates ? Part.VALIDATION : part);
  }

  /** Whether the hashes of rows decide. */
  public boolean isDrawn() {
    return testBelow != 0 || validationBelow != 0;
  }

  /** The dates of a part by time, oldest first. */
  public List<LocalDate> dates(Part part) {
    return dates.entrySet().stream()
        .filter(date -> date.getValue() == part)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static NavigableMap<LocalDate, Part> byTime(
      TrainSpec.Split.ByTime split, int gapDays, List<LocalDate> snapshots) {
    NavigableMap<LocalDate, Part> parts = new TreeMap<>();
    List<LocalDate> left = new ArrayList<>(snapshots);
    take(Part.TEST, split.test().value(), gapDays, snapshots.size(), left, parts);
    take(Part.VALIDATION, split.validation().value(), gapDays, snapshots.size(), left, parts);
    left.forEach(date -> parts.put(date, Part.TRAIN));
    return parts;
  }

  /** Moves the newest dates into a part, and drops those of the gap before them. */
  private static void take(
      Part part,
      Extent extent,
      int gapDays,
      int all,
      List<LocalDate> left,
      NavigableMap<LocalDate, Part> parts) {
    if (left.isEmpty()) {
      return;
    }
    List<LocalDate> newest = newest(extent, all, left);
    if (newest.isEmpty()) {
      return;
    }
    newest.forEach(date -> parts.put(date, part));
    LocalDate end = newest.get(0).minusDays(gapDays);
    left.removeIf(date -> !date.isBefore(end));
  }

  private static List<LocalDate> newest(Extent extent, int all, List<LocalDate> left) {
    if (extent instanceof Extent.Days days) {
      LocalDate before = left.get(left.size() - 1).minusDays(days.days());
      return left.stream().filter(date -> date.isAfter(before)).toList();
    }
    BigDecimal share = extent instanceof Extent.Share some ? some.share() : BigDecimal.ZERO;
    int dates =
        share.multiply(BigDecimal.valueOf(all)).setScale(0, RoundingMode.CEILING).intValueExact();
    return List.copyOf(left.subList(Math.max(0, left.size() - dates), left.size()));
  }

  private static long limit(BigDecimal share) {
    return share
        .multiply(new BigDecimal(BigInteger.ONE.shiftLeft(Long.SIZE)))
        .toBigInteger()
        .longValue();
  }
}
