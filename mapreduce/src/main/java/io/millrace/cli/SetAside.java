package io.millrace.cli;

import io.millrace.plan.PlannedStage;
import io.millrace.run.RuleShares;
import io.millrace.run.StageResult;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the stages of a run set aside, by rule, and how to look at it. */
final class SetAside {
  private static final int RULES_SHOWN = 5;
  private static final double LARGE_SHARE = 0.5;

  private final Map<String, Total> totals = new LinkedHashMap<>();

  /** Of all dates of a stage. */
  private static final class Total {
    private final SortedMap<String, Long> rules = new TreeMap<>();
    private long quarantined;
    private long read;
    private double worstShare;
    private LocalDate worst = LocalDate.EPOCH;
  }

  /** Notes what came of a stage; returns a warning where most of its records were set aside. */
  Optional<String> add(PlannedStage stage, StageResult result) {
    long quarantined = count(result, "_quarantined_total");
    long read = count(result, "_read_total") - count(result, "_sampled_out_total");
    if (quarantined == 0) {
      return Optional.empty();
    }
    double share = (double) quarantined / read;
    Total total = totals.computeIfAbsent(stage.stage().toString(), name -> new Total());
    result.quarantined().forEach((rule, count) -> total.rules.merge(rule, count, Long::sum));
    total.quarantined += quarantined;
    total.read += read;
    if (share > total.worstShare) {
      total.worstShare = share;
      total.worst = stage.date();
    }
    return share < LARGE_SHARE
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%s were set aside, and %s.fail_above let it pass. By rule: %s",
                share(quarantined, read),
                stage.stage(),
                RuleShares.text(result.quarantined(), RULES_SHOWN)));
  }

  private static long count(StageResult result, String ending) {
    return result.counts().entrySet().stream()
        .filter(count -> count.getKey().endsWith(ending))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static String share(long quarantined, long read) {
    return String.format(
        Locale.ROOT, "%,d of %,d records (%s)", quarantined, read, percent(quarantined, read));
  }

  private static String percent(long part, long whole) {
    double percent = 100.0 * part / whole;
    return String.format(Locale.ROOT, percent < 1 ? "%.2g%%" : "%.0f%%", percent);
  }

  /**
   * A line a stage, and the command that shows the records of its worst date.
   *
   * @param commandLine the spec and its settings
   */
  List<String> lines(String commandLine) {
    List<String> lines = new ArrayList<>();
    totals.forEach(
        (stage, total) -> {
          lines.add(
              "Set aside by %s: %s: %s"
                  .formatted(
                      stage,
                      share(total.quarantined, total.read),
                      RuleShares.text(total.rules, RULES_SHOWN)));
          lines.add(
              "  millrace show %s --date %s   shows them"
                  .formatted(
                      commandLine.replaceFirst(" |$", " quarantine/" + stage + " ").strip(),
                      total.worst));
        });
    return lines;
  }
}
