package io.millrace.warehouse.protocol;

import java.util.List;

/**
 * Where a run stands: the call to the file system that it makes next, and what it remembers for it.
 * Steps are values; a run is asleep, or dead, for as long as nobody takes its step.
 */
interface Step {
  /** What a run is doing. */
  enum Phase {
    /** It does not hold the lease. */
    TAKING,
    /** It holds the lease and takes over the ground. */
    SETTLING,
    /** All who came before are fenced; the work is its own. */
    WORKING,
    /** It is done with the unit. */
    LEAVING,
    ENDED
  }

  /** How a run ends. */
  enum End implements Step {
    DONE,
    /** Another run held the lease for too long. */
    WAITED,
    /** Another run has taken it over. */
    LOST,
    /** A call failed, and so did what was to mend it. */
    STUCK,
    /** Killed. */
    DEAD;

    @Override
    public Phase phase() {
      return Phase.ENDED;
    }

    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      return List.of();
    }

    @Override
    public Step failed() {
      return this;
    }
  }

  /** A record's own hash is the same for steps that remember the same. */
  static int hash(Step step) {
    return step.getClass().getName().hashCode() * 31 + step.hashCode();
  }

  Phase phase();

  /** All that can come of the call; several where the run has a choice. The first is the usual. */
  List<Move> moves(Actor me, FileTree tree);

  /** What comes next where the file system refuses: it is full, in safe mode, cannot be reached. */
  Step failed();
}
