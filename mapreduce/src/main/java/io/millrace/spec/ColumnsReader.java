package io.millrace.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one column's name, or a list of them. */
final class ColumnsReader {
  private ColumnsReader() {}

  static List<Located<String>> atLeastOne(YamlValue value) {
    if (value.items().isEmpty()) {
      value.problem("`" + value.path() + "` is an empty list; name at least one column");
    }
    return read(value);
  }

  /** Each column once; a comma or space shows that the brackets of a list were forgotten. */
  static List<Located<String>> read(YamlValue value) {
    List<Located<String>> columns = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (YamlValue item : value.items()) {
      Optional<Located<String>> column = item.text("the name of a column, or a list of names");
      if (column.isEmpty()) {
        continue;
      }
      String name = column.get().value();
      if (!value.isList() && name.contains(",")) {
        item.problem("`" + value.path() + "` is `" + name + "`; write a list: `[" + name + "]`");
      } else if (!seen.add(name)) {
        item.problem(
            "the column `" + name + "` stands twice in `" + value.path() + "`; keep one of them");
      }
      columns.add(column.get());
    }
    return columns;
  }
}
