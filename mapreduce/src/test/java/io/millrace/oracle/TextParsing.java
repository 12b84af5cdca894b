package io.millrace.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** SQL that makes a value of a CSV field's text: NULL where the text is none of the type. */
final class TextParsing {
  private static final String ISO =
      "[0-9]{4}-[0-9]{2}-[0-9]{2}[ Tt][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?";
  private static final String OFFSET = "(Z|z|[+-][0-9]{2}(:?[0-9]{2})?)";

  /** Letters of the spec's patterns and what strptime calls them; longer ones first. */
  private static final List<Map.Entry<String, String>> LETTERS =
      List.of(
          Map.entry("yyyy", "%Y"),
          Map.entry("SSS", "%g"),
          Map.entry("MM", "%m"),
          Map.entry("dd", "%d"),
          Map.entry("HH", "%H"),
          Map.entry("mm", "%M"),
          Map.entry("ss", "%S"));

  private final List<String> timestamps;

  TextParsing(List<String> timestamps) {
    this.timestamps = timestamps;
  }

  /** The value of a trimmed text that is not NULL. */
  String value(SchemaText.Field field, String text) {
    String type = field.type();
    if (type.startsWith("DECIMAL")) {
      String scale = type.replaceAll(".*, (\\d+)\\)", "$1");
      return matched(text, "[+-]?([0-9]+\\.?|[0-9]*\\.)[0-9]{0," + scale + "}0*", type)
          .replace("THEN", "AND regexp_matches(" + text + ", '[0-9]') THEN");
    }
    return switch (type) {
      case "VARCHAR" -> text;
      case "INTEGER", "BIGINT" -> matched(text, "[+-]?[0-9]+", type);
      // arithmetic on REAL is DOUBLE
      case "FLOAT" -> "CAST(" + floating(text, type) + " AS DOUBLE)";
      case "DOUBLE" -> floating(text, type);
      case "BOOLEAN" ->
          ("CASE WHEN lower(%1$s) IN ('true', 't', 'yes', 'y', '1') THEN TRUE"
                  + " WHEN lower(%1$s) IN ('false', 'f', 'no', 'n', '0') THEN FALSE END")
              .formatted(text);
      case "DATE" -> matched(text, "[0-9]{4}-[0-9]{2}-[0-9]{2}", type);
      case "TIMESTAMPTZ" -> "date_trunc('%s', %s)".formatted(field.unit(), instant(text));
      default -> throw new IllegalArgumentException("Cannot parse " + type);
    };
  }

  private static String matched(String text, String pattern, String type) {
    return "CASE WHEN regexp_full_match(%s, '%s') THEN TRY_CAST(%s AS %s) END"
        .formatted(text, pattern, text, type);
  }

  /** Zero has no sign, and what is beyond the range is no number. */
  private static String floating(String text, String type) {
    String value = matched(text, "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?", type);
    return "CASE WHEN isfinite(%1$s) THEN CASE WHEN (%1$s) = 0 THEN 0 ELSE %1$s END END"
        .formatted(value);
  }

  private String instant(String text) {
    if (timestamps.isEmpty()) {
      return "CASE WHEN regexp_full_match(%1$s, '%2$s') THEN at_local(TRY_CAST(%1$s AS TIMESTAMP))"
              .formatted(text, ISO)
          + " WHEN regexp_full_match(%1$s, '%2$s%3$s') THEN TRY_CAST(%1$s AS TIMESTAMPTZ) END"
              .formatted(text, ISO, OFFSET);
    }
    List<String> tries = new ArrayList<>();
    for (String pattern : timestamps) {
      tries.add(
          switch (pattern) {
            case "epoch_seconds" -> epoch(text, 1_000_000);
            case "epoch_millis" -> epoch(text, 1_000);
            default ->
                "at_local(try_strptime(%s, %s))".formatted(text, Dialect.quoted(strptime(pattern)));
          });
    }
    return "COALESCE(" + String.join(", ", tries) + ")";
  }

  private static String epoch(String text, int micros) {
    return "make_timestamptz(%s * %d)".formatted(matched(text, "-?[0-9]+", "BIGINT"), micros);
  }

  private static String strptime(String pattern) {
    String result = pattern;
    for (Map.Entry<String, String> letters : LETTERS) {
      result = result.replace(letters.getKey(), letters.getValue());
    }
    return result;
  }
}
