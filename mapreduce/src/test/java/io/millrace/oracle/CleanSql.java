package io.millrace.oracle;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The queries that clean one landing date: lines, fields, values, repairs, derivations, rules,
 * limits of event time. Each step is a query over the one before; a record carries its {@code
 * problem_}, the first rule that it fails.
 */
final class CleanSql {
  private final PipelineText pipeline;
  private final SchemaText schema;
  private final List<String> nulls;
  private final TextParsing parsing;
  private final String separator;
  private final String quote;

  CleanSql(PipelineText pipeline, SchemaText schema) {
    this.pipeline = pipeline;
    this.schema = schema;
    nulls =
        pipeline.has("source", "options", "nulls")
            ? pipeline.list("source", "options", "nulls")
            : List.of("");
    parsing = new TextParsing(pipeline.list("source", "options", "timestamps"));
    String given = pipeline.textOr(",", "source", "options", "separator");
    separator = given.equals("tab") ? "\t" : given;
    quote = pipeline.textOr("\"", "source", "options", "quote");
  }

  /** Columns of clean rows: the schema's, then the derived ones. */
  List<String> columns() {
    List<String> columns =
        new ArrayList<>(schema.fields().stream().map(SchemaText.Field::name).toList());
    columns.addAll(pipeline.map("clean", "derive").keySet());
    return columns;
  }

  /**
   * All records of a date: {@code file_}, {@code line_}, the columns, {@code event_day_} and {@code
   * problem_}, which is NULL for those that are taken.
   *
   * @param files by their name relative to the input folder
   */
  String checked(LocalDate date, Map<String, Path> files) {
    Map<String, String> steps = new LinkedHashMap<>();
    steps.put("lines", lines(files));
    steps.put(
        "headers", "SELECT file_, " + fields("line_") + " AS header_ FROM lines WHERE n_ = 1");
    steps.put("split", split());
    steps.put("texts", texts());
    steps.put("typed", typed());
    String last = "typed";
    int number = 0;
    for (Map.Entry<String, String> repair : pipeline.map("clean", "repair").entrySet()) {
      SchemaText.Field field = schema.field(repair.getKey());
      String value =
          "CAST(%s AS %s)".formatted(Dialect.expression(repair.getValue()), field.type());
      last = computed(steps, last, "repair", field.name(), value, field, number++);
    }
    for (Map.Entry<String, String> derive : pipeline.map("clean", "derive").entrySet()) {
      String value = Dialect.expression(derive.getValue());
      last = computed(steps, last, "derive", derive.getKey(), value, null, number++);
    }
    for (Map.Entry<String, String> rule : pipeline.map("clean", "rules").entrySet()) {
      steps.put(
          "step" + number,
          "SELECT * REPLACE (COALESCE(problem_, CASE WHEN TRY(%s) THEN NULL ELSE '%s' END) AS problem_) FROM %s"
              .formatted(Dialect.expression(rule.getValue()), rule.getKey(), last));
      last = "step" + number++;
    }
    steps.put("timed", timed(date, last));
    String ctes =
        steps.entrySet().stream()
            .map(step -> step.getKey() + " AS MATERIALIZED (\n" + step.getValue() + ")")
            .collect(Collectors.joining(",\n"));
    return "WITH %s\nSELECT file_, line_, %s, event_day_, problem_ FROM timed"
        .formatted(ctes, names(columns()));
  }

  static String names(List<String> columns) {
    return columns.stream().map(column -> "\"" + column + "\"").collect(Collectors.joining(", "));
  }

  private static String lines(Map<String, Path> files) {
    String each =
        files.entrySet().stream()
            .map(
                file ->
                    "SELECT %s AS file_, content FROM read_text(%s)"
                        .formatted(
                            Dialect.quoted(file.getKey()),
                            Dialect.quoted(file.getValue().toString())))
            .collect(Collectors.joining(" UNION ALL "));
    return """
        SELECT file_, unnest(lines) AS line_, generate_subscripts(lines, 1) AS n_
        FROM (SELECT file_, list_transform(string_split(ltrim(content, chr(65279)), chr(10)),
                lambda each: rtrim(each, chr(13))) AS lines
              FROM (%s))"""
        .formatted(each.isEmpty() ? "SELECT '' AS file_, '' AS content WHERE FALSE" : each);
  }

  /** The fields of a line that is well-formed. */
  private String fields(String line) {
    String s = escaped(separator);
    String q = escaped(quote);
    String field = "(%2$s(?:[^%2$s]|%2$s%2$s)*%2$s[ \\t]*|[^%2$s%1$s]*)%1$s".formatted(s, q);
    return """
        list_transform(regexp_extract_all(%1$s || %2$s, %3$s, 1), lambda each:
          CASE WHEN starts_with(each, %4$s)
          THEN replace(regexp_extract(each, %5$s, 1), %4$s || %4$s, %4$s) ELSE each END)"""
        .formatted(
            line,
            Dialect.quoted(separator),
            Dialect.quoted(field),
            Dialect.quoted(quote),
            Dialect.quoted("^%1$s((?:[^%1$s]|%1$s%1$s)*)%1$s[ \\t]*$".formatted(q)));
  }

  private static String escaped(String sign) {
    return sign.matches("\\w|[ \\t]") ? sign : "\\" + sign;
  }

  /** Whether fields are in quotes that pair, and as many as the header has. */
  private String split() {
    String s = escaped(separator);
    String q = escaped(quote);
    String field = "(?:%2$s(?:[^%2$s]|%2$s%2$s)*%2$s[ \\t]*|[^%2$s%1$s]*)".formatted(s, q);
    String wellFormed = Dialect.quoted("%1$s(?:%2$s%1$s)*".formatted(field, s));
    boolean header = !pipeline.textOr("true", "source", "options", "header").equals("false");
    String lacking =
        schema.fields().stream()
            .filter(column -> column.defaultValue().isEmpty())
            .map(column -> position(column.name()) + " IS NULL")
            .collect(Collectors.joining(" OR "));
    String headerList =
        "["
            + schema.fields().stream()
                .map(column -> Dialect.quoted(header(column.name())))
                .collect(Collectors.joining(", "))
            + "]";
    return """
        SELECT *, CASE WHEN %s THEN 'csv.header'
          WHEN NOT regexp_full_match(line_, %s) THEN 'csv.quote'
          WHEN len(fields_) <> len(header_) THEN 'csv.columns' END AS problem_
        FROM (SELECT file_, line_, %s AS header_, %s AS fields_
              FROM lines JOIN headers USING (file_)
              WHERE n_ > %d AND (line_ <> '' OR len(header_) = 1))"""
        .formatted(
            lacking.isEmpty() ? "FALSE" : lacking,
            wellFormed,
            header ? "list_transform(header_, lambda name: trim(name))" : headerList,
            fields("line_"),
            header ? 1 : 0);
  }

  private String header(String column) {
    return pipeline.textOr(column, "source", "options", "columns", column);
  }

  private String position(String column) {
    return "list_position(header_, %s)".formatted(Dialect.quoted(header(column)));
  }

  /** The text of each column, {@code t_x}, and its place in the line, {@code p_x}. */
  private String texts() {
    String columns =
        schema.fields().stream()
            .map(
                field ->
                    "%2$s AS \"p_%1$s\", fields_[%2$s] AS \"t_%1$s\""
                        .formatted(field.name(), position(field.name())))
            .collect(Collectors.joining(", "));
    return "SELECT file_, line_, problem_, %s FROM split".formatted(columns);
  }

  private String typed() {
    List<String> columns = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (SchemaText.Field field : schema.fields()) {
      String text = "\"t_%s\"".formatted(field.name());
      String trimmed = field.isText() ? text : "trim(%s, ' ' || chr(9))".formatted(text);
      String isNull = isNull(text, trimmed, field.isText());
      String value = parsing.value(field, trimmed);
      columns.add(
          "CASE WHEN \"p_%1$s\" IS NULL THEN %2$s WHEN %3$s THEN NULL ELSE %4$s END AS \"%1$s\""
              .formatted(
                  field.name(),
                  field.defaultValue().isEmpty() ? "NULL" : field.defaultValue(),
                  isNull,
                  value));
      problems.add(
          ("{'place': \"p_%s\", 'rule': CASE WHEN %s THEN %s"
                  + " WHEN (%s) IS NULL THEN 'column.type' END}")
              .formatted(
                  field.name(), isNull, field.nullable() ? "NULL" : "'column.required'", value));
    }
    // the first problem in the order of the file
    return """
        SELECT file_, line_, %s,
          COALESCE(problem_, list_sort(list_filter([%s],
            lambda each: each.place IS NOT NULL AND each.rule IS NOT NULL))[1].rule) AS problem_
        FROM texts"""
        .formatted(String.join(",\n", columns), String.join(",\n", problems));
  }

  private String isNull(String text, String trimmed, boolean isText) {
    String markers =
        "(" + nulls.stream().map(Dialect::quoted).collect(Collectors.joining(", ")) + ")";
    String marked = nulls.isEmpty() ? "FALSE" : text + " IN " + markers;
    return isText
        ? marked
        : "(%s OR %s = ''%s)"
            .formatted(marked, trimmed, nulls.isEmpty() ? "" : " OR " + trimmed + " IN " + markers);
  }

  /** A repair or derivation: fails where it cannot be computed or gives what cannot be stored. */
  private static String computed(
      Map<String, String> steps,
      String from,
      String kind,
      String column,
      String value,
      SchemaText.Field repaired,
      int number) {
    String required = repaired == null || repaired.nullable() ? "" : " OR result_.value IS NULL";
    String problem =
        """
        COALESCE(problem_, CASE WHEN result_ IS NULL OR NOT storable(result_.value)%s
          THEN '%s.%s' END) AS problem_"""
            .formatted(required, kind, column);
    String replaced =
        repaired == null
            ? "SELECT * EXCLUDE (result_) REPLACE (%s), result_.value AS \"%s\""
                .formatted(problem, column)
            : "SELECT * EXCLUDE (result_) REPLACE (%s, result_.value AS \"%s\")"
                .formatted(problem, column);
    String name = "step" + number;
    steps.put(
        name,
        "%s FROM (SELECT *, TRY({'value': %s}) AS result_ FROM %s)"
            .formatted(replaced, value, from));
    return name;
  }

  private String timed(LocalDate date, String from) {
    if (!pipeline.has("source", "event_time")) {
      return "SELECT *, NULL::DATE AS event_day_ FROM " + from;
    }
    String lateness = pipeline.textOr("none", "source", "lateness");
    boolean unlimited = lateness.equals("none") || date.equals(pipeline.from());
    String late =
        unlimited
            ? ""
            : "WHEN event_day_ < DATE '%s' THEN 'time.late'"
                .formatted(date.minusDays(PipelineText.days(lateness)));
    return """
        SELECT * REPLACE (COALESCE(problem_, CASE WHEN event_day_ IS NULL THEN 'time.missing'
          WHEN event_day_ > DATE '%s' THEN 'time.future' %s END) AS problem_)
        FROM (SELECT *, CAST("%s" AS DATE) AS event_day_ FROM %s)"""
        .formatted(date, late, pipeline.text("source", "event_time"), from);
  }

  /**
   * The rows that are kept of those in {@code accepted_}.
   *
   * @param types in SQL, by column
   */
  String deduplicated(LocalDate date, Map<String, String> types) {
    String columns = names(columns());
    if (!pipeline.has("clean", "deduplicate")
        || pipeline.textOr("", "clean", "deduplicate").equals("none")) {
      return "SELECT %s, event_day_ FROM accepted_".formatted(columns);
    }
    if (pipeline.text("clean", "deduplicate").equals("exact")) {
      return "SELECT DISTINCT %s, event_day_ FROM accepted_".formatted(columns);
    }
    String latest = pipeline.text("clean", "deduplicate", "keep").equals("latest") ? "DESC" : "ASC";
    String encodings =
        columns().stream()
            .map(
                column ->
                    AvroOrder.encoding(
                        column,
                        schema.has(column) ? schema.field(column).type() : types.get(column),
                        schema.has(column) ? schema.field(column).unit() : "microseconds"))
            .collect(Collectors.joining(",\n"));
    return """
        SELECT %s, event_day_ FROM accepted_ WHERE %s
        QUALIFY row_number() OVER (PARTITION BY %s ORDER BY "%s" %s, %s) = 1"""
        .formatted(
            columns,
            isNew(date),
            names(pipeline.list("clean", "deduplicate", "by")),
            pipeline.text("source", "event_time"),
            latest,
            encodings);
  }

  /** That no row of the dates before has the key. */
  private String isNew(LocalDate date) {
    int across = pipeline.days("0d", "clean", "deduplicate", "across");
    if (across == 0 || date.equals(pipeline.from())) {
      return "TRUE";
    }
    String sameKey =
        pipeline.list("clean", "deduplicate", "by").stream()
            .map(key -> "earlier.\"%1$s\" IS NOT DISTINCT FROM accepted_.\"%1$s\"".formatted(key))
            .collect(Collectors.joining(" AND "));
    return "NOT EXISTS (SELECT 1 FROM clean_ AS earlier WHERE dt_ >= DATE '%s' AND dt_ < DATE '%s' AND %s)"
        .formatted(date.minusDays(across), date, sameKey);
  }
}
