package io.millrace.model;

import io.millrace.spec.Located;
import io.millrace.spec.Location;
import io.millrace.spec.Problem;
import io.millrace.spec.ScoreSpec;
import io.millrace.spec.ScoreSpec.Missing;
import io.millrace.spec.Spelling;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds what NULL becomes in each column that is fed. */
final class MissingBinder {
  private final ScoreSpec spec;
  private final List<Problem> problems;
  private final Set<String> used = new TreeSet<>();

  MissingBinder(ScoreSpec spec, List<Problem> problems) {
    this.spec = spec;
    this.problems = problems;
  }

  /** Notes that the inputs name a column. */
  void use(String column) {
    used.add(column);
  }

  Optional<Missing> bind(Located<String> column, ElementType element, boolean nullable) {
    Located<Missing> own = spec.missing().get(column.value());
    if (spec.registered().isPresent() && element == ElementType.STRING) {
      return Optional.of(new Missing.EmptyText());
    }
    Missing missing = own == null ? spec.otherwise() : own.value();
    Optional<String> expected = unmet(missing, element);
    if (expected.isEmpty()) {
      return Optional.of(missing);
    }
    if (!nullable && own == null) {
      return Optional.of(new Missing.Reject()); // a default that is never asked for
    }
    Location at = own == null ? column.at() : own.at();
    problems.add(
        new Problem(
            at,
            "NULL in column `%s` would become %s, but the model takes %s there; expected %s under `missing`"
                .formatted(column.value(), describe(missing), element.onnxName(), expected.get())));
    return Optional.empty();
  }

  /** What would be right instead, where NULL cannot become that. */
  private static Optional<String> unmet(Missing missing, ElementType element) {
    if (missing instanceof Missing.Reject || missing instanceof Missing.EmptyText) {
      return Optional.empty();
    }
    boolean right =
        missing instanceof Missing.Value value
            ? holds(element, value.value())
            : element.hasNotANumber();
    return right
        ? Optional.empty()
        : Optional.of(
            switch (element) {
              case FLOAT, DOUBLE -> "a number, `nan` or `reject`";
              case INT64, INT32 -> "a whole number or `reject`";
              case BOOL -> "0, 1 or `reject`";
              case STRING -> "`reject`";
            });
  }

  private static boolean holds(ElementType element, double value) {
    return switch (element) {
      case FLOAT, DOUBLE -> true;
      case INT64 -> value == (long) value && Math.abs(value) < 0x1p63;
      case INT32 -> value == (int) value;
      case BOOL -> value == 0 || value == 1;
      case STRING -> false;
    };
  }

  private static String describe(Missing missing) {
    if (missing instanceof Missing.Value value) {
      return Double.toString(value.value());
    }
    return missing instanceof Missing.NotANumber ? "`nan`" : "`reject`";
  }

  /** Adds a problem for each column that is given a value for NULL but not fed. */
  void checkAllUsed() {
    new TreeMap<>(spec.missing())
        .forEach(
            (column, missing) -> {
              if (!used.contains(column)) {
                problems.add(
                    new Problem(
                        missing.at(),
                        "`missing` names `%s`, which feeds no input of the model%s"
                            .formatted(
                                column,
                                Spelling.nearest(column, used)
                                    .map(near -> "; did you mean `" + near + "`?")
                                    .orElse(""))));
              }
            });
  }
}
