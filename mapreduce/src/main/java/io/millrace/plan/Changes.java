package io.millrace.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What has changed since a partition was made, in words. */
final class Changes {
  private static final int SHOWN = 3;

  private Changes() {}

  /**
   * All that has changed: definition, raw files, partitions read.
   *
   * @param partitions the fingerprint of each partition as it is read, by the partition's name
   */
  static List<String> since(
      Manifest made,
      RecordedDefinition definition,
      RawDay raw,
      SortedMap<String, String> partitions) {
    List<String> changes = new ArrayList<>(ofDefinition(made.definition(), definition));
    changes.addAll(ofRawFiles(made.filesRead(), raw));
    changes.addAll(ofPartitions(made.partitionsRead(), partitions));
    return changes;
  }

  static List<String> ofDefinition(RecordedDefinition made, RecordedDefinition now) {
    List<String> changes = new ArrayList<>();
    if (made.version() != now.version()) {
      changes.add(
          "made by version %d of this stage, which is now at version %d"
              .formatted(made.version(), now.version()));
    }
    changes.addAll(ofParts("", made.rows(), now.rows()));
    changes.addAll(ofColumns(made.columns(), now.columns()));
    for (String name : union(made.external(), now.external())) {
      if (!Objects.equals(made.external().get(name), now.external().get(name))) {
        changes.add(name + " changed");
      }
    }
    return changes;
  }

  /** The first few changes as one line. */
  static String summary(List<String> changes) {
    if (changes.isEmpty()) {
      return "made from other columns of its inputs";
    }
    String shown = changes.stream().limit(SHOWN).collect(Collectors.joining("; "));
    int more = changes.size() - SHOWN;
    return more > 0 ? "%s; and %d more".formatted(shown, more) : shown;
  }

  static String noRawFiles(RawDay raw) {
    return raw.present()
        ? "there are no files in the place of the raw input"
        : "the raw input is not there";
  }

  private static List<String> ofColumns(
      SortedMap<String, SortedMap<String, String>> made,
      SortedMap<String, SortedMap<String, String>> now) {
    List<String> changes = new ArrayList<>();
    for (String column : union(made, now)) {
      SortedMap<String, String> before = made.get(column);
      SortedMap<String, String> after = now.get(column);
      if (before == null) {
        changes.add("column %s was added".formatted(column));
      } else if (after == null) {
        changes.add("column %s was taken out".formatted(column));
      } else {
        changes.addAll(ofParts("column %s: ".formatted(column), before, after));
      }
    }
    return changes;
  }

  private static List<String> ofParts(
      String prefix, SortedMap<String, String> made, SortedMap<String, String> now) {
    List<String> changes = new ArrayList<>();
    for (String part : union(made, now)) {
      String before = made.get(part);
      String after = now.get(part);
      if (before == null) {
        changes.add("%s%s is new: `%s`".formatted(prefix, part, after));
      } else if (after == null) {
        changes.add("%s%s was taken out: `%s`".formatted(prefix, part, before));
      } else if (!before.equals(after)) {
        changes.add("%s%s was `%s`, is `%s`".formatted(prefix, part, before, after));
      }
    }
    return changes;
  }

  private static List<String> ofRawFiles(List<FileRead> made, RawDay now) {
    Map<String, FileRead> before = byName(made, FileRead::name);
    Map<String, RawFile> after = byName(now.files(), RawFile::name);
    List<String> changes = new ArrayList<>();
    for (String name : union(before, after)) {
      FileRead read = before.get(name);
      RawFile file = after.get(name);
      if (read == null) {
        changes.add("raw/%s is new".formatted(name));
      } else if (file == null) {
        changes.add("raw/%s is gone".formatted(name));
      } else if (!read.hasContentOf(file)) {
        changes.add("raw/%s changed".formatted(name));
      }
    }
    return changes;
  }

  private static List<String> ofPartitions(
      List<PartitionRead> made, SortedMap<String, String> now) {
    SortedMap<String, String> before = new TreeMap<>();
    for (PartitionRead read : made) {
      before.put("%s/dt=%s".formatted(read.dataSet(), read.date()), read.fingerprint());
    }
    List<String> changes = new ArrayList<>();
    for (String name : union(before, now)) {
      String recorded = before.get(name);
      String expected = now.get(name);
      if (recorded == null) {
        changes.add(name + " is new");
      } else if (expected == null) {
        changes.add(name + " is no longer read");
      } else if (!recorded.equals(expected)) {
        changes.add(name + " changed");
      }
    }
    return changes;
  }

  private static <T> Map<String, T> byName(List<T> items, Function<T, String> name) {
    return items.stream().collect(Collectors.toMap(name, Function.identity()));
  }

  private static SortedSet<String> union(Map<String, ?> before, Map<String, ?> after) {
    SortedSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    return names;
  }
}
