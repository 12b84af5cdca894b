package io.millrace.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A change of three days that were made, and exactly what it makes stale or missing. The pipeline
 * is the example card-fraud without deduplicate.
 *
 * @param what changes, as the page says it
 * @param toMake the days of each stage that have to be made again; 0 is the day before the first
 * @param why words of the reason of the first of them
 */
record StalenessScenario(
    String what, Edit edit, SortedMap<String, List<Integer>> toMake, String why) {
  private static final List<String> CARD = List.of("partials/card", "features/card", "score");
  private static final List<String> TERMINAL = List.of("partials/terminal", "features/terminal");
  private static final List<String> BEHIND_CLEAN =
      Stream.concat(CARD.stream(), TERMINAL.stream()).toList();

  /** What reads several days. */
  private static final List<String> LATER = List.of("features/card", "features/terminal", "score");

  /** Something that somebody does to the folder of the example. */
  interface Edit {
    void in(CardFraudFolder example, Path home) throws IOException;
  }

  static Stream<StalenessScenario> all() {
    return Stream.of(raw(), rules(), columns(), features(), source(), scores(), warehouse())
        .flatMap(List::stream);
  }

  private static List<StalenessScenario> raw() {
    return List.of(
        of(
            "a raw day lands again with other bytes (day 2)",
            (example, home) -> change(raw(home, 2, "part-0000.csv")),
            only("clean", 2)
                .with(List.of("partials/card", "partials/terminal"), 2)
                .with(LATER, 2, 3),
            "raw/part-0000.csv changed"),
        of(
            "a raw day lands again with the same bytes",
            (example, home) -> {
              Path file = raw(home, 2, "part-0000.csv");
              Files.write(file, Files.readAllBytes(file));
              Files.setLastModifiedTime(file, FileTime.fromMillis(1_800_000_000_000L));
            },
            nothing(),
            ""),
        of(
            "a raw file more (day 2)",
            (example, home) ->
                Files.copy(raw(home, 2, "part-0000.csv"), raw(home, 2, "part-0002.csv")),
            only("clean", 2)
                .with(List.of("partials/card", "partials/terminal"), 2)
                .with(LATER, 2, 3),
            "raw/part-0002.csv is new"),
        of(
            "a raw day is deleted: what was made of it stays",
            (example, home) -> {
              for (String name : List.of("part-0000.csv", "part-0001.csv")) {
                Files.delete(raw(home, 2, name));
              }
              Files.delete(raw(home, 2, "x").getParent());
            },
            nothing(),
            ""));
  }

  private static List<StalenessScenario> rules() {
    return List.of(
        of(
            "a rule says something else",
            spec("BETWEEN 0 AND 100000", "BETWEEN 0 AND 99999"),
            everything(),
            "rules.amount_in_range was `amount BETWEEN 0 AND 100000`, is `amount BETWEEN 0 AND 99999`"),
        of(
            "a rule has another name",
            spec("amount_in_range:", "plausible_amount:"),
            only("clean", 1, 2, 3),
            "rules.amount_in_range was taken out"),
        of(
            "two rules change places",
            spec(
                "    known_currency: currency IN ('EUR', 'USD', 'GBP')\n    known_channel: channel IN ('pos', 'web', 'atm')\n",
                "    known_channel: channel IN ('pos', 'web', 'atm')\n    known_currency: currency IN ('EUR', 'USD', 'GBP')\n"),
            only("clean", 1, 2, 3),
            "clean (order of repair, derive and rules)"),
        of(
            "`fail_above` (of clean, of score)",
            (example, home) -> {
              example.edit("fail_above: 5%", "fail_above: 6%");
              example.edit("fail_above: 0.1%", "fail_above: 0.2%");
            },
            nothing(),
            ""));
  }

  private static List<StalenessScenario> columns() {
    return List.of(
        of(
            "a derived column that nothing reads and that cannot fail",
            spec("    hour: EXTRACT", "    day: EXTRACT(DAY FROM ts)\n    hour: EXTRACT"),
            only("clean", 1, 2, 3),
            "column day was added"),
        of(
            "a derived column that can fail, for it quarantines",
            spec("    hour: EXTRACT", "    log_amount: LN(amount)\n    hour: EXTRACT"),
            everything(),
            "column log_amount was added"),
        of(
            "the repair of a column that group `terminal` reads, and no rule",
            (example, home) -> {
              example.edit(
                  "      risk: AVG(CASE", "      name: MAX(merchant_name)\n      risk: AVG(CASE");
              example.millrace("run", days(1, 3)).expect(ExitCode.DONE);
              example.edit(
                  "    channel: LOWER",
                  "    merchant_name: UPPER(merchant_name)\n    channel: LOWER");
            },
            only("clean", 1, 2, 3).with(TERMINAL, 1, 2, 3),
            "repair.merchant_name is new"),
        of(
            "the schema gets a column that may be NULL and that the raw files do not have",
            (example, home) -> {
              Path schema = home.resolve("transaction.avsc");
              String text = Files.readString(schema);
              Files.writeString(
                  schema,
                  text.replace(
                      "\"fields\": [",
                      "\"fields\": [{\"name\": \"note\", \"type\": [\"null\", \"string\"], \"default\": null},"));
            },
            nothing(),
            ""));
  }

  private static List<StalenessScenario> features() {
    return List.of(
        of(
            "an aggregate more in group `terminal`",
            spec("      risk: AVG(CASE", "      amount_min: MIN(amount)\n      risk: AVG(CASE"),
            only("partials/terminal", 1, 2, 3).with(List.of("features/terminal"), 1, 2, 3),
            "column min_amount was added"),
        of(
            "an aggregate more in group `card` whose state is kept already",
            spec("      amount_mean:", "      amount_total: SUM(amount)\n      amount_mean:"),
            only("features/card", 1, 2, 3),
            "card_amount_total_1d"),
        of(
            "an expression more in group `card`, above all others",
            spec(
                "      txn_count: COUNT(*)\n      amount_sum:",
                "      pos_share: SUM(CASE WHEN channel = 'pos' THEN 1 ELSE 0 END) / COUNT(*)\n"
                    + "      txn_count: COUNT(*)\n      amount_sum:"),
            only("partials/card", 1, 2, 3).with(List.of("features/card"), 1, 2, 3),
            "was added"),
        of(
            "an aggregate less in group `terminal`",
            spec("      risk: AVG(CASE WHEN is_fraud THEN 1 WHEN NOT is_fraud THEN 0 END)\n", ""),
            only("partials/terminal", 1, 2, 3).with(List.of("features/terminal"), 1, 2, 3),
            "were taken out"),
        of(
            "another name for an aggregate of group `terminal`",
            spec("      risk: AVG(CASE", "      fraud_rate: AVG(CASE"),
            only("features/terminal", 1, 2, 3),
            "terminal_fraud_rate_1d"),
        of(
            "a window more in group `terminal`, not the longest",
            terminal("windows: [1d, 7d, 30d]", "windows: [1d, 7d, 14d, 30d]"),
            only("features/terminal", 1, 2, 3),
            "terminal_risk_14d"),
        of(
            "a longest window that is longer",
            terminal("windows: [1d, 7d, 30d]", "windows: [1d, 7d, 60d]"),
            only("features/terminal", 1, 2, 3),
            "features.terminal.windows (longest) was `30d`, is `60d`"),
        of(
            "another delay of group `terminal`",
            spec("delay: 7d", "delay: 8d"),
            only("features/terminal", 1, 2, 3),
            "features.terminal.delay was `7d`, is `8d`"),
        of(
            "a `where` for group `terminal`",
            spec("delay: 7d", "where: amount > 1\n    delay: 7d"),
            only("partials/terminal", 1, 2, 3).with(List.of("features/terminal"), 1, 2, 3),
            "features.terminal.where is new"),
        of(
            "`score` is taken out",
            (example, home) -> {
              String text = example.text(example.spec());
              example.write(example.spec(), text.substring(0, text.indexOf("\nscore:") + 1));
            },
            nothing(),
            ""));
  }

  private static List<StalenessScenario> source() {
    return List.of(
        of(
            "another lateness: on the first date there is none",
            spec("lateness: 3d", "lateness: 2d"),
            only("clean", 2, 3)
                .with(List.of("partials/card", "partials/terminal"), 2, 3)
                .with(LATER, 2, 3),
            "source.lateness was `3d`, is `2d`"),
        of(
            "another time zone",
            spec("timezone: UTC", "timezone: Europe/Berlin"),
            everything(),
            "timezone was `UTC`, is `Europe/Berlin`"),
        of(
            "the raw files lie elsewhere",
            (example, home) -> {
              Files.move(
                  home.resolve("landing/dt=2026-01-02"), home.resolve("landing/day-2026-01-02"));
              Files.move(
                  home.resolve("landing/dt=2026-01-01"), home.resolve("landing/day-2026-01-01"));
              Files.move(
                  home.resolve("landing/dt=2026-01-03"), home.resolve("landing/day-2026-01-03"));
              example.edit("${landing}/dt=${date}", "${landing}/day-${date}");
            },
            nothing(),
            ""),
        of(
            "a day is put before the first (`source.from`)",
            (example, home) -> {
              Files.createDirectory(home.resolve("landing/dt=2025-12-31"));
              Files.writeString(
                  raw(home, 0, "part-0000.csv"),
                  Files.readString(raw(home, 1, "part-0000.csv"))
                      .replace("2026-01-01", "2025-12-31"));
              example.edit("from: 2026-01-01", "from: 2025-12-31");
            },
            only("clean", 0, 1)
                .with(List.of("partials/card", "partials/terminal"), 0, 1)
                .with(LATER, 0, 1, 2, 3),
            "not made yet"),
        of(
            "the first day is left out (`source.from`)",
            spec("from: 2026-01-01", "from: 2026-01-02"),
            only("clean", 2)
                .with(List.of("partials/card", "partials/terminal"), 2)
                .with(LATER, 2, 3),
            "source.lateness was `3d`, is `none`"),
        of(
            "`source.done_flag`, `source.settle`, `schedule`, comments, order of keys",
            (example, home) ->
                example.write(
                    example.spec(),
                    "# nightly\n"
                        + example
                            .text(example.spec())
                            .replace("[7d, 1d", "[1d, 7d")
                            .replace("  done_flag: _SUCCESS", "  settle: 3h")
                            .replace("schedule: {at: \"03:00\"}", "schedule: {at: \"04:30\"}")),
            nothing(),
            ""));
  }

  private static List<StalenessScenario> scores() {
    return List.of(
        of(
            "another model in the same place",
            (example, home) -> {
              Path model = home.resolve("landing/scorecard.onnx");
              byte[] bytes = Files.readAllBytes(model);
              bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("millrace")] = 'M';
              Files.write(model, bytes);
            },
            only("score", 1, 2, 3),
            "score.model changed"),
        of(
            "the same model in another place",
            (example, home) -> {
              Files.move(home.resolve("landing/scorecard.onnx"), home.resolve("landing/copy.onnx"));
              example.edit("scorecard.onnx", "copy.onnx");
            },
            nothing(),
            ""),
        of(
            "another column is kept with the scores",
            spec("keep: [card_id, card_txn_count_1d", "keep: [card_id, card_txn_count_7d"),
            only("score", 1, 2, 3),
            "column card_txn_count_7d was added"));
  }

  private static List<StalenessScenario> warehouse() {
    return List.of(
        of(
            "somebody deletes a partition (`features/card` of day 2)",
            (example, home) -> delete(home.resolve("warehouse/features/card/dt=2026-01-02")),
            only("features/card", 2),
            "not made yet"),
        of(
            "somebody deletes `clean` of day 2",
            (example, home) -> delete(home.resolve("warehouse/clean/dt=2026-01-02")),
            only("clean", 2),
            "incomplete"),
        of(
            "somebody deletes a `_SUCCESS` (`partials/card` of day 2)",
            (example, home) ->
                Files.delete(home.resolve("warehouse/partials/card/dt=2026-01-02/_SUCCESS")),
            only("partials/card", 2),
            "not made yet"),
        of(
            "a partition was made by an earlier version of its stage (`partials/terminal` of day 2)",
            (example, home) -> {
              Path file = home.resolve("warehouse/partials/terminal/dt=2026-01-02/_SUCCESS");
              JsonMapper json = new JsonMapper();
              ObjectNode manifest = (ObjectNode) json.readTree(file.toFile());
              ((ObjectNode) manifest.get("definition")).put("version", 0);
              manifest.put("fingerprint", "0".repeat(64)).put("rowsFingerprint", "0".repeat(64));
              json.writeValue(file.toFile(), manifest);
              Files.deleteIfExists(file.resolveSibling("._SUCCESS.crc"));
            },
            only("partials/terminal", 2),
            "made by version 0 of this stage"));
  }

  /** What has to be made, being put together. */
  private static final class ToMake {
    private final SortedMap<String, List<Integer>> days = new TreeMap<>();

    ToMake with(List<String> stages, Integer... some) {
      stages.forEach(stage -> days.put(stage, List.of(some)));
      return this;
    }
  }

  private static ToMake nothing() {
    return new ToMake();
  }

  private static ToMake only(String stage, Integer... days) {
    return new ToMake().with(List.of(stage), days);
  }

  private static ToMake everything() {
    return only("clean", 1, 2, 3).with(BEHIND_CLEAN, 1, 2, 3);
  }

  private static StalenessScenario of(String what, Edit edit, ToMake toMake, String why) {
    return new StalenessScenario(what, edit, toMake.days, why);
  }

  private static Edit spec(String old, String replacement) {
    return (example, home) -> example.edit(old, replacement);
  }

  /** An edit of the second group alone. */
  private static Edit terminal(String old, String replacement) {
    return (example, home) -> {
      String text = example.text(example.spec());
      int group = text.indexOf("  terminal:");
      example.write(
          example.spec(),
          text.substring(0, group) + text.substring(group).replace(old, replacement));
    };
  }

  static String[] days(int first, int last) {
    return new String[] {"--from", date(first), "--to", date(last)};
  }

  static String date(int day) {
    return CardFraudFolder.FIRST.plusDays(day - 1L).toString();
  }

  private static Path raw(Path home, int day, String name) {
    return home.resolve("landing/dt=" + date(day)).resolve(name);
  }

  private static void change(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 2] ^= 1;
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_800_000_000_000L));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** What is made again, as the page says it. */
  String effect() {
    if (toMake.isEmpty()) {
      return "nothing";
    }
    if (toMake.equals(everything().days)) {
      return "everything";
    }
    Map<List<Integer>, List<String>> alike = new LinkedHashMap<>();
    for (String stage : Stream.concat(Stream.of("clean"), BEHIND_CLEAN.stream()).toList()) {
      if (toMake.containsKey(stage)) {
        alike.computeIfAbsent(toMake.get(stage), key -> new ArrayList<>()).add("`" + stage + "`");
      }
    }
    List<String> parts = new ArrayList<>();
    alike.forEach(
        (days, stages) -> {
          String when =
              days.equals(List.of(1, 2, 3))
                  ? ""
                  : (days.size() == 1 ? " of day " : " of days ")
                      + days.stream().map(String::valueOf).collect(Collectors.joining(", "));
          parts.add(String.join(", ", stages) + when);
        });
    return String.join("; ", parts);
  }

  @Override
  public String toString() {
    return what;
  }
}
