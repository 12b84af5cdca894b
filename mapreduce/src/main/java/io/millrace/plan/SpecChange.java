package io.millrace.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an edit of the spec means for the partitions that stand.
 *
 * @param toMake what has to be made because of the edit
 * @param toMakeAnyway what had to be made before the edit already
 * @param mended what was stale before and is no longer
 * @param kept what cannot follow the edit, as its source is gone
 * @param untouched how many partitions of each stage stay as they are
 * @param works what the edit costs, stage by stage
 * @param columns what comes and goes in the data sets of both
 */
public record SpecChange(
    List<Group> toMake,
    List<Group> toMakeAnyway,
    List<Group> mended,
    List<Group> kept,
    Map<StageId, Integer> untouched,
    List<Work> works,
    List<ColumnChange> columns) {
  public SpecChange {
    toMake = List.copyOf(toMake);
    toMakeAnyway = List.copyOf(toMakeAnyway);
    mended = List.copyOf(mended);
    kept = List.copyOf(kept);
    untouched = Collections.unmodifiableMap(new LinkedHashMap<>(untouched));
    works = List.copyOf(works);
    columns = List.copyOf(columns);
  }

  /**
   * What a stage has to do because of the edit.
   *
   * @param bytes to read, by data set or {@code raw}, as they stand now
   */
  public record Work(StageId stage, List<LocalDate> dates, SortedMap<String, Long> bytes) {
    public Work {
      dates = List.copyOf(dates);
      bytes = Collections.unmodifiableSortedMap(new TreeMap<>(bytes));
    }
  }

  /** Columns that a data set gets and loses; a data set that comes or goes has all of them here. */
  public record ColumnChange(
      String dataSet, SortedSet<String> added, SortedSet<String> removed, Whole whole) {
    /** Whether it is the data set itself that comes or goes. */
    public enum Whole {
      COMES,
      STAYS,
      GOES
    }
  }

  /**
   * Compares two specs over a range of dates.
   *
   * @param first not before the first date of the spec as it is now
   */
  public static SpecChange of(
      PipelineOutline before, PipelineOutline now, LocalDate first, LocalDate last, Facts facts) {
    return new Comparison(before, now, facts).of(first, last);
  }

  private static final class Comparison {
    private final PipelineOutline before;
    private final PipelineOutline now;
    private final Facts facts;
    private final Assessor assessor;
    private final List<Group.Member> toMake = new ArrayList<>();
    private final List<Group.Member> toMakeAnyway = new ArrayList<>();
    private final List<Group.Member> mended = new ArrayList<>();
    private final List<Group.Member> kept = new ArrayList<>();
    private final Map<StageId, Integer> untouched = new LinkedHashMap<>();
    private final Map<StageId, List<LocalDate>> dates = new LinkedHashMap<>();

    Comparison(PipelineOutline before, PipelineOutline now, Facts facts) {
      this.before = before;
      this.now = now;
      this.facts = facts;
      assessor = new Assessor(now, facts, (stage, date) -> false);
    }

    SpecChange of(LocalDate first, LocalDate last) {
      Map<PartitionName, PartitionStatus> then = new LinkedHashMap<>();
      LocalDate firstThen = first.isBefore(before.from()) ? before.from() : first;
      if (!last.isBefore(firstThen)) {
        for (PartitionStatus partition :
            StatusGrid.of(before, firstThen, last, facts).partitions()) {
          then.put(name(partition), partition);
        }
      }
      for (PartitionStatus partition : StatusGrid.of(now, first, last, facts).partitions()) {
        add(partition, Optional.ofNullable(then.get(name(partition))));
      }
      List<StageId> order = now.stages().stream().map(StageOutline::id).toList();
      return new SpecChange(
          Group.of(order, toMake),
          Group.of(order, toMakeAnyway),
          Group.of(order, mended),
          Group.of(order, kept),
          untouched,
          works(),
          columns());
    }

    private static PartitionName name(PartitionStatus partition) {
      return new PartitionName(partition.stage().mainDataSet(), partition.date());
    }

    private void add(PartitionStatus partition, Optional<PartitionStatus> then) {
      boolean wasToBeMade = then.map(old -> old.state().isToBeMade()).orElse(false);
      if (partition.state().isToBeMade()) {
        if (wasToBeMade) {
          toMakeAnyway.add(member(partition));
        } else {
          toMake.add(member(partition));
          dates
              .computeIfAbsent(partition.stage(), stage -> new ArrayList<>())
              .add(partition.date());
        }
      } else {
        untouched.merge(partition.stage(), 1, Integer::sum);
        if (wasToBeMade && partition.state() == PartitionStatus.State.DONE) {
          mended.add(member(then.orElseThrow()));
        } else if (partition.state() == PartitionStatus.State.SOURCE_GONE
            && !partition.reason().equals(then.flatMap(PartitionStatus::reason))) {
          kept.add(member(partition));
        }
      }
    }

    private static Group.Member member(PartitionStatus partition) {
      return new Group.Member(
          partition.stage(), partition.date(), partition.reason().orElseThrow());
    }

    private List<Work> works() {
      List<Work> works = new ArrayList<>();
      dates.forEach(
          (stage, days) -> {
            SortedMap<String, Long> bytes = new TreeMap<>();
            for (LocalDate date : days) {
              Assessment partition = assessor.assess(stage, date);
              if (partition.outline().readsRaw()) {
                bytes.merge("raw", partition.raw().bytes(), Long::sum);
              }
              for (Assessment input : assessor.inputs(partition.outline(), date)) {
                long length = input.manifest().map(Manifest::bytes).orElse(0L);
                bytes.merge(input.stage().mainDataSet(), length, Long::sum);
              }
            }
            works.add(new Work(stage, days, bytes));
          });
      return works;
    }

    private List<ColumnChange> columns() {
      Map<String, SortedSet<String>> old = columns(before);
      Map<String, SortedSet<String>> present = columns(now);
      SortedSet<String> names = new TreeSet<>(assessor.order());
      names.addAll(old.keySet());
      names.addAll(present.keySet());
      List<ColumnChange> changes = new ArrayList<>();
      for (String dataSet : names) {
        SortedSet<String> added = new TreeSet<>(present.getOrDefault(dataSet, new TreeSet<>()));
        SortedSet<String> removed = new TreeSet<>(old.getOrDefault(dataSet, new TreeSet<>()));
        SortedSet<String> both = new TreeSet<>(added);
        both.retainAll(removed);
        added.removeAll(both);
        removed.removeAll(both);
        if (!added.isEmpty() || !removed.isEmpty()) {
          changes.add(
              new ColumnChange(
                  dataSet,
                  added,
                  removed,
                  !old.containsKey(dataSet)
                      ? ColumnChange.Whole.COMES
                      : present.containsKey(dataSet)
                          ? ColumnChange.Whole.STAYS
                          : ColumnChange.Whole.GOES));
        }
      }
      return changes;
    }

    /** The columns of all data sets that people read; what partials hold is not for them. */
    private static Map<String, SortedSet<String>> columns(PipelineOutline pipeline) {
      Map<String, SortedSet<String>> columns = new LinkedHashMap<>();
      for (StageOutline stage : pipeline.stages()) {
        if (stage.id().kind() != StageKind.PARTIALS) {
          columns.put(stage.id().mainDataSet(), new TreeSet<>(stage.columns().keySet()));
        }
      }
      return columns;
    }
  }
}
