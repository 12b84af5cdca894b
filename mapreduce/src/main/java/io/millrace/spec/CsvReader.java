package io.millrace.spec;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code source.options} of the format {@code csv}. */
final class CsvReader {
  static final Key<Boolean> HEADER =
      Key.optional("header", ScalarReader::flag)
          .takes("`true` or `false`")
          .byDefault(true, "`true`")
          .means(
              "whether each file starts with the names of its columns; without, the order of the"
                  + " schema counts");
  static final Key<Character> SEPARATOR =
      Key.optional("separator", CsvReader::separator)
          .takes("one ASCII character, or `tab`")
          .byDefault(',', "`\",\"`")
          .means("stands between two values");
  static final Key<Character> QUOTE =
      Key.optional("quote", CsvReader::quote)
          .takes("one ASCII character")
          .byDefault('"', "`'\"'`")
          .means("stands around a value that holds a separator; doubled inside it");
  static final Key<List<String>> NULLS =
      Key.optional("nulls", value -> Optional.of(nulls(value)))
          .takes("texts")
          .byDefault(List.of(""), "`[\"\"]`")
          .means("values that mean NULL");
  static final Key<List<Located<String>>> TIMESTAMPS =
      Key.optional("timestamps", value -> Optional.of(timestamps(value)))
          .takes("patterns")
          .byDefault(List.of(), "ISO 8601: `2026-01-31T13:45:00Z`, `2026-01-31 13:45`")
          .means("how timestamps are written; several are tried in their order");
  static final Key<Map<String, Located<String>>> COLUMNS =
      Key.optional("columns", value -> Optional.of(columns(value)))
          .takes("mapping of columns to names in the header")
          .byDefault(Map.of(), "the same names")
          .means("for columns that the header calls otherwise");

  static final Section OPTIONS =
      Section.of(
          "source.options",
          HEADER,
          SEPARATOR,
          QUOTE,
          NULLS,
          TIMESTAMPS,
          COLUMNS,
          Key.later(
              "multiline",
              "leave it out: a record is one line, so replace line ends inside quotes"
                  + " beforehand"));

  private static final Set<String> TAB = Set.of("tab", "\\t", "\t");
  private static final Set<String> EPOCHS = Set.of("epoch_seconds", "epoch_millis");

  private static final String PATTERN =
      "a pattern such as `dd.MM.yyyy HH:mm:ss`, `epoch_seconds` or `epoch_millis`";
  private static final ZonedDateTime SAMPLE =
      ZonedDateTime.of(2026, 11, 23, 13, 45, 56, 0, ZoneOffset.UTC);

  private CsvReader() {}

  static FormatSpec.Csv defaults() {
    return new FormatSpec.Csv(
        HEADER.standard(),
        SEPARATOR.standard(),
        QUOTE.standard(),
        NULLS.standard(),
        TIMESTAMPS.standard(),
        COLUMNS.standard());
  }

  static Optional<FormatSpec> read(YamlValue value) {
    return value.section(OPTIONS).map(CsvReader::read);
  }

  private static FormatSpec read(YamlSection options) {
    FormatSpec.Csv csv =
        new FormatSpec.Csv(
            options.get(HEADER),
            options.get(SEPARATOR),
            options.get(QUOTE),
            options.get(NULLS),
            options.get(TIMESTAMPS),
            options.get(COLUMNS));
    if (csv.separator() == csv.quote()) {
      options.problem(
          options
              .value(SEPARATOR)
              .or(() -> options.value(QUOTE))
              .map(YamlValue::at)
              .orElse(options.at()),
          "`separator` and `quote` are both `" + csv.quote() + "`; give them different characters");
    }
    if (!csv.header() && !csv.columns().isEmpty()) {
      options.problem(
          options.value(COLUMNS).map(YamlValue::at).orElse(options.at()),
          "`columns` names columns of a header, but `header` is `false`; leave `columns` out (the"
              + " order of the schema counts), or set `header: true`");
    }
    return csv;
  }

  private static Optional<Character> separator(YamlValue value) {
    String expected = "one character such as `,` or `;`, or `tab`";
    Optional<String> text = value.words(expected).map(Located::value);
    return text.isPresent() && TAB.contains(text.get())
        ? Optional.of('\t')
        : text.flatMap(found -> character(value, found, expected));
  }

  private static Optional<Character> quote(YamlValue value) {
    String expected = "one character such as `'\"'`";
    return value.words(expected).flatMap(found -> character(value, found.value(), expected));
  }

  private static Optional<Character> character(YamlValue value, String found, String expected) {
    boolean single = found.length() == 1 && found.charAt(0) >= ' ' && found.charAt(0) < 0x7f;
    if (!single) {
      value.mismatch(expected);
    }
    return single ? Optional.of(found.charAt(0)) : Optional.empty();
  }

  private static List<String> nulls(YamlValue value) {
    List<String> nulls = new ArrayList<>();
    for (YamlValue item : value.items()) {
      item.words("the texts that mean NULL, such as `[\"\", \"n/a\"]`")
          .ifPresent(text -> nulls.add(text.value()));
    }
    return nulls;
  }

  private static List<Located<String>> timestamps(YamlValue value) {
    List<Located<String>> patterns = new ArrayList<>();
    for (YamlValue item : value.items()) {
      Optional<Located<String>> text = item.text(PATTERN);
      text.ifPresent(pattern -> checkPattern(item, pattern.value()));
      text.ifPresent(patterns::add);
    }
    return patterns;
  }

  private static void checkPattern(YamlValue value, String pattern) {
    if (EPOCHS.contains(pattern)) {
      return;
    }
    Optional<String> epoch = Spelling.nearest(pattern, EPOCHS);
    if (epoch.isPresent()) {
      value.mismatch("a pattern; did you mean `" + epoch.get() + "`?");
      return;
    }
    if (pattern.contains("Y")) {
      value.mismatch("a pattern without `Y`, the year that a week belongs to; write `yyyy`");
      return;
    }
    try {
      DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
      if (lacksHalfOfDay(format)) {
        value.mismatch(
            "a pattern that tells morning from evening; write `HH` for the hours of a day, or add"
                + " `a`");
      } else if (!holdsDate(format)) {
        value.mismatch(
            "a pattern with year, month and day such as `dd.MM.yyyy HH:mm:ss`"
                + (pattern.contains("MM") ? "" : "; months are `MM`, since `mm` are minutes"));
      }
    } catch (IllegalArgumentException e) {
      value.mismatch(PATTERN + " (" + e.getMessage() + ")");
    }
  }

  private static boolean lacksHalfOfDay(DateTimeFormatter format) {
    try {
      TemporalAccessor time = format.parse(format.format(SAMPLE));
      return time.isSupported(ChronoField.HOUR_OF_AMPM)
          && !time.isSupported(ChronoField.HOUR_OF_DAY);
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean holdsDate(DateTimeFormatter format) {
    try {
      return LocalDate.from(format.parse(format.format(SAMPLE))).equals(SAMPLE.toLocalDate());
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static Map<String, Located<String>> columns(YamlValue value) {
    Map<String, Located<String>> columns = new LinkedHashMap<>();
    Optional<YamlMapping> mapping =
        value.mapping("a mapping of the schema's columns to names in the header");
    for (YamlMapping.Entry entry : mapping.map(YamlMapping::entries).orElse(List.of())) {
      entry
          .value()
          .text("the column's name in the header, such as `Transaction ID`")
          .ifPresent(name -> columns.put(entry.key().value(), name));
    }
    return columns;
  }
}
