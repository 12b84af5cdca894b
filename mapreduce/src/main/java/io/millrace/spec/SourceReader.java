package io.millrace.spec;

import io.millrace.spec.SourceSpec.Landed;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code source}. */
final class SourceReader {
  private static final String CSV = "csv";
  private static final Pattern FLAG = Pattern.compile("(?!\\.\\.?$)[_.][A-Za-z0-9._-]*");
  private static final Duration STANDARD_QUIET = Duration.ofMinutes(10);
  private static final Duration LONGEST_QUIET = Duration.ofDays(1);
  private static final LocalDate SOME_DAY = LocalDate.of(2026, 1, 30);

  static final Key<Located<String>> PATH =
      Key.required("path", "path: /landing/dt=${date}", SourceReader::path)
          .takes("path, with `${date}`")
          .means(
              "input of a date: a folder, a file, or a pattern such as `/landing/${date}/*.csv`");
  static final Key<String> FORMAT =
      Key.optional("format", SourceReader::format)
          .takes("`csv`")
          .byDefault(CSV, "`csv`")
          .means("how the bytes are laid out");
  static final Key<FormatSpec> OPTIONS =
      Key.optional("options", CsvReader::read)
          .takes("mapping")
          .byDefault(CsvReader.defaults(), "see there")
          .means("[details of the format](#sourceoptions)");
  static final Key<Located<String>> SCHEMA =
      Key.required(
              "schema",
              "schema: transaction.avsc",
              value -> value.text("the path of an Avro schema such as `transaction.avsc`"))
          .takes("path of an Avro schema (`.avsc`)")
          .means("the columns, their types and defaults");
  static final Key<Located<String>> EVENT_TIME =
      Key.optional(
              "event_time",
              value -> value.text("the name of the column that says when a record happened"))
          .takes("column")
          .without("*required* for `features`, `lateness` in days and `deduplicate: {by: …}`")
          .means("date or timestamp of when a record happened; may be derived (`clean.derive`)");
  static final Key<LocalDate> FROM =
      Key.required("from", "from: 2026-01-01", ScalarReader::date)
          .takes("date")
          .means("the first date; before it, history is empty");
  static final Key<SourceSpec.Missing> MISSING =
      Key.optional("missing", value -> ScalarReader.constant(value, SourceSpec.Missing.class))
          .takes(ScalarReader.words(SourceSpec.Missing.class))
          .byDefault(SourceSpec.Missing.FAIL, "`fail`")
          .means(
              "what a date without input means: an error (try again later), or a day without"
                  + " records");
  static final Key<SourceSpec.Lateness> LATENESS =
      Key.optional("lateness", SourceReader::lateness)
          .takes("days or `none`")
          .byDefault(new SourceSpec.Lateness.Unlimited(), "`none`")
          .means(
              "records that happened more than so many days before their date are quarantined"
                  + " (`none`: however long before); on `from` itself any earlier day is taken;"
                  + " what happened after its date is quarantined always");
  static final Key<Located<String>> DONE_FLAG =
      Key.optional("done_flag", SourceReader::doneFlag)
          .takes("name of a file, `_` or `.` first")
          .without("`settle` counts")
          .means(
              "the input of a date has landed when its folder holds this file, which its producer"
                  + " writes last; who waits for input goes by it, what is made does not depend on"
                  + " it");
  static final Key<Duration> SETTLE =
      Key.optional("settle", value -> DurationReader.read(value, Duration.ZERO, LONGEST_QUIET))
          .takes("duration, up to `1d`")
          .byDefault(STANDARD_QUIET, "`10m`")
          .means(
              "without `done_flag`: the input of a date has landed when it has files, and none of"
                  + " them has changed for so long");

  static final Section SOURCE =
      Section.of(
          "source",
          PATH,
          FORMAT,
          OPTIONS,
          SCHEMA,
          EVENT_TIME,
          FROM,
          MISSING,
          LATENESS,
          DONE_FLAG,
          SETTLE);

  /** Formats that are planned. */
  private static final Set<String> LATER =
      Set.of("avro", "json", "jsonl", "ndjson", "orc", "parquet", "sequence", "text", "tsv");

  private SourceReader() {}

  static Optional<SourceSpec> read(YamlValue value) {
    return value.section(SOURCE).map(SourceReader::read);
  }

  private static SourceSpec read(YamlSection source) {
    source.get(FORMAT);
    Located<String> path = source.text(PATH);
    Optional<Located<String>> flag = source.find(DONE_FLAG);
    SourceSpec spec =
        new SourceSpec(
            path,
            source.get(OPTIONS),
            source.text(SCHEMA),
            source.find(EVENT_TIME),
            source.find(FROM).orElse(LocalDate.EPOCH),
            source.get(MISSING),
            source.get(LATENESS),
            landed(source, flag));
    if (flag.isPresent() && !path.value().isEmpty()) {
      checkFolder(source, spec, flag.get());
    }
    return spec;
  }

  private static Landed landed(YamlSection source, Optional<Located<String>> flag) {
    Duration quiet = source.get(SETTLE);
    if (flag.isEmpty()) {
      return new Landed.Settled(quiet);
    }
    source
        .value(SETTLE)
        .ifPresent(
            value ->
                source.problem(
                    value.name(),
                    "`source.settle` says how long to wait where no file tells that the input is"
                        + " all there, and `source.done_flag` names one; keep one of the two"));
    return new Landed.DoneFlag(flag.get().value());
  }

  /** A flag in a folder of several dates would stand for all of them. */
  private static void checkFolder(YamlSection source, SourceSpec spec, Located<String> flag) {
    String folder = spec.folder(SOME_DAY);
    if (folder.equals(spec.folder(SOME_DAY.plusDays(1)))) {
      source.problem(
          flag.at(),
          "`source.done_flag` is looked for in a folder of the date, and `source.path` has its files"
              + " of several dates in `"
              + folder
              + "`; write a path with the date before the first pattern, such as"
              + " `/landing/${date}/*.csv`, or leave `done_flag` out, and files count when they have"
              + " settled");
    }
  }

  private static Optional<Located<String>> doneFlag(YamlValue value) {
    String expected =
        "the name of a file that is not read as input, so one that begins with `_` or `.`, such as"
            + " `_SUCCESS`";
    Optional<Located<String>> name = value.text(expected);
    if (name.isPresent() && !FLAG.matcher(name.get().value()).matches()) {
      value.mismatch(expected);
      return Optional.empty();
    }
    return name;
  }

  private static Optional<Located<String>> path(YamlValue value) {
    Optional<Located<String>> path = value.datedText("a path such as `/landing/dt=${date}`");
    try {
      path.ifPresent(text -> DatePattern.of(text.value()));
    } catch (IllegalArgumentException e) {
      value.problem("`" + value.path() + "`: " + e.getMessage());
      return Optional.empty();
    }
    return path;
  }

  private static Optional<String> format(YamlValue value) {
    Optional<String> format = value.text("`csv`").map(Located::value);
    if (format.isEmpty() || format.get().equals(CSV)) {
      return format;
    }
    if (LATER.contains(format.get())) {
      value.problem(
          "the format `"
              + format.get()
              + "` is not supported yet by this version; bring the input as `csv`"
              + (format.get().equals("tsv") ? " with `options: {separator: tab}`" : ""));
    } else {
      value.mismatch("`csv`");
    }
    return Optional.empty();
  }

  private static Optional<SourceSpec.Lateness> lateness(YamlValue value) {
    Optional<String> text =
        value.text("a number of days such as `3d`, or `none`").map(Located::value);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.get().equals("none")) {
      return Optional.of(new SourceSpec.Lateness.Unlimited());
    }
    return ScalarReader.days(value, 0).map(SourceSpec.Lateness.Days::new);
  }
}
