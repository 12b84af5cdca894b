package io.millrace.cli;

import io.millrace.avro.ColumnProfile;
import io.millrace.avro.FrequentValue;
import io.millrace.run.ProfileReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.lang3.StringUtils;
import org.jspecify.annotations.Nullable;

/** A profile for a person, and for programs. */
final class ProfileReport {
  private static final int DIGITS = 6;
  private static final int MOST_PLAIN_DIGITS = 12;
  private static final int WIDEST_VALUE = 24;
  private static final int FREQUENT_SHOWN = 5;

  private final String dataSet;
  private final ProfileReader profile;

  ProfileReport(String dataSet, ProfileReader profile) {
    this.dataSet = dataSet;
    this.profile = profile;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("%s of %s".formatted(dataSet, range()));
    add(lines, "", all());
    add(lines, "Numbers: quantiles, within 1 %", numbers());
    add(lines, "Text: characters", texts());
    add(lines, "Most frequent values", frequent());
    return lines;
  }

  private static void add(List<String> lines, String title, TextTable table) {
    if (!table.isEmpty()) {
      lines.add("");
      if (!title.isEmpty()) {
        lines.add(title);
      }
      lines.addAll(table.lines());
    }
  }

  private String range() {
    List<LocalDate> dates = profile.dates();
    LocalDate first = dates.get(0);
    return dates.size() == 1
        ? first.toString()
        : "%d dates from %s to %s".formatted(dates.size(), first, dates.get(dates.size() - 1));
  }

  private TextTable all() {
    TextTable table =
        new TextTable(
            "column", "type", "rows", "nulls", "distinct", "min", "max", "mean", "stddev");
    for (ColumnProfile column : profile.columns()) {
      table.add(
          column.getColumn(),
          column.getType(),
          count(column.getRows()),
          share(column.getNulls(), column.getRows()),
          count(column.getDistinct()),
          value(column.getMin()),
          value(column.getMax()),
          number(column.getMean()),
          number(column.getStddev()));
    }
    return table;
  }

  private TextTable numbers() {
    TextTable table = new TextTable("column", "1 %", "5 %", "25 %", "50 %", "75 %", "95 %", "99 %");
    for (ColumnProfile column : profile.columns()) {
      if (column.getP50() != null) {
        table.add(
            column.getColumn(),
            number(column.getP01()),
            number(column.getP05()),
            number(column.getP25()),
            number(column.getP50()),
            number(column.getP75()),
            number(column.getP95()),
            number(column.getP99()));
      }
    }
    return table;
  }

  private TextTable texts() {
    TextTable table = new TextTable("column", "shortest", "mean", "longest");
    for (ColumnProfile column : profile.columns()) {
      if (column.getLengthMin() != null) {
        table.add(
            column.getColumn(),
            count(column.getLengthMin()),
            number(column.getLengthMean()),
            count(column.getLengthMax()));
      }
    }
    return table;
  }

  private TextTable frequent() {
    TextTable table = new TextTable("column", "values and their share of the rows");
    for (ColumnProfile column : profile.columns()) {
      String values =
          column.getFrequent().stream()
              .filter(frequent -> frequent.getCount() > 1)
              .limit(FREQUENT_SHOWN)
              .map(frequent -> shown(frequent, column))
              .collect(Collectors.joining(", "));
      if (!values.isEmpty()) {
        table.add(column.getColumn(), values);
      }
    }
    return table;
  }

  private static String shown(FrequentValue frequent, ColumnProfile column) {
    return value(frequent.getValue()) + " " + share(frequent.getCount(), column.getRows());
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String share(long part, long all) {
    return part == 0 ? "0%" : String.format(Locale.ROOT, "%.2f%%", 100.0 * part / all);
  }

  private static String value(@Nullable String value) {
    return value == null
        ? ""
        : StringUtils.abbreviate(value, WIDEST_VALUE).replaceAll("\\p{Cntrl}", "·");
  }

  private static String number(@Nullable Double number) {
    if (number == null) {
      return "";
    }
    BigDecimal rounded = new BigDecimal(number).round(new MathContext(DIGITS)).stripTrailingZeros();
    String plain = rounded.toPlainString();
    return plain.length() <= MOST_PLAIN_DIGITS ? plain : rounded.toString();
  }

  /** All that is stored of the columns, except for the states. */
  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("dataSet", dataSet);
    json.put("dates", profile.dates().stream().map(LocalDate::toString).toList());
    json.put("columns", profile.columns().stream().map(ProfileReport::toJson).toList());
    return json;
  }

  private static Map<String, Object> toJson(ColumnProfile column) {
    Map<String, Object> json = new LinkedHashMap<>();
    column
        .getSchema()
        .getFields()
        .forEach(
            field -> {
              switch (field.name()) {
                case "state" -> {
                  // for programs that merge, which read the partition
                }
                case "frequent" ->
                    json.put(
                        field.name(),
                        column.getFrequent().stream()
                            .map(v -> Map.of("value", v.getValue(), "count", v.getCount()))
                            .toList());
                default -> json.put(field.name(), column.get(field.pos()));
              }
            });
    return json;
  }
}
