package io.millrace.warehouse;

/**
 * A call to the file system that changes something, on the way from a lease to published partitions
 * or back.
 *
 * @param about the data set or the run that it is about; empty where it is the unit as a whole
 */
public record CommitStep(Action action, String about) {
  /** What is done, in the order in which it usually is. */
  public enum Action {
    /** The run's staging is made, with what is going to be the lease. */
    MAKE_STAGING,
    /** The run's own file goes into that. */
    WRITE_HOLDER,
    /** The folder for the leases of the stage is made. */
    MAKE_LEASES,
    /** The lease is taken. */
    TAKE,
    /** The folder of a lease that was given up is deleted. */
    DELETE_EMPTY_LEASE,
    /** The run's own file goes into the folder of a dead holder. */
    WRITE_CLAIM,
    /** The dead holder's lease is taken over. */
    TAKE_OVER,
    /** The folder for the work of dead runs is made. */
    ENTER,
    /** A dead run's staging goes out of that run's reach. */
    TAKE_STAGING,
    /** A partition that a dead run had published beside its main one goes back. */
    MOVE_NEW_BACK,
    /** A partition that a dead run had replaced goes back to its place. */
    MOVE_OLD_BACK,
    /** What is left of a dead run is deleted. */
    DELETE_TAKEN,
    /** The folders of the data sets are made. */
    MAKE_PLACES,
    /** What the job has made goes out of the reach of jobs. */
    FENCE,
    /** The manifest goes into the staged folder. */
    WRITE_MANIFEST,
    /** A folder for partitions that are replaced is made. */
    MAKE_REPLACED,
    /** The old partition goes out of its place. */
    MOVE_OLD_AWAY,
    /** The staged folder goes to its place. */
    MOVE_NEW_IN,
    /** The lease is given up. */
    RELEASE,
    /** The run's staging is deleted, with the partitions that were replaced. */
    DELETE_STAGING
  }

  /** Told of each step before it is taken; may throw to stop there. */
  @FunctionalInterface
  public interface Listener {
    void before(CommitStep step);

    /** Tells of a step that is about the unit as a whole. */
    default void before(Action action) {
      before(new CommitStep(action, ""));
    }

    /** Tells of a step. */
    default void before(Action action, String about) {
      before(new CommitStep(action, about));
    }
  }

  @Override
  public String toString() {
    return about.isEmpty() ? action.toString() : action + " " + about;
  }
}
