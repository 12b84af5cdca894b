package io.millrace.warehouse;

import io.millrace.plan.Manifest;
import io.millrace.warehouse.CommitStep.Action;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * Finishes or undoes, for the holder of a unit's lease, what others have left of the unit. They are
 * dead, asleep, or have only asked for the lease: their stagings are moved into the holder's own,
 * out of their reach, before anything else is done. Should the holder die, all that goes with its
 * own staging to whoever takes over.
 */
final class Settler implements Publishing {
  private final Warehouse warehouse;
  private final WarehouseFiles files;
  private final Placement placement;
  private final OrphanedWork orphans;
  private final CommitStep.Listener listener;

  Settler(
      Warehouse warehouse,
      WarehouseFiles files,
      Placement placement,
      OrphanedWork orphans,
      CommitStep.Listener listener) {
    this.warehouse = warehouse;
    this.files = files;
    this.placement = placement;
    this.orphans = orphans;
    this.listener = listener;
  }

  @Override
  public boolean settle(Staging own) throws IOException {
    try {
      listener.before(Action.ENTER);
      files.makeFolder(own.commit().taken());
      for (String holder : files.names(warehouse.stagingRoot())) {
        if (!holder.equals(own.lease().holder())) {
          settle(own, holder);
        }
      }
      return files.exists(own.commit().taken());
    } catch (IOException e) {
      if (files.exists(own.commit().taken())) {
        throw e;
      }
      return false;
    }
  }

  @Override
  public boolean settleOwn(Staging own) throws IOException {
    return placement.settle(own.unit(), own.folder(), own.run());
  }

  @Override
  public void publish(Staging own, List<Manifest> manifests) throws IOException {
    placement.publish(own, manifests);
  }

  @Override
  public boolean isTakenOver(Staging own) throws IOException {
    return !files.exists(own.commit().path());
  }

  private void settle(Staging own, String holder) throws IOException {
    Unit unit = own.unit();
    Path left = warehouse.stagingPath(holder, unit.stage(), unit.date());
    if (!files.exists(left)) {
      files.tidy(left.getParent(), warehouse.stagingRoot());
      return;
    }
    // one that was taken over while it slept ends nobody's jobs
    files.requireExists(own.commit().taken());
    // where a manifest cannot be read, nothing is moved: it would be moved deeper with each try
    for (String dataSet : unit.stage().dataSets()) {
      warehouse.standing(dataSet, unit.date());
    }
    orphans.end(HolderName.run(holder), unit);
    Path taken = new Path(own.commit().taken(), holder);
    listener.before(Action.TAKE_STAGING, holder);
    try {
      files.rename(left, taken);
    } catch (IOException e) {
      if (files.exists(left)) {
        throw e;
      }
      // it has ended meanwhile, or somebody else has taken it
      files.requireExists(own.commit().taken());
      return;
    }
    settle(unit, taken, holder);
  }

  private void settle(Unit unit, Path taken, String holder) throws IOException {
    Path nested = CommitFolder.of(taken).taken();
    for (String other : files.names(nested)) {
      settle(unit, new Path(nested, other), other);
    }
    placement.settle(unit, taken, HolderName.run(holder));
    listener.before(Action.DELETE_TAKEN, holder);
    files.deleteTree(taken);
    files.tidy(warehouse.stagingPath(holder, unit.stage()), warehouse.stagingRoot());
  }
}
