package io.millrace.plan;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * When a join is left out: its only reader looks features up in memory where they take little. The
 * same rows come of both ways.
 *
 * @param reader the stage that reads joined rows
 * @param memoryBytes what the features may take at most in the warehouse (join.memory)
 */
public record LookUp(StageId reader, long memoryBytes) {
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
  private static final int UNIT = 1024;

  /** What is known of the features that a join reads. */
  public enum Size {
    FITS,
    TOO_LARGE,
    /** Some are made in the same run, before they are read. */
    UNKNOWN
  }

  /**
   * Compares features with the memory.
   *
   * @param inputs all that the join reads
   */
  public Size size(List<PlannedInput> inputs) {
    long sum = 0;
    boolean known = true;
    for (PlannedInput features : features(inputs)) {
      sum += features.bytes().orElse(0);
      known &= features.bytes().isPresent();
    }
    if (sum > memoryBytes) {
      return Size.TOO_LARGE;
    }
    return known ? Size.FITS : Size.UNKNOWN;
  }

  /** The comparison in words, as a reason. */
  public String describe(List<PlannedInput> inputs) {
    List<PlannedInput> features = features(inputs);
    if (features.isEmpty()) {
      return "there are no features to look up";
    }
    String limit = "join.memory (%s)".formatted(text(memoryBytes));
    String list = list(features.stream().map(LookUp::text).toList());
    return switch (size(inputs)) {
      case FITS -> "features of %s fit into %s".formatted(list, limit);
      case TOO_LARGE -> "features of %s do not fit into %s".formatted(list, limit);
      case UNKNOWN ->
          "left out if the features of %s, some of which are made first, fit into %s"
              .formatted(list, limit);
    };
  }

  private static List<PlannedInput> features(List<PlannedInput> inputs) {
    return inputs.stream().filter(input -> input.stage().kind() == StageKind.FEATURES).toList();
  }

  private static String text(PlannedInput features) {
    String group = features.stage().group().orElseThrow();
    OptionalLong bytes = features.bytes();
    return bytes.isPresent() ? "%s (%s)".formatted(group, text(bytes.getAsLong())) : group;
  }

  private static String list(List<String> items) {
    return items.size() == 1
        ? items.get(0)
        : "%s and %s"
            .formatted(
                String.join(", ", items.subList(0, items.size() - 1)), items.get(items.size() - 1));
  }

  private static String text(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= UNIT && unit < UNITS.size() - 1) {
      size /= UNIT;
      unit++;
    }
    boolean whole = size == Math.rint(size);
    return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", size, UNITS.get(unit));
  }
}
