package io.millrace.job.io;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many bytes of a task's input each host has, and so where the task had best run. Not
 * thread-safe.
 */
public final class HostBytes {
  private static final int MOST_HOSTS = 3;

  /** A host with less than this share of what the best one has is no good place. */
  private static final double LEAST_SHARE = 0.75;

  private final Map<String, Long> bytes = new HashMap<>();

  /** Adds what hosts have of a stretch of a file, from a byte up to another. */
  public void add(List<FileBlock> blocks, long from, long to) {
    for (FileBlock block : blocks) {
      long common = Math.min(to, block.offset() + block.length()) - Math.max(from, block.offset());
      if (common > 0) {
        block.hosts().forEach(host -> bytes.merge(host, common, Long::sum));
      }
    }
  }

  /** Adds what other input has. */
  public void add(HostBytes more) {
    more.bytes.forEach((host, count) -> bytes.merge(host, count, Long::sum));
  }

  /**
   * The host with most bytes, and those with nearly as many, best first; none where no host has
   * any. A scheduler takes any of them for a local one, and so the others are left out.
   */
  public List<String> best() {
    long most = bytes.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return bytes.entrySet().stream()
        .filter(host -> host.getValue() >= most * LEAST_SHARE)
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_HOSTS)
        .map(Map.Entry::getKey)
        .toList();
  }
}
