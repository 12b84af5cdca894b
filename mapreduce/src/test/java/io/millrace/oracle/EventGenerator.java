package io.millrace.oracle;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * Landing files of {@code event.avsc} with all that goes wrong in production: late and future rows,
 * duplicates in a day and across days, ties in event time, absent days and empty files, columns in
 * other orders, values at the limits of their types, hot keys, entities that vanish and return, and
 * defects of every kind. The same seed gives the same files.
 */
final class EventGenerator {
  private static final List<String> COLUMNS =
      List.of(
          "event_id",
          "account",
          "device",
          "ts",
          "amount",
          "quantity",
          "points",
          "rate",
          "weight",
          "channel",
          "flag",
          "due",
          "note");
  private static final String[] NOTES = {
    "plain",
    "comma, inside",
    "a \"quoted\" word",
    "naïve café",
    "日本語",
    "😀 smile",
    " blanks ",
    "Ωmega",
    "semi;colon",
    "0",
    "NULL",
    "zz"
  };
  private static final String[] CHANNELS = {
    "web", "web", "web", "shop", "SHOP ", " Phone", "phone", "pigeon", "", "n/a"
  };
  private static final int MONTH = 30;

  private final LocalDate first;
  private final ZoneId zone;
  private final int rowsADay;
  private final int accounts;
  private final Random random;

  /** Rows of recent days, for duplicates and deliveries repeated. */
  private final List<Map<String, String>> recent = new ArrayList<>();

  private int nextId;

  EventGenerator(LocalDate first, ZoneId zone, int rowsADay, int accounts, long seed) {
    this.first = first;
    this.zone = zone;
    this.rowsADay = rowsADay;
    this.accounts = accounts;
    random = new Random(seed);
  }

  /** Writes the days from the first on, each into a folder of its own. */
  void write(Path landing, int days) throws IOException {
    for (int day = 0; day < days; day++) {
      LocalDate date = first.plusDays(day);
      if (day % 11 == 6) {
        continue; // absent
      }
      Path folder = Files.createDirectories(landing.resolve("dt=" + date));
      if (day % 13 == 5) {
        writeFile(folder.resolve("part-0.csv"), List.of(), day); // nothing but a header
        continue;
      }
      List<Map<String, String>> rows = rows(date, day);
      int files = 1 + random.nextInt(4);
      for (int file = 0; file < files; file++) {
        int from = rows.size() * file / files;
        int to = rows.size() * (file + 1) / files;
        writeFile(folder.resolve("part-%d.csv".formatted(file)), rows.subList(from, to), day);
      }
      if (chance(0.2)) {
        Files.createFile(folder.resolve("part-9.csv")); // not even a header
      }
      if (chance(0.2)) {
        Files.writeString(folder.resolve("_notes.csv"), "not,data\n");
      }
    }
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  private List<Map<String, String>> rows(LocalDate date, int day) {
    List<Map<String, String>> rows = new ArrayList<>();
    int count = day == 0 ? 2 * rowsADay : rowsADay / 2 + random.nextInt(rowsADay);
    for (int i = 0; i < count; i++) {
      rows.add(row(date, day));
    }
    List<Map<String, String>> again = new ArrayList<>();
    for (Map<String, String> row : rows) {
      if (chance(0.05)) {
        again.add(duplicate(row));
      }
    }
    for (Map<String, String> row : recent) {
      if (chance(0.02)) {
        again.add(row); // delivered again on a later day
      }
    }
    recent.addAll(rows);
    if (recent.size() > 3 * rowsADay) {
      recent.subList(0, recent.size() - 3 * rowsADay).clear();
    }
    rows.addAll(again);
    Collections.shuffle(rows, random);
    return rows;
  }

  private Map<String, String> row(LocalDate date, int day) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("event_id", "e" + nextId++);
    row.put("account", chance(0.03) ? "" : account(day));
    row.put("device", chance(0.1) ? "n/a" : String.valueOf(random.nextInt(accounts / 4 + 1)));
    row.put("ts", time(eventDay(date, day)));
    row.put("amount", chance(0.05) ? "" : amount());
    row.put("quantity", chance(0.01) ? "0" : quantity());
    row.put("points", chance(0.1) ? "" : points());
    row.put("rate", chance(0.1) ? "" : rate());
    row.put("weight", chance(0.1) ? "" : String.valueOf(random.nextInt(4000) / 8f));
    row.put("channel", pick(CHANNELS));
    row.put("flag", pick("true", "f", "YES", "n", "1", "0", "", " "));
    row.put("due", chance(0.3) ? "" : date.plusDays(random.nextInt(60)).toString());
    row.put("note", chance(0.2) ? "" : pick(NOTES) + (chance(0.5) ? "" : random.nextInt(50)));
    if (chance(0.02)) {
      spoil(row);
    }
    return row;
  }

  private String pick(String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  /** A few have most rows; a third is away every other week. */
  private String account(int day) {
    while (true) {
      int account = (int) (accounts * Math.pow(random.nextDouble(), 3));
      if (account % 3 != 1 || day / 7 % 2 == 0) {
        return (account % 5 == 0 ? "Kö" : "a") + account;
      }
    }
  }

  private LocalDate eventDay(LocalDate date, int day) {
    double where = random.nextDouble();
    if (day == 0 && where < 0.6) {
      return date.minusDays(random.nextInt(MONTH)); // the initial load has history
    }
    if (where < 0.05) {
      return date.minusDays(1 + random.nextInt(3));
    }
    if (where < 0.06) {
      return date.minusDays(4 + random.nextInt(MONTH));
    }
    return where < 0.065 ? date.plusDays(1) : date;
  }

  /** Local times in the usual notations, often the same; sometimes with an offset. */
  private String time(LocalDate day) {
    int hour = chance(0.2) ? random.nextInt(4) : random.nextInt(24);
    int minute = chance(0.3) ? 30 : random.nextInt(60);
    LocalDateTime local = day.atTime(hour, minute);
    if (chance(0.1)) {
      return local.atZone(zone).toInstant().toString().replace("Z", chance(0.5) ? "Z" : "+00:00");
    }
    String text = local.toString() + (chance(0.5) ? ":00" : "");
    if (text.length() > 16 && chance(0.3)) {
      text += "." + (100 + random.nextInt(900)) + (chance(0.2) ? "999" : "");
    }
    return chance(0.5) ? text : text.replace('T', ' ');
  }

  private String amount() {
    BigDecimal amount = BigDecimal.valueOf(random.nextInt(200_000) - 1000, 2);
    if (chance(0.01)) {
      amount = new BigDecimal("9999999999.99");
    }
    return chance(0.1)
        ? amount.stripTrailingZeros().toPlainString()
        : amount + (chance(0.1) ? "0" : "");
  }

  private String quantity() {
    return chance(0.02)
        ? String.valueOf(Integer.MAX_VALUE - random.nextInt(3))
        : (chance(0.1) ? "+" : "") + (1 + random.nextInt(9));
  }

  private String points() {
    return switch (random.nextInt(40)) {
      case 0 -> String.valueOf(Long.MAX_VALUE);
      case 1 -> String.valueOf(Long.MIN_VALUE);
      case 2 -> String.valueOf(Long.MAX_VALUE - random.nextInt(1000));
      default -> String.valueOf(random.nextInt(2001) - 1000);
    };
  }

  /** From 1e-9 to 1e12, none below zero: DuckDB's sums would lose the small ones otherwise. */
  private String rate() {
    double rate = (1 + random.nextInt(9_999)) * Math.pow(10, random.nextInt(18) - 9);
    return chance(0.02) ? "0" : String.valueOf(rate);
  }

  /** The same event again: as it is, later, or at the same time with something else in it. */
  private Map<String, String> duplicate(Map<String, String> row) {
    Map<String, String> copy = new LinkedHashMap<>(row);
    switch (random.nextInt(4)) {
      case 0 -> {}
      case 1 -> copy.put("ts", row.get("ts").replaceFirst("[T ]..:", "T23:"));
      case 2 -> copy.put("amount", amount());
      default -> {
        copy.put("rate", rate());
        copy.put("device", String.valueOf(random.nextInt(300)));
      }
    }
    return copy;
  }

  private void spoil(Map<String, String> row) {
    switch (random.nextInt(9)) {
      case 0 -> row.put("quantity", "");
      case 1 -> row.put("quantity", "1.5");
      case 2 -> row.put("amount", "12.345");
      case 3 -> row.put("ts", "2026-02-30 10:00");
      case 4 -> row.put("ts", "");
      case 5 -> row.put("rate", "NaN");
      case 6 -> row.put("due", "31.12.2026");
      case 7 -> row.put("points", "9223372036854775808");
      default -> row.put("flag", "perhaps");
    }
  }

  private void writeFile(Path file, List<Map<String, String>> rows, int day) throws IOException {
    List<String> columns = new ArrayList<>(COLUMNS);
    if (chance(0.5)) {
      Collections.shuffle(columns, random);
    }
    if (chance(0.2)) {
      columns.remove("channel"); // has a default
    }
    if (chance(0.2)) {
      columns.add(random.nextInt(columns.size()), "unknown");
    }
    if (chance(0.02)) {
      columns.remove("quantity"); // has none: no record of the file is taken
    }
    String end = day % 4 == 1 ? "\r\n" : "\n";
    StringBuilder text = new StringBuilder();
    if (chance(0.1)) {
      text.append('\ufeff');
    }
    text.append(String.join(",", columns)).append(end);
    for (Map<String, String> row : rows) {
      text.append(line(columns, row, name -> "?")).append(end);
      if (chance(0.005)) {
        text.append(end);
      }
    }
    if (chance(0.2) && !rows.isEmpty()) {
      text.setLength(text.length() - end.length());
    }
    Files.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private String line(
      List<String> columns, Map<String, String> row, Function<String, String> unknown) {
    List<String> fields = new ArrayList<>();
    for (String column : columns) {
      String value = row.containsKey(column) ? row.get(column) : unknown.apply(column);
      fields.add(
          value.contains(",") || value.contains("\"") || chance(0.1)
              ? '"' + value.replace("\"", "\"\"") + '"'
              : value);
    }
    double defect = random.nextDouble();
    if (defect < 0.003) {
      fields.remove(fields.size() - 1);
    } else if (defect < 0.006) {
      fields.add("too many");
    } else if (defect < 0.009) {
      fields.set(0, "\"" + fields.get(0).replace("\"", ""));
    }
    return String.join(",", fields);
  }
}
