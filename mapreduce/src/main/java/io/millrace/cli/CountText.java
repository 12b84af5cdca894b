package io.millrace.cli;

import io.millrace.plan.StageId;
import io.millrace.run.MapPlaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;

/** Counters of records in words: {@code clean_records_kept_total} is {@code 1,234 records kept}. */
final class CountText {
  private static final String SUFFIX = "_total";

  /** What is counted stands first. */
  private static final Pattern PLURAL = Pattern.compile("^([a-z]+)s\\b");

  private CountText() {}

  static String of(StageId stage, SortedMap<String, Long> counts) {
    String prefix = stage.kind().name().toLowerCase(Locale.ROOT) + "_";
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      if (count.getValue() != 0 && !MapPlaces.isCount(count.getKey())) {
        parts.add(
            String.format(
                Locale.ROOT,
                "%,d %s",
                count.getValue(),
                words(count.getKey(), prefix, count.getValue())));
      }
    }
    return parts.isEmpty() ? "nothing to do" : String.join(", ", parts);
  }

  private static String words(String counter, String prefix, long count) {
    String name = counter.startsWith(prefix) ? counter.substring(prefix.length()) : counter;
    String stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    String words = stem.replace('_', ' ');
    return count == 1 ? PLURAL.matcher(words).replaceFirst("$1") : words;
  }
}
