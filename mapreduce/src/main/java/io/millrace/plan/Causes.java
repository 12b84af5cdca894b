package io.millrace.plan;

import io.millrace.plan.Assessment.State;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds why partitions are stale: what is stale because of its inputs is told of by what changed
 * there, as far as it reads that.
 */
final class Causes {
  private final Assessor assessor;
  private final Map<Key, Set<Root>> known = new HashMap<>();

  /** A change, and the partition in which it began. */
  private record Root(StageId stage, LocalDate date, Change change) {}

  private record Key(StageId stage, LocalDate date, SortedSet<String> columns) {}

  Causes(Assessor assessor) {
    this.assessor = assessor;
  }

  /** Why a partition has to be made. */
  Reason reason(Assessment partition) {
    return switch (partition.state()) {
      case ABSENT ->
          Reason.of(
              partition.outline().readsRaw() && partition.raw().files().isEmpty()
                  ? Reason.Kind.EMPTY
                  : Reason.Kind.NOT_MADE);
      case DIED_PUBLISHING -> Reason.of(Reason.Kind.INCOMPLETE);
      case STALE -> stale(partition);
      case CURRENT, SOURCE_GONE, NO_SOURCE -> Reason.of(Reason.Kind.FORCED);
    };
  }

  private Reason stale(Assessment partition) {
    List<Change> own = new ArrayList<>();
    Map<StageId, Map<LocalDate, List<Change>>> others = new TreeMap<>(assessor.order());
    for (Root root : roots(partition, columns(partition))) {
      if (root.stage().equals(partition.stage()) && root.date().equals(partition.date())) {
        own.add(root.change());
      } else {
        others
            .computeIfAbsent(root.stage(), stage -> new TreeMap<>())
            .computeIfAbsent(root.date(), date -> new ArrayList<>())
            .add(root.change());
      }
    }
    List<Reason.Origin> origins = new ArrayList<>();
    others.forEach(
        (stage, dates) -> {
          Map<List<Change>, SortedSet<LocalDate>> alike = new LinkedHashMap<>();
          dates.forEach(
              (date, changes) -> alike.computeIfAbsent(changes, key -> new TreeSet<>()).add(date));
          alike.forEach((changes, days) -> origins.add(new Reason.Origin(stage, days, changes)));
        });
    return new Reason(Reason.Kind.STALE, own, origins);
  }

  /** All columns that it has or is to have. */
  private static SortedSet<String> columns(Assessment partition) {
    SortedSet<String> all = new TreeSet<>(partition.outline().columns().keySet());
    partition.manifest().ifPresent(made -> all.addAll(made.columnFingerprints().keySet()));
    return all;
  }

  /** What has changed in a partition as far as some of its columns go. */
  private Set<Root> roots(Assessment partition, SortedSet<String> columns) {
    Key key = new Key(partition.stage(), partition.date(), columns);
    Set<Root> found = known.get(key);
    if (found == null) {
      if (partition.outline().readsItself()) {
        lookAtOwnPast(partition, columns);
      }
      found = findRoots(partition, columns);
      known.put(key, found);
    }
    return found;
  }

  /**
   * Looks at the earlier dates of a stage that reads itself, oldest first: from within one another,
   * the stack would be as deep as history is long.
   */
  private void lookAtOwnPast(Assessment partition, SortedSet<String> columns) {
    SortedMap<LocalDate, Assessment> past = new TreeMap<>();
    SortedSet<String> read = partition.outline().readOf(partition.stage(), columns);
    Deque<Assessment> readers = new ArrayDeque<>(List.of(partition));
    while (!readers.isEmpty()) {
      Assessment reader = readers.pop();
      for (Assessment input : assessor.inputs(reader.outline(), reader.date())) {
        if (input.stage().equals(partition.stage())
            && !isAsItShouldBe(input)
            && !known.containsKey(new Key(input.stage(), input.date(), read))
            && past.put(input.date(), input) == null) {
          readers.push(input);
        }
      }
    }
    past.values().forEach(input -> roots(input, read));
  }

  private static boolean isAsItShouldBe(Assessment partition) {
    return partition.state() == State.CURRENT || partition.state() == State.SOURCE_GONE;
  }

  private Set<Root> findRoots(Assessment partition, SortedSet<String> columns) {
    Set<Root> roots = new LinkedHashSet<>();
    if (isAsItShouldBe(partition)) {
      return roots;
    }
    Set<String> changed = new LinkedHashSet<>();
    for (Change change : partition.changes()) {
      if (change instanceof Change.Input input
          && input.what() == Change.Input.PartitionChange.CHANGED) {
        changed.add("%s/dt=%s".formatted(input.dataSet(), input.date()));
      } else if (change.column().map(name -> columns.contains(name)).orElse(true)) {
        roots.add(new Root(partition.stage(), partition.date(), change));
      }
    }
    Set<Change> own = roots.stream().map(Root::change).collect(Collectors.toSet());
    boolean isMade = partition.manifest().isPresent();
    for (Assessment input : assessor.inputs(partition.outline(), partition.date())) {
      if (!isMade || changed.contains(input.toString())) {
        through(partition, input, columns).stream()
            .filter(root -> !isOwnChangeOfThen(root, partition, own))
            .forEach(roots::add);
      }
    }
    return roots;
  }

  /** Whether it is the same change of a definition, on an earlier date of the same stage. */
  private static boolean isOwnChangeOfThen(Root root, Assessment partition, Set<Change> own) {
    return root.stage().equals(partition.stage()) && own.contains(root.change());
  }

  private Set<Root> through(Assessment reader, Assessment input, SortedSet<String> columns) {
    SortedSet<String> read = reader.outline().readOf(input.stage(), columns);
    boolean isAsItWasRead =
        input.manifest().isPresent()
            && readFrom(reader, input)
                .map(then -> isSame(then, reader, input.manifest().get(), input))
                .orElse(true);
    if (isAsItWasRead && input.isReadable(read)) {
      return Set.of();
    }
    Set<Root> roots = roots(input, read);
    return roots.isEmpty() && readFrom(reader, input).isPresent()
        ? Set.of(
            new Root(
                reader.stage(),
                reader.date(),
                new Change.Input(
                    input.stage().mainDataSet(),
                    input.date(),
                    Change.Input.PartitionChange.CHANGED)))
        : roots;
  }

  /** Whether an input that stands is still what its reader was made from. */
  private static boolean isSame(
      PartitionRead then, Assessment reader, Manifest stands, Assessment input) {
    String asRead = stands.fingerprints().asRead(reader.outline().readOf(input.stage()));
    return then.run().equals(stands.run()) || then.fingerprint().equals(asRead);
  }

  private static Optional<PartitionRead> readFrom(Assessment reader, Assessment input) {
    return reader.manifest().stream()
        .flatMap(made -> made.partitionsRead().stream())
        .filter(read -> read.dataSet().equals(input.stage().mainDataSet()))
        .filter(read -> read.date().equals(input.date()))
        .findFirst();
  }
}
