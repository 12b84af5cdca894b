package io.millrace.warehouse;

import io.millrace.plan.Manifest;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * How the data sets of a stage come from a staging into their places, and back: what depends on
 * whether a file system renames folders in one call.
 */
interface Placement {
  /**
   * Puts all data sets into their places, those with the job's output first.
   *
   * @param manifests of all of the stage's data sets, in the order of publishing
   * @throws IOException where it could not be done; {@link #settle} then undoes it, or finds it
   *     done
   */
  void publish(Staging staging, List<Manifest> manifests) throws IOException;

  /**
   * Finishes or undoes what a run has published of a unit, from its staging, which is out of its
   * reach. Can itself die at any step and be done again.
   *
   * @param staging where its staging lies now
   * @param run the run that had worked there
   * @return whether all had been published
   */
  boolean settle(Unit unit, Path staging, String run) throws IOException;
}
