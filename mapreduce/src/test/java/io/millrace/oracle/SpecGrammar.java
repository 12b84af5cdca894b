package io.millrace.oracle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * Draws pipelines over {@code event.avsc}: clean steps, groups, windows, delays and aggregates of
 * every kind. The same seed gives the same text.
 */
final class SpecGrammar {
  private static final List<String> NUMBERS =
      List.of(
          "amount",
          "quantity",
          "points",
          "rate",
          "weight",
          "amount * 2",
          "CASE WHEN flag THEN amount END",
          "CAST(quantity AS BIGINT) * 3",
          "LN(points)",
          "EXTRACT(DOW FROM ts)",
          "EXTRACT(HOUR FROM ts)",
          "ABS(points)",
          "quantity + 1",
          "amount / quantity",
          "rate / (quantity - 1)",
          "CAST(rate AS DOUBLE) * 2",
          "COALESCE(amount, 0)",
          "MOD(points, 7)",
          "GREATEST(amount, quantity)",
          "CHAR_LENGTH(note)",
          "TIMESTAMPDIFF(HOUR, ts, CAST(due AS TIMESTAMP))");

  /** Numbers whose deviations a DOUBLE can tell. */
  private static final List<String> SPREAD =
      List.of("amount", "quantity", "rate", "weight", "EXTRACT(HOUR FROM ts)", "LN(rate)");

  private static final List<String> OTHERS =
      List.of(
          "note",
          "ts",
          "due",
          "channel",
          "UPPER(note)",
          "account",
          "SUBSTRING(note, 1, 3)",
          "FLOOR(ts TO HOUR)",
          "CAST(ts AS DATE)",
          "ts + INTERVAL '1' DAY",
          "COALESCE(note, '-')");

  /** What JSON writes in one way only. */
  private static final List<String> TEXTS =
      List.of("note", "channel", "account", "UPPER(note)", "quantity", "EXTRACT(HOUR FROM ts)");

  private static final List<String> CONDITIONS =
      List.of(
          "amount > 100",
          "channel = 'web'",
          "flag",
          "NOT flag",
          "note LIKE '%a%'",
          "EXTRACT(HOUR FROM ts) BETWEEN 8 AND 17",
          "MOD(quantity, 2) = 0",
          "rate IS NULL",
          "due > CAST(ts AS DATE)",
          "LN(points) > 3",
          "amount IS DISTINCT FROM 0",
          "account IN ('a1', 'a2', 'Kö0', 'Kö5')",
          "ABS(points) > 100",
          "quantity < 5 AND (flag OR amount < 50)",
          "ts < TIMESTAMP '2026-03-24 12:00:00' OR channel IS NULL");

  private static final List<String> ENTITIES =
      List.of(
          "account",
          "device",
          "channel",
          "flag",
          "due",
          "[account, channel]",
          "[device, flag]",
          "[channel, flag, account]",
          "note");

  private static final List<String> DERIVED =
      List.of(
          "hour: EXTRACT(HOUR FROM ts)",
          "total: amount * quantity",
          "log_rate: LN(rate)",
          "local_day: CAST(ts AS DATE)",
          "tag: channel || '-' || note",
          "next: ts + INTERVAL '1' DAY",
          "half: rate / 2");

  private static final List<String> RULES =
      List.of(
          "quantity_positive: quantity > 0",
          "amount_in_range: amount BETWEEN -5000 AND 100000",
          "account_known: account IS NOT NULL",
          "no_pigeon: channel <> 'pigeon'",
          "rate_logs: LN(rate) > -30",
          "flag_or_note: flag OR note IS NOT NULL");

  private static final List<String> DUPLICATES =
      List.of(
          "none",
          "exact",
          "{by: event_id, keep: latest}",
          "{by: event_id, keep: earliest}",
          "{by: event_id, keep: latest, across: 2d}",
          "{by: [account, device], keep: earliest, across: 1d}",
          "{by: [account, ts], keep: latest}",
          "{by: [device, channel], keep: earliest}");

  private final Random random;
  private String score = "";

  SpecGrammar(long seed) {
    random = new Random(seed);
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private List<String> some(List<String> of, int most) {
    List<String> shuffled = new ArrayList<>(of);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, random.nextInt(Math.min(most, of.size()) + 1));
  }

  /** What the model computes that halves its input, in SQL; known when the pipeline is drawn. */
  String score() {
    return score;
  }

  /** The text of a pipeline. */
  String pipeline() {
    StringBuilder text =
        new StringBuilder(
            """
            pipeline: drawn
            warehouse: ${warehouse}
            timezone: ${zone}
            source:
              path: ${landing}/dt=${date}
              format: csv
              options: {nulls: ["", "n/a"]}
              schema: event.avsc
              event_time: ts
              from: ${from}
              missing: empty
            """);
    line(text, 1, "lateness: " + one(List.of("none", "1d", "3d")));
    text.append("clean:\n");
    section(
        text,
        "repair",
        some(List.of("channel: LOWER(TRIM(channel))", "points: COALESCE(points, 0)"), 2));
    section(text, "derive", some(DERIVED, 3));
    section(text, "rules", some(RULES, 3));
    line(text, 1, "deduplicate: " + one(DUPLICATES));
    text.append("features:\n");
    int groups = 1 + random.nextInt(2);
    List<String> features = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      group(text, "g" + group, features);
    }
    score(text, features);
    return text.toString();
  }

  private static void line(StringBuilder text, int depth, String line) {
    text.append("  ".repeat(depth)).append(line).append('\n');
  }

  private static void section(StringBuilder text, String name, List<String> lines) {
    if (!lines.isEmpty()) {
      line(text, 1, name + ":");
      lines.forEach(each -> line(text, 2, each));
    }
  }

  private void group(StringBuilder text, String name, List<String> features) {
    line(text, 1, name + ":");
    line(text, 2, "entity: " + one(ENTITIES));
    TreeSet<Integer> windows = new TreeSet<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      windows.add(1 + random.nextInt(6));
    }
    line(text, 2, "windows: " + windows.stream().map(days -> days + "d").toList());
    if (random.nextBoolean()) {
      line(text, 2, "delay: " + random.nextInt(3) + "d");
    }
    if (random.nextInt(3) == 0) {
      line(text, 2, "where: " + one(CONDITIONS));
    }
    line(text, 2, "aggregates:");
    int aggregates = 3 + random.nextInt(6);
    for (int i = 0; i < aggregates; i++) {
      line(text, 3, "f%d: \"%s\"".formatted(i, i == 0 ? "COUNT(*)" : feature()));
      for (int window : windows) {
        features.add("%s_f%d_%dd".formatted(name, i, window));
      }
    }
    if (random.nextBoolean()) {
      int first = windows.first();
      int last = windows.last();
      line(text, 2, "derive:");
      line(text, 3, "change: f0_%dd / f0_%dd".formatted(first, last));
      line(text, 3, "growth: f0_%dd - f0_%dd".formatted(last, first));
      line(text, 3, "weekday: EXTRACT(ISODOW FROM WINDOW_END)");
      features.addAll(List.of(name + "_change", name + "_growth", name + "_weekday"));
    }
  }

  /** Records with features of the day before, or entities, and a model that looks at one number. */
  private void score(StringBuilder text, List<String> features) {
    boolean events = random.nextInt(3) > 0;
    String input = events ? "quantity" : features.get(0);
    List<String> kept =
        new ArrayList<>(events ? List.of("event_id", "account", "amount") : List.of());
    kept.addAll(
        some(features.stream().filter(each -> events || each.startsWith("g0")).toList(), 8));
    text.append("score:\n");
    line(text, 1, events ? "rows: events" : "rows: entities");
    if (!events) {
      line(text, 1, "group: g0");
    }
    line(text, 1, "model: linear.onnx");
    line(text, 1, "inputs: [%s]".formatted(input));
    if (!kept.isEmpty()) {
      line(text, 1, "keep: " + kept);
    }
    score = "0.5 * " + input;
  }

  /** An aggregate or an expression over some that loses no digits. */
  private String feature() {
    return switch (random.nextInt(10)) {
      case 5 -> "MODE(" + any() + ")";
      case 7 -> "TIMESTAMPDIFF(SECOND, MAX(ts), WINDOW_END)";
      case 6 -> "APPROX_TOP_K(%s, %d)".formatted(one(TEXTS), 1 + random.nextInt(4));
      case 0 -> number() + " / " + number();
      case 1 -> "COALESCE(%s, 0)".formatted(number());
      case 2 -> "MAX(%1$s) - MIN(%1$s)".formatted(one(List.of("amount", "quantity")));
      case 3 -> "CASE WHEN COUNT(*) > 3 THEN %s END".formatted(number());
      case 4 -> one(List.of("MIN", "MAX", "COUNT", "FIRST", "LAST")) + "(" + one(OTHERS) + ")";
      default -> number();
    };
  }

  private String any() {
    return one(random.nextBoolean() ? NUMBERS : OTHERS);
  }

  private String number() {
    String call = call();
    return random.nextInt(4) == 0 ? call + " FILTER (WHERE " + one(CONDITIONS) + ")" : call;
  }

  private String call() {
    return switch (random.nextInt(16)) {
      case 0 -> "COUNT(*)";
      case 1 -> "COUNT(" + one(NUMBERS) + ")";
      case 3 ->
          one(List.of("VARIANCE", "STDDEV", "VAR_POP", "STDDEV_POP", "STDDEV_SAMP", "VAR_SAMP"))
              + "("
              + one(SPREAD)
              + ")";
      case 4 ->
          "DECAYED_SUM(%s, %s)"
              .formatted(
                  one(List.of("quantity", "weight", "rate", "CASE WHEN flag THEN 1 ELSE 0 END")),
                  one(List.of("INTERVAL '1' DAY", "half_life => INTERVAL '36' HOUR")));
      case 6 ->
          "PERCENTILE(%s, %s)"
              .formatted(one(SPREAD), one(List.of("0.5", "0.95", "0", "1", "0.25")));
      case 7 -> one(List.of("COUNT(DISTINCT %s)", "APPROX_COUNT_DISTINCT(%s)")).formatted(any());
      case 5 -> one(List.of("FIRST", "LAST")) + "(" + one(NUMBERS) + ")";
      case 2 -> "SUM(CASE WHEN %s THEN 1 ELSE 0 END)".formatted(one(CONDITIONS));
      default -> one(List.of("SUM", "AVG", "MIN", "MAX")) + "(" + one(NUMBERS) + ")";
    };
  }
}
