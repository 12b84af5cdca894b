package io.millrace.oracle;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Counts the values that were compared and lists what differs. */
final class Comparison {
  private static final int SHOWN = 20;

  private final List<String> shown = new ArrayList<>();
  private long values;
  private long partitions;
  private long differences;

  long values() {
    return values;
  }

  long partitions() {
    return partitions;
  }

  long differences() {
    return differences;
  }

  /** What differs, for a person; empty where nothing does. */
  String differencesText() {
    if (differences == 0) {
      return "";
    }
    return "%d of %d values differ:\n%s%s"
        .formatted(
            differences,
            values,
            String.join("\n", shown),
            differences > SHOWN ? "\n… and " + (differences - SHOWN) + " more" : "");
  }

  @Override
  public String toString() {
    return "%,d values of %,d partitions compared, %,d differ"
        .formatted(values, partitions, differences);
  }

  private void differ(String dataSet, LocalDate date, Object what, Object ours, Object oracles) {
    differences++;
    if (shown.size() < SHOWN) {
      shown.add(
          "%s dt=%s %s: ours %s, the oracle's %s".formatted(dataSet, date, what, ours, oracles));
    }
  }

  /** A single number. */
  void number(String dataSet, LocalDate date, String what, long ours, long oracles) {
    values++;
    if (ours != oracles) {
      differ(dataSet, date, what, ours, oracles);
    }
  }

  private boolean sameColumns(String dataSet, LocalDate date, Table ours, Table oracles) {
    partitions++;
    if (ours.rows().isEmpty() && oracles.rows().isEmpty()) {
      return false;
    }
    if (!ours.rows().isEmpty() && !ours.columns().equals(oracles.columns())) {
      differ(dataSet, date, "columns", ours.columns(), oracles.columns());
      return false;
    }
    return true;
  }

  /** Rows without a key of their own: the same ones, each as often. */
  void rows(
      String dataSet,
      LocalDate date,
      Table ours,
      Table oracles,
      Map<String, Tolerance> tolerances) {
    if (!sameColumns(dataSet, date, ours, oracles)) {
      return;
    }
    values += (long) oracles.rows().size() * oracles.columns().size();
    Map<List<Object>, Integer> surplus = new HashMap<>();
    ours.rows().forEach(row -> surplus.merge(row, 1, Integer::sum));
    oracles.rows().forEach(row -> surplus.merge(row, -1, Integer::sum));
    List<List<Object>> onlyOurs = new ArrayList<>();
    List<List<Object>> onlyOracles = new ArrayList<>();
    surplus.forEach(
        (row, count) -> {
          for (int i = 0; i < Math.abs(count); i++) {
            (count > 0 ? onlyOurs : onlyOracles).add(row);
          }
        });
    pair(dataSet, date, oracles.columns(), onlyOurs, onlyOracles, tolerances);
  }

  /** Rows that have no equal may differ in the last bits of computed columns only. */
  private void pair(
      String dataSet,
      LocalDate date,
      List<String> columns,
      List<List<Object>> ours,
      List<List<Object>> oracles,
      Map<String, Tolerance> tolerances) {
    Comparator<List<Object>> order = Comparator.comparing(Comparison::withoutDoubles);
    order = order.thenComparing(Object::toString);
    ours.sort(order);
    oracles.sort(order);
    int paired = Math.min(ours.size(), oracles.size());
    for (int i = 0; i < paired; i++) {
      List<Object> a = ours.get(i);
      for (int column = 0; column < columns.size(); column++) {
        String name = columns.get(column);
        check(
            dataSet,
            date,
            name + " of " + a,
            a.get(column),
            oracles.get(i).get(column),
            tolerances.get(name));
      }
    }
    ours.subList(paired, ours.size()).forEach(row -> differ(dataSet, date, "row", row, "none"));
    oracles
        .subList(paired, oracles.size())
        .forEach(row -> differ(dataSet, date, "row", "none", row));
  }

  private static String withoutDoubles(List<Object> row) {
    return row.stream().filter(value -> !(value instanceof Double)).toList().toString();
  }

  /** Rows with a key. */
  void keyed(
      String dataSet,
      LocalDate date,
      List<String> key,
      Table ours,
      Table oracles,
      Map<String, Tolerance> tolerances) {
    if (!sameColumns(dataSet, date, ours, oracles)) {
      return;
    }
    Map<List<Object>, List<Object>> left = ours.rows().isEmpty() ? Map.of() : ours.by(key);
    Map<List<Object>, List<Object>> right = oracles.by(key);
    values += (long) oracles.rows().size() * oracles.columns().size();
    right.forEach(
        (entity, row) -> {
          List<Object> our = left.get(entity);
          if (our == null) {
            differ(dataSet, date, entity, "no row", row);
            return;
          }
          for (int i = 0; i < row.size(); i++) {
            String column = oracles.columns().get(i);
            check(
                dataSet,
                date,
                entity + " " + column,
                our.get(i),
                row.get(i),
                tolerances.get(column));
          }
        });
    left.forEach(
        (entity, row) -> {
          if (!right.containsKey(entity)) {
            differ(dataSet, date, entity, row, "no row");
          }
        });
  }

  private void check(
      String dataSet,
      LocalDate date,
      String what,
      Object ours,
      Object oracles,
      Tolerance tolerance) {
    if (!Objects.requireNonNullElse(tolerance, Tolerance.EXACT).isMet(ours, oracles)) {
      differ(dataSet, date, what, shownValue(ours), shownValue(oracles));
    }
  }

  private static String shownValue(Object value) {
    return value instanceof String ? "'" + value + "'" : String.valueOf(value);
  }
}
