package io.millrace.warehouse;

import java.io.IOException;
import java.util.Optional;

/** Takes leases for a run, free ones and those of dead runs, and gives them up. */
interface LeaseTaking {
  /** What came of asking for a lease. */
  sealed interface Answer {
    /** It is ours. */
    record Taken(Lease lease) implements Answer {}

    /** Somebody holds it who may be alive. */
    record Held(LeaseFiles.Found by) implements Answer {}
  }

  /**
   * Asks for a lease once.
   *
   * @param name of the holder that the run would be
   * @param silence what was seen of the lease so far
   */
  Answer ask(Unit unit, String name, Silence silence) throws IOException;

  /** Who holds a lease, if anybody. */
  Optional<LeaseFiles.Found> holder(Unit unit) throws IOException;

  /** Gives a lease up; where it was lost, nothing happens to that of its new holder. */
  void release(Lease lease) throws IOException;
}
