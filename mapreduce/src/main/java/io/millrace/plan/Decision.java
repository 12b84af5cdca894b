package io.millrace.plan;

import java.util.List;

/** What is to happen to a partition, and why. */
public sealed interface Decision {
  /**
   * It is made.
   *
   * @param reason for a person, such as {@code stale: raw/part-0003.csv changed}
   */
  record Run(String reason) implements Decision {}

  /** It stands and is what would be made. */
  record UpToDate() implements Decision {}

  /**
   * It stands and is kept, as what it was made from is gone.
   *
   * @param warnings where the definition has changed since
   */
  record UpToDateSourceGone(List<String> warnings) implements Decision {
    public UpToDateSourceGone {
      warnings = List.copyOf(warnings);
    }
  }

  /** It cannot be made: inputs are missing, at least one. */
  record Blocked(List<MissingInput> missing) implements Decision {
    public Blocked {
      missing = List.copyOf(missing);
    }
  }
}
