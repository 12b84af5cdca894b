package io.millrace.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Why a partition has to be made, or why it is not.
 *
 * @param changes what has changed of itself, or what is missing for it
 * @param origins what reaches it through the partitions that it reads, where that began
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
    FORCED("forced"),
    /** It cannot be made: raw input is not there. */
    NO_SOURCE("cannot be made"),
    /** It cannot be made by what was asked for: its inputs have to be made first. */
    BLOCKED("waits"),
    /** It is not needed. */
    LEFT_OUT("left out"),
    /** Whether it is needed will be known when its inputs are there. */
    OPEN("may run"),
    /** It stands and stays, for it cannot be made again. */
    SOURCE_GONE("kept as it is, for what it was made from is gone");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    private String intoChanges() {
      return switch (this) {
        case NO_SOURCE, LEFT_OUT, OPEN -> "";
        case SOURCE_GONE -> text + "; since then: ";
        case NOT_MADE, EMPTY, INCOMPLETE, STALE, FORCED, BLOCKED -> text + ": ";
      };
    }

    private String intoOrigins() {
      return switch (this) {
        case NO_SOURCE -> text + " without ";
        case BLOCKED -> text + " for ";
        case NOT_MADE, EMPTY, INCOMPLETE, STALE, FORCED, SOURCE_GONE, LEFT_OUT, OPEN ->
            text + " because of ";
      };
    }
  }

  /**
   * Where a change began that reaches a partition through others.
   *
   * @param dates of the partitions that changed by themselves
   */
  public record Origin(String dataSet, SortedSet<LocalDate> dates, List<Change> changes) {
    public Origin {
      dates = Collections.unmodifiableSortedSet(new TreeSet<>(dates));
      changes = List.copyOf(changes);
    }

    private Origin undated() {
      List<Change> same =
          changes.stream()
              .map(
                  change ->
                      change instanceof Change.NotReady notReady
                          ? new Change.NotReady(notReady.why().undated())
                          : change)
              .toList();
      return new Origin(dataSet, new TreeSet<>(), same);
    }

    /** The same on some dates. */
    Origin on(Collection<LocalDate> days) {
      return new Origin(dataSet, new TreeSet<>(days), changes);
    }

    /** For a person, with long expressions cut to where they differ. */
    String shortText() {
      return text(Change::shortText);
    }

    private String text(Function<Change, String> words) {
      String name = dates.isEmpty() ? dataSet : Dates.of(dates).of(dataSet);
      return "%s: %s".formatted(name, summary(changes, words));
    }
  }

  static Reason of(Kind kind) {
    return new Reason(kind, List.of(), List.of());
  }

  /** A reason in words of its own. */
  static Reason of(Kind kind, String text) {
    return new Reason(kind, List.of(new Change.Condition(text)), List.of());
  }

  /** The same without dates of origins: equal for partitions that one sentence can tell of. */
  public Reason undated() {
    return new Reason(kind, changes, origins.stream().map(Origin::undated).distinct().toList());
  }

  /** One reason for several partitions whose {@link #undated} reasons are equal; at least one. */
  public static Reason together(List<Reason> reasons) {
    if (reasons.size() == 1) {
      return reasons.get(0);
    }
    Map<Origin, SortedSet<LocalDate>> dates = new LinkedHashMap<>();
    for (Reason reason : reasons) {
      for (Origin origin : reason.origins()) {
        dates.computeIfAbsent(origin.undated(), key -> new TreeSet<>()).addAll(origin.dates());
      }
    }
    List<Origin> merged = new ArrayList<>();
    dates.forEach((origin, all) -> merged.add(new Origin(origin.dataSet(), all, origin.changes())));
    return new Reason(reasons.get(0).kind(), reasons.get(0).changes(), merged);
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
    if (changes.isEmpty() && origins.isEmpty()) {
      return kind.text;
    }
    String own = changes.isEmpty() ? "" : kind.intoChanges() + summary(changes, words);
    if (origins.isEmpty()) {
      return own;
    }
    String shown =
        origins.stream()
            .limit(SHOWN)
            .map(origin -> origin.text(words))
            .collect(Collectors.joining("; "));
    int more = origins.size() - SHOWN;
    return (own.isEmpty() ? kind.intoOrigins() : own + "; and because of ")
        + shown
        + (more > 0 ? "; and %d more".formatted(more) : "");
  }

  /** The first few changes as one line. */
  static String summary(List<Change> changes, Function<Change, String> words) {
    List<String> all = new ArrayList<>();
    addColumns(changes, true, words, all);
    addColumns(changes, false, words, all);
    // an expression may decide several columns, and is told of once
    changes.stream()
        .filter(change -> !(change instanceof Change.ColumnSet))
        .map(words)
        .distinct()
        .forEach(all::add);
    String shown = all.stream().limit(SHOWN).collect(Collectors.joining("; "));
    int more = all.size() - SHOWN;
    return more > 0 ? "%s; and %d more".formatted(shown, more) : shown;
  }

  private static void addColumns(
      List<Change> changes, boolean added, Function<Change, String> words, List<String> to) {
    List<Change.ColumnSet> columns = new ArrayList<>();
    for (Change change : changes) {
      if (change instanceof Change.ColumnSet column && column.added() == added) {
        columns.add(column);
      }
    }
    String verb = added ? "added" : "taken out";
    if (columns.size() == 1) {
      to.add(words.apply(columns.get(0)));
    } else if (!columns.isEmpty()) {
      int more = columns.size() - SHOWN;
      String shown =
          columns.stream()
              .limit(SHOWN)
              .map(Change.ColumnSet::shown)
              .collect(Collectors.joining(", "));
      to.add(
          "columns %s%s were %s".formatted(shown, more > 0 ? " and " + more + " more" : "", verb));
    }
  }
}
