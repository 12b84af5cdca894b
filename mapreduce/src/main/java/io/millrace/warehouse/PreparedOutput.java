package io.millrace.warehouse;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * Output that the job of one unit has made for another unit of the same run. It lies in the staging
 * area of the other one, where only a run that takes that unit's lease finds it, at its first try.
 * It is worth nothing to anybody else: who settles the unit meanwhile deletes it, and the unit is
 * made in the ordinary way.
 */
public final class PreparedOutput {
  private final Warehouse warehouse;
  private final WarehouseFiles files;

  public PreparedOutput(Warehouse warehouse) throws IOException {
    this.warehouse = warehouse;
    files = new WarehouseFiles(warehouse);
  }

  /** Moves a folder of a run to where the unit finds it, in place of what was prepared before. */
  public void put(Path folder, String run, Unit unit) throws IOException {
    Path place = place(warehouse.stagingPath(run, unit.stage(), unit.date()));
    files.deleteTree(place);
    files.makeFolders(place.getParent());
    files.rename(folder, place);
  }

  /** What was prepared for the holder of a unit's lease. */
  public Optional<Path> find(Staging staging) throws IOException {
    Path place = place(staging.folder());
    return files.exists(place) ? Optional.of(place) : Optional.empty();
  }

  /** Makes what was prepared the output of the unit, which has none yet. */
  public void takeOver(Staging staging) throws IOException {
    files.rename(place(staging.folder()), staging.output());
  }

  /** Deletes what was prepared for a unit, if anything was. */
  public void discard(String run, Unit unit) throws IOException {
    Path place = place(warehouse.stagingPath(run, unit.stage(), unit.date()));
    if (files.exists(place)) {
      files.delete(place, warehouse.stagingRoot());
    }
  }

  private static Path place(Path staging) {
    return new Path(staging, "prepared");
  }
}
