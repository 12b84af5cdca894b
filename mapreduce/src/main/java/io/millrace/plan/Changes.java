package io.millrace.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What has changed since a partition was made. */
final class Changes {
  private Changes() {}

  /**
   * A partition that is read, as its reader sees it.
   *
   * @param what became of it since its reader was made
   */
  record Read(PartitionName partition, Change.Input what) {}

  /** What has changed of a partition itself: definition and raw files. */
  static List<Change> since(Manifest made, RecordedDefinition definition, RawDay raw) {
    List<Change> changes = new ArrayList<>(ofDefinition(made.definition(), definition));
    changes.addAll(ofRawFiles(made.filesRead(), raw));
    return changes;
  }

  static List<Change> ofDefinition(RecordedDefinition made, RecordedDefinition now) {
    List<Change> changes = new ArrayList<>();
    if (made.version() != now.version()) {
      changes.add(new Change.Version(made.version(), now.version()));
    }
    List<Change.Part> rows = ofParts(Optional.empty(), made.rows(), now.rows());
    changes.addAll(rows);
    changes.addAll(ofColumns(made.columns(), now.columns(), names(rows)));
    changes.addAll(ofExternal(made, now));
    return changes;
  }

  private static List<Change> ofExternal(RecordedDefinition made, RecordedDefinition now) {
    Optional<ModelReference> before = ModelReference.of(made);
    Optional<ModelReference> after = ModelReference.of(now);
    if (before.isPresent() && after.isPresent()) {
      return before.equals(after)
          ? List.of()
          : List.of(new Change.Model(before.get().toString(), after.get().toString()));
    }
    if (before.isPresent() || after.isPresent()) {
      return List.of(new Change.Outside(ModelReference.MODEL));
    }
    List<Change> changes = new ArrayList<>();
    for (String name : union(made.external(), now.external())) {
      if (!Objects.equals(made.external().get(name), now.external().get(name))) {
        changes.add(new Change.Outside(name));
      }
    }
    return changes;
  }

  static String noRawFiles(RawDay raw) {
    return raw.present()
        ? "there are no files in the place of the raw input"
        : "the raw input is not there";
  }

  private static Set<String> names(List<Change.Part> parts) {
    return parts.stream().map(Change.Part::part).collect(Collectors.toSet());
  }

  /**
   * @param told parts of which is told already, as they decide the rows as well
   */
  private static List<Change> ofColumns(
      SortedMap<String, SortedMap<String, String>> made,
      SortedMap<String, SortedMap<String, String>> now,
      Set<String> told) {
    Set<Change> changes = new LinkedHashSet<>();
    for (String column : union(made, now)) {
      SortedMap<String, String> before = made.get(column);
      SortedMap<String, String> after = now.get(column);
      if (before == null || after == null) {
        changes.add(new Change.ColumnSet(column, before == null, meaning(column, before, after)));
      } else {
        ofParts(Optional.of(column), before, after).stream()
            .filter(change -> !told.contains(change.part()))
            .forEach(changes::add);
      }
    }
    // what comes, goes or is renamed changes the order as well, which need not be told
    Predicate<Change> isOrder =
        change -> change instanceof Change.Part part && part.part().equals(Definition.ORDER);
    boolean onlyOrder = told.isEmpty() && changes.stream().allMatch(isOrder);
    return changes.stream().filter(change -> onlyOrder || !isOrder.test(change)).toList();
  }

  /** The SQL of a state's column, whose name alone may say nothing to a person. */
  private static Optional<String> meaning(
      String column,
      @Nullable SortedMap<String, String> before,
      @Nullable SortedMap<String, String> after) {
    SortedMap<String, String> parts = before == null ? after : before;
    return parts == null
        ? Optional.empty()
        : parts.entrySet().stream()
            .filter(part -> part.getKey().endsWith(" (" + column + ")"))
            .map(Map.Entry::getValue)
            .findFirst();
  }

  private static List<Change.Part> ofParts(
      Optional<String> column, SortedMap<String, String> made, SortedMap<String, String> now) {
    List<Change.Part> changes = new ArrayList<>();
    for (String part : union(made, now)) {
      Optional<String> before = Optional.ofNullable(made.get(part));
      Optional<String> after = Optional.ofNullable(now.get(part));
      if (!before.equals(after)) {
        changes.add(new Change.Part(column, part, before, after));
      }
    }
    return changes;
  }

  private static List<Change> ofRawFiles(List<FileRead> made, RawDay now) {
    Map<String, FileRead> before = byName(made, FileRead::name);
    Map<String, RawFile> after = byName(now.files(), RawFile::name);
    List<Change> changes = new ArrayList<>();
    for (String name : union(before, after)) {
      FileRead read = before.get(name);
      RawFile file = after.get(name);
      if (read == null) {
        changes.add(new Change.RawInput(name, Change.RawInput.FileChange.NEW));
      } else if (file == null) {
        changes.add(new Change.RawInput(name, Change.RawInput.FileChange.GONE));
      } else if (!read.hasContentOf(file)) {
        changes.add(new Change.RawInput(name, Change.RawInput.FileChange.CHANGED));
      }
    }
    return changes;
  }

  /**
   * The partitions that a reader does not find as it did when it was made.
   *
   * @param now the fingerprint of each partition as it is read
   */
  static List<Read> ofPartitions(Manifest made, SortedMap<PartitionName, String> now) {
    SortedMap<PartitionName, String> before = new TreeMap<>();
    made.partitionsRead()
        .forEach(
            read -> before.put(new PartitionName(read.dataSet(), read.date()), read.fingerprint()));
    List<Read> reads = new ArrayList<>();
    for (PartitionName name : union(before, now)) {
      String then = before.get(name);
      if (then == null) {
        reads.add(new Read(name, Change.Input.NEW));
      } else if (!now.containsKey(name)) {
        reads.add(new Read(name, Change.Input.GONE));
      } else if (!then.equals(now.get(name))) {
        reads.add(new Read(name, Change.Input.CHANGED));
      }
    }
    return reads;
  }

  private static <T> Map<String, T> byName(List<T> items, Function<T, String> name) {
    return items.stream().collect(Collectors.toMap(name, Function.identity()));
  }

  private static <T> SortedSet<T> union(Map<T, ?> before, Map<T, ?> after) {
    SortedSet<T> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    return names;
  }
}
