package io.millrace.pipeline;

import io.millrace.spec.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where a clean record and its features stand side by side, a name may mean one thing only. */
final class ColumnConflicts {
  private ColumnConflicts() {}

  /**
   * Reports groups that have a column of the clean record or of an earlier group; returns whether
   * there are none.
   *
   * @param names of all groups, in the order of the spec
   * @param because what has them stand in one row
   */
  static boolean none(
      Binder binder,
      Cleaning cleaning,
      List<Located<String>> names,
      List<FeatureGroup> groups,
      String because) {
    List<FeatureGroup> earlier = new ArrayList<>();
    boolean none = true;
    for (FeatureGroup group : groups) {
      Optional<String> conflict = JoinedRows.conflict(cleaning.rows(), earlier, group);
      if (conflict.isPresent()) {
        none = false;
        binder.report(
            names.stream()
                .filter(name -> name.value().equals(group.name()))
                .findFirst()
                .orElseThrow()
                .at(),
            "feature group `%s` has the column `%s`, and so %s; with %s they stand in one row, so rename one"
                .formatted(
                    group.name(),
                    conflict.get(),
                    cleaning.rows().has(conflict.get())
                        ? "has a clean record"
                        : "has an earlier group",
                    because));
      }
      earlier.add(group);
    }
    return none;
  }
}
