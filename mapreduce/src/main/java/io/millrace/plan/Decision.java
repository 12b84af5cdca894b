package io.millrace.plan;

import java.util.List;

/** What is to happen to a partition, and why. */
public sealed interface Decision {
  /** It is made. */
  record Run(Reason reason) implements Decision {}

  /** It stands and is what would be made. */
  record UpToDate() implements Decision {}

  /**
   * It stands and is kept, as what it was made from is gone.
   *
   * @param changes of the definition since then, which it will never follow
   */
  record UpToDateSourceGone(List<Change> changes) implements Decision {
    public UpToDateSourceGone {
      changes = List.copyOf(changes);
    }

    /** What a person should know of it; nothing where nothing has changed. */
    public List<String> warnings() {
      return changes.isEmpty()
          ? List.of()
          : List.of(
              "kept as it is, for what it was made from is gone; since then: "
                  + Reason.summary(changes, Change::shortText));
    }
  }

  /**
   * It is not needed: nobody is going to read it.
   *
   * @param reason for a person
   */
  record LeftOut(String reason) implements Decision {}

  /**
   * Whether it is needed will be known when its inputs are there, which are made first.
   *
   * @param condition for a person
   */
  record Open(String condition) implements Decision {}

  /** It cannot be made: inputs are missing, at least one. */
  record Blocked(List<MissingInput> missing) implements Decision {
    public Blocked {
      missing = List.copyOf(missing);
    }
  }
}
