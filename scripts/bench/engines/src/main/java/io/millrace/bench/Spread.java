package io.millrace.bench;

import java.util.List;
import java.util.Locale;

/** Median, least and greatest of some values. */
record Spread(double median, double least, double greatest) {
  static Spread of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int size = sorted.size();
    double median = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    return new Spread(median, sorted.get(0), sorted.get(size - 1));
  }

  /** {@code 12.3 (11.9–14.0)}; one value stands alone. */
  String text(int decimals) {
    String number = "%." + decimals + "f";
    return least == greatest
        ? String.format(Locale.ROOT, number, median)
        : String.format(
            Locale.ROOT, number + " (" + number + "–" + number + ")", median, least, greatest);
  }
}
