package io.millrace.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Why a partition has to be made.
 *
 * @param changes what makes it stale by itself
 * @param origins what makes it stale through what it reads, where that began
 */
public record Reason(Kind kind, List<Change> changes, List<Origin> origins) {
  private static final int SHOWN = 3;

  public Reason {
    changes = List.copyOf(changes);
    origins = List.copyOf(origins);
  }

  /** The kinds of reasons. */
  public enum Kind {
    NOT_MADE("not made yet"),
    /** It has no raw files, and that counts as no records. */
    EMPTY("not made yet; without raw files it is empty (source.missing: empty)"),
    /** It stands in part: its {@code _SUCCESS} is missing, or its data sets are of several runs. */
    INCOMPLETE(
        "incomplete: an earlier run died while publishing, or somebody deleted a part of it"),
    STALE("stale"),
    FORCED("forced");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /**
   * Where a change began that reaches a partition through others.
   *
   * @param dates of the partitions that changed by themselves
   */
  public record Origin(StageId stage, SortedSet<LocalDate> dates, List<Change> changes) {
    public Origin {
      dates = Collections.unmodifiableSortedSet(new TreeSet<>(dates));
      changes = List.copyOf(changes);
    }

    private String text(Function<Change, String> words) {
      return "%s: %s".formatted(Dates.of(dates).of(stage.mainDataSet()), summary(changes, words));
    }
  }

  static Reason of(Kind kind) {
    return new Reason(kind, List.of(), List.of());
  }

  /** The same without dates of origins: equal for partitions that one sentence can tell of. */
  public Reason undated() {
    return new Reason(
        kind,
        changes,
        origins.stream()
            .map(origin -> new Origin(origin.stage(), new TreeSet<>(), origin.changes()))
            .distinct()
            .toList());
  }

  /** One reason for several partitions whose {@link #undated} reasons are equal. */
  public Reason and(Reason other) {
    Map<Origin, SortedSet<LocalDate>> dates = new LinkedHashMap<>();
    for (Reason reason : List.of(this, other)) {
      for (Origin origin : reason.origins()) {
        Origin undated = new Origin(origin.stage(), new TreeSet<>(), origin.changes());
        dates.computeIfAbsent(undated, key -> new TreeSet<>()).addAll(origin.dates());
      }
    }
    List<Origin> merged = new ArrayList<>();
    dates.forEach((origin, all) -> merged.add(new Origin(origin.stage(), all, origin.changes())));
    return new Reason(kind, changes, merged);
  }

  /** The whole of it, in one line. */
  @Override
  public String toString() {
    return text(Change::text);
  }

  /** The same with long expressions cut to where they differ. */
  public String shortText() {
    return text(Change::shortText);
  }

  private String text(Function<Change, String> words) {
    StringBuilder text = new StringBuilder(kind.text);
    if (!changes.isEmpty()) {
      text.append(": ").append(summary(changes, words));
    }
    if (!origins.isEmpty()) {
      String shown =
          origins.stream()
              .limit(SHOWN)
              .map(origin -> origin.text(words))
              .collect(Collectors.joining("; "));
      int more = origins.size() - SHOWN;
      text.append(changes.isEmpty() ? " because of " : "; and because of ").append(shown);
      if (more > 0) {
        text.append("; and %d more".formatted(more));
      }
    }
    return text.toString();
  }

  /** The first few changes as one line. */
  static String summary(List<Change> changes, Function<Change, String> words) {
    List<String> all = new ArrayList<>();
    addColumns(changes, true, all);
    addColumns(changes, false, all);
    for (Change change : changes) {
      if (!(change instanceof Change.ColumnSet) && !(change instanceof Change.Input)) {
        all.add(words.apply(change));
      }
    }
    addInputs(changes, all);
    String shown = all.stream().limit(SHOWN).collect(Collectors.joining("; "));
    int more = all.size() - SHOWN;
    return more > 0 ? "%s; and %d more".formatted(shown, more) : shown;
  }

  private static void addColumns(List<Change> changes, boolean added, List<String> to) {
    List<String> names = new ArrayList<>();
    for (Change change : changes) {
      if (change instanceof Change.ColumnSet column && column.added() == added) {
        names.add(column.name());
      }
    }
    String verb = added ? "added" : "taken out";
    if (names.size() == 1) {
      to.add("column %s was %s".formatted(names.get(0), verb));
    } else if (!names.isEmpty()) {
      int more = names.size() - SHOWN;
      String shown = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
      to.add(
          "columns %s%s were %s".formatted(shown, more > 0 ? " and " + more + " more" : "", verb));
    }
  }

  private static void addInputs(List<Change> changes, List<String> to) {
    Map<String, List<Change.Input>> inputs = new LinkedHashMap<>();
    for (Change change : changes) {
      if (change instanceof Change.Input input) {
        inputs
            .computeIfAbsent(input.dataSet() + " " + input.what(), key -> new ArrayList<>())
            .add(input);
      }
    }
    for (List<Change.Input> alike : inputs.values()) {
      Change.Input first = alike.get(0);
      Dates dates = Dates.of(alike.stream().map(Change.Input::date).toList());
      to.add(
          alike.size() == 1
              ? first.text()
              : "%s %s".formatted(dates.of(first.dataSet()), first.what().plural()));
    }
  }
}
