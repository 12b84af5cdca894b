package io.millrace.warehouse;

/**
 * A call to the file system on the way from staged output to published partitions, or back.
 *
 * @param dataSet the data set that it is about, or empty for the stage as a whole
 */
public record CommitStep(Action action, String dataSet) {
  /** What is done. */
  public enum Action {
    /** The manifest goes into the staged folder. */
    WRITE_MANIFEST,
    /** The old partition goes to the trash. */
    MOVE_OLD_AWAY,
    /** The staged folder goes to its place. */
    MOVE_NEW_IN,
    /** The replaced partitions are deleted. */
    DELETE_TRASH,
    /** What is left of the work is deleted. */
    DELETE_STAGING,
    /** A dead run's staging goes out of that run's reach. */
    TAKE_STAGING,
    /** A dead run's trash goes out of that run's reach. */
    TAKE_TRASH,
    /** A partition that a dead run had published beside its main one goes back to its staging. */
    MOVE_NEW_BACK,
    /** A partition that a dead run had replaced goes back to its place. */
    MOVE_OLD_BACK
  }

  /** Told of each step before it is taken; may throw to stop there. */
  @FunctionalInterface
  public interface Listener {
    void before(CommitStep step);
  }

  @Override
  public String toString() {
    return dataSet.isEmpty() ? action.toString() : action + " " + dataSet;
  }
}
