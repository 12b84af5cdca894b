package io.millrace.job.train.trees;

/** What the task that grows trees counts. */
public enum TreesCounter {
  /** Rounds that this job has grown; not those before it, which it went on from. */
  ROUNDS("train_trees_rounds_total");

  public static final String GROUP = "millrace";

  private final String counterName;

  TreesCounter(String counterName) {
    this.counterName = counterName;
  }

  public String counterName() {
    return counterName;
  }
}
