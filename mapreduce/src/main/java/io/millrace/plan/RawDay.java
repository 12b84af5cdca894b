package io.millrace.plan;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The raw input of a date.
 *
 * @param present whether the place that the spec names exists
 * @param files in the order of their names; none where it is not present
 */
public record RawDay(boolean present, List<RawFile> files) {
  public RawDay {
    files = files.stream().sorted(Comparator.comparing(RawFile::name)).toList();
  }

  public static RawDay absent() {
    return new RawDay(false, List.of());
  }

  public long bytes() {
    return files.stream().mapToLong(RawFile::length).sum();
  }

  /** Whether its files are those that a partition was made from. */
  boolean hasContentOf(List<FileRead> read) {
    Map<String, FileRead> byName =
        read.stream().collect(Collectors.toMap(FileRead::name, Function.identity()));
    return byName.size() == files.size()
        && files.stream()
            .allMatch(
                file -> {
                  FileRead before = byName.get(file.name());
                  return before != null && before.hasContentOf(file);
                });
  }

  /** Of names, lengths and checksums; paths and times do not count. */
  public String fingerprint() {
    FingerprintBuilder builder = new FingerprintBuilder("raw").number(files.size());
    for (RawFile file : files) {
      builder.text(file.name()).number(file.length()).number(file.crc32c());
    }
    return builder.build();
  }
}
