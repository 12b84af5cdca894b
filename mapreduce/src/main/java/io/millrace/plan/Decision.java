package io.millrace.plan;

import java.util.List;
import java.util.Optional;

/** What is to happen to a partition, and why. */
public sealed interface Decision {
  /** Why it is so; empty where there is nothing to say. */
  Optional<Reason> reason();

  /** It is made. */
  record Run(Reason why) implements Decision {
    @Override
    public Optional<Reason> reason() {
      return Optional.of(why);
    }
  }

  /** It stands and is what would be made. */
  record UpToDate() implements Decision {
    @Override
    public Optional<Reason> reason() {
      return Optional.empty();
    }
  }

  /**
   * It stands and is kept, as what it was made from is gone.
   *
   * @param changes of the definition since then, which it will never follow
   */
  record UpToDateSourceGone(List<Change> changes) implements Decision {
    public UpToDateSourceGone {
      changes = List.copyOf(changes);
    }

    @Override
    public Optional<Reason> reason() {
      return changes.isEmpty()
          ? Optional.empty()
          : Optional.of(new Reason(Reason.Kind.SOURCE_GONE, changes, List.of()));
    }
  }

  /**
   * It is not needed: nobody is going to read it.
   *
   * @param text why, for a person
   */
  record LeftOut(String text) implements Decision {
    @Override
    public Optional<Reason> reason() {
      return Optional.of(Reason.of(Reason.Kind.LEFT_OUT, text));
    }
  }

  /**
   * Whether it is needed will be known when its inputs are there, which are made first.
   *
   * @param condition for a person
   */
  record Open(String condition) implements Decision {
    @Override
    public Optional<Reason> reason() {
      return Optional.of(Reason.of(Reason.Kind.OPEN, condition));
    }
  }

  /** It cannot be made: inputs are missing, at least one. */
  record Blocked(List<MissingInput> missing) implements Decision {
    public Blocked {
      missing = List.copyOf(missing);
    }

    @Override
    public Optional<Reason> reason() {
      // why they are stale is told of where they are
      List<MissingInput> briefly =
          missing.stream()
              .map(
                  input ->
                      input.why().kind() == Reason.Kind.STALE
                          ? new MissingInput(
                              input.dataSet(), input.date(), Reason.of(Reason.Kind.STALE))
                          : input)
              .toList();
      return Optional.of(new Reason(Reason.Kind.BLOCKED, List.of(), MissingInput.origins(briefly)));
    }
  }
}
