package io.millrace.expression.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** All operators and functions, as the binder knows them: what the reference page shows. */
public final class SqlReference {
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^A-Z]+");
  private static final Pattern BETWEEN_SIGNS = Pattern.compile("[a-z, ]+");

  private SqlReference() {}

  /**
   * Functions of one kind, or all operators.
   *
   * @param title of the table
   */
  public record Table(String title, List<Row> rows) {
    public Table {
      rows = List.copyOf(rows);
    }
  }

  /**
   * One function or operator.
   *
   * @param names in upper case; of an operator the words it is written with
   */
  public record Row(List<String> names, Entry entry) {
    public Row {
      names = List.copyOf(names);
    }
  }

  /** In the order of the page. */
  public static List<Table> tables() {
    List<Table> tables = new ArrayList<>();
    tables.add(
        new Table(
            "Operators",
            OperatorEntries.ALL.stream().map(entry -> new Row(words(entry), entry)).toList()));
    for (FunctionRules.Group group : FunctionRules.GROUPS) {
      tables.add(new Table(group.title(), group.rules().stream().map(SqlReference::row).toList()));
    }
    return List.copyOf(tables);
  }

  /** Functions of other engines, and what to write in their place. */
  public static SortedMap<String, String> elsewhere() {
    return new TreeMap<>(Functions.ALIASES);
  }

  private static Row row(FunctionRule rule) {
    return new Row(rule.names().isEmpty() ? words(rule.entry()) : rule.names(), rule.entry());
  }

  /** The words of an operator, or its signs where it has no words. */
  private static List<String> words(Entry entry) {
    List<String> words = split(BETWEEN_WORDS, entry);
    return words.isEmpty() ? split(BETWEEN_SIGNS, entry) : words;
  }

  private static List<String> split(Pattern separator, Entry entry) {
    return separator
        .splitAsStream(entry.usage())
        .filter(word -> !word.isEmpty())
        .distinct()
        .toList();
  }
}
