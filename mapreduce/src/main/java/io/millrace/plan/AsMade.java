package io.millrace.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Definitions by which a partition that stands may have been made, and which are as good as the one
 * by which it would be made now.
 */
final class AsMade {
  private AsMade() {}

  /** The other definition that there is, if any. */
  static Optional<StageOutline> of(PipelineOutline pipeline, StageOutline now, Manifest made) {
    Set<String> late = lateColumns(now, made);
    Optional<StageOutline> then =
        late.isEmpty()
            ? pipeline.versions().flatMap(models -> models.asMade(now, made))
            : Optional.of(CleanOutline.without(now, late));
    return then.filter(other -> !other.equals(now));
  }

  /**
   * Columns that were added since: where the date's files do not have them, its records are what
   * they were, and the columns read as their defaults.
   */
  private static Set<String> lateColumns(StageOutline now, Manifest made) {
    List<String> ignored = made.ignoredColumns();
    Set<String> late = new TreeSet<>();
    if (ignored != null) {
      now.lateColumns()
          .forEach(
              (column, names) -> {
                if (!made.definition().columns().containsKey(column)
                    && ignored.stream().noneMatch(name -> names.contains(name))) {
                  late.add(column);
                }
              });
    }
    return late;
  }
}
