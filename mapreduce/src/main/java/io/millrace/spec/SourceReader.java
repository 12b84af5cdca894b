package io.millrace.spec;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/** Reads {@code source}. */
final class SourceReader {
  private static final String CSV = "csv";

  /** Formats that are planned. */
  private static final Set<String> LATER =
      Set.of("avro", "json", "jsonl", "ndjson", "orc", "parquet", "sequence", "text", "tsv");

  private SourceReader() {}

  static Optional<SourceSpec> read(YamlValue value) {
    return value.section(Section.SOURCE).map(SourceReader::read);
  }

  private static SourceSpec read(YamlSection source) {
    Located<String> path =
        source.value("path").flatMap(SourceReader::path).orElse(source.nothing());
    source.value("format").ifPresent(SourceReader::checkFormat);
    return new SourceSpec(
        path,
        source.value("options").flatMap(CsvReader::read).orElse(CsvReader.defaults()),
        source
            .value("schema")
            .flatMap(value -> value.text("the path of an Avro schema such as `transaction.avsc`"))
            .orElse(source.nothing()),
        source
            .value("event_time")
            .flatMap(
                value -> value.text("the name of the column that says when a record happened")),
        source.value("from").flatMap(ScalarReader::date).orElse(LocalDate.EPOCH),
        source
            .value("missing")
            .flatMap(value -> ScalarReader.constant(value, SourceSpec.Missing.class))
            .orElse(SourceSpec.Missing.FAIL),
        source
            .value("lateness")
            .flatMap(SourceReader::lateness)
            .orElse(new SourceSpec.Lateness.Unlimited()));
  }

  private static Optional<Located<String>> path(YamlValue value) {
    Optional<Located<String>> path = value.datedText("a path such as `/landing/dt=${date}`");
    try {
      path.ifPresent(text -> DatePattern.of(text.value()));
    } catch (IllegalArgumentException e) {
      value.problem("`" + value.path() + "`: " + e.getMessage());
    }
    return path;
  }

  private static void checkFormat(YamlValue value) {
    Optional<String> format = value.text("`csv`").map(Located::value);
    if (format.isEmpty() || format.get().equals(CSV)) {
      return;
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
