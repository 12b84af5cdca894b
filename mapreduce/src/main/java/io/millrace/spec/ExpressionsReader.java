package io.millrace.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads mappings of names to SQL. */
final class ExpressionsReader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private ExpressionsReader() {}

  static List<NamedExpression> read(YamlValue value, String example) {
    List<NamedExpression> expressions = new ArrayList<>();
    Optional<YamlMapping> mapping =
        value.mapping("a mapping of names to SQL such as `" + example + "`");
    mapping.ifPresent(found -> read(found, expressions));
    return expressions;
  }

  private static void read(YamlMapping mapping, List<NamedExpression> expressions) {
    for (YamlMapping.Entry entry : mapping.entries()) {
      if (isTornAtComma(mapping, entry)) {
        mapping.problem(
            entry.key().at(),
            "inside `{…}` a comma ends an entry, so `"
                + entry.key().value()
                + "` was read as a name; put the SQL that has the comma into quotes, or write"
                + " one `name: SQL` a line");
        continue;
      }
      checkName(mapping, entry.key());
      sql(entry.value()).ifPresent(sql -> expressions.add(new NamedExpression(entry.key(), sql)));
    }
  }

  /** SQL without the white space after it. */
  static Optional<Located<String>> sql(YamlValue value) {
    String expected = "SQL";
    Optional<Located<String>> text =
        value.words(value.isList() ? "SQL; put a text that starts with `[` into quotes" : expected);
    if (text.isPresent() && text.get().value().isBlank()) {
      value.mismatch(expected);
      return Optional.empty();
    }
    return text.map(sql -> new Located<>(sql.value().stripTrailing(), sql.at(), sql.characters()));
  }

  /** Reports a name that is no identifier of SQL and Avro. */
  static void checkName(YamlMapping mapping, Located<String> name) {
    if (!NAME.matcher(name.value()).matches()) {
      mapping.problem(
          name.at(),
          "`"
              + name.value()
              + "` cannot be a name; use letters, digits and `_`, and no digit first"
              + proposal(name.value()));
    }
  }

  private static String proposal(String name) {
    String proposal = name.strip().replaceAll("[^A-Za-z0-9_]", "_");
    return NAME.matcher(proposal).matches() && proposal.matches(".*[A-Za-z].*")
        ? ": `" + proposal + "`"
        : "";
  }

  private static boolean isTornAtComma(YamlMapping mapping, YamlMapping.Entry entry) {
    return mapping.flow() && entry.value().isAbsent() && !entry.equals(mapping.entries().get(0));
  }
}
