package io.millrace.expression.sql;

import java.util.ArrayList;
import java.util.List;

/** All operators and functions, as the binder knows them: what the reference page shows. */
public final class SqlReference {
  private SqlReference() {}

  /**
   * Functions of one kind, or all operators.
   *
   * @param title of the table
   */
  public record Table(String title, List<Entry> entries) {
    public Table {
      entries = List.copyOf(entries);
    }
  }

  /** In the order of the page. */
  public static List<Table> tables() {
    List<Table> tables = new ArrayList<>();
    tables.add(new Table("Operators", OperatorEntries.ALL));
    for (FunctionRules.Group group : FunctionRules.GROUPS) {
      tables.add(
          new Table(group.title(), group.rules().stream().map(FunctionRule::entry).toList()));
    }
    return List.copyOf(tables);
  }
}
