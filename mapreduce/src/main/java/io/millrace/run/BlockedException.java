package io.millrace.run;

import io.millrace.plan.MissingInput;
import io.millrace.plan.Plan;
import java.util.List;
import java.util.stream.Collectors;

/** Stages of a plan cannot run, as inputs of theirs are missing. */
public final class BlockedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Plan plan;
  private final transient List<MissingInput> missing;

  BlockedException(Plan plan, List<MissingInput> missing) {
    super(
        "Inputs are missing: "
            + missing.stream().map(MissingInput::toString).collect(Collectors.joining("; ")));
    this.plan = plan;
    this.missing = List.copyOf(missing);
  }

  public Plan plan() {
    return plan;
  }

  /** Each input once. */
  public List<MissingInput> missing() {
    return missing;
  }
}
