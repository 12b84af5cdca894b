package io.millrace.warehouse;

import io.millrace.plan.Manifest;
import java.io.IOException;
import java.util.List;

/**
 * How the holder of a unit's lease settles what others have left of the unit, and publishes its
 * own: what depends on how a file system renames folders.
 */
interface Publishing {
  /**
   * Settles a unit.
   *
   * @return whether it is settled; otherwise the lease was lost, or what was made for it
   */
  boolean settle(Staging own) throws IOException;

  /**
   * Puts all data sets into their places.
   *
   * @param manifests of all of the stage's data sets, in the order of publishing
   * @throws IOException where it could not be done
   */
  void publish(Staging own, List<Manifest> manifests) throws IOException;

  /** Finishes or undoes the own publishing that has failed; returns whether all was published. */
  boolean settleOwn(Staging own) throws IOException;

  /** Whether another run has certainly taken over. */
  boolean isTakenOver(Staging own) throws IOException;
}
