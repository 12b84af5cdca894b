package io.millrace.warehouse;

import io.millrace.plan.Manifest;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * {@link Publishing} on object stores. What others have left is settled where it lies: to move it
 * would take long, and stops nobody.
 */
final class StorePublishing implements Publishing {
  private final Warehouse warehouse;
  private final WarehouseFiles files;
  private final CopyPlacement placement;
  private final StoreLeases leases;
  private final OrphanedWork orphans;

  StorePublishing(
      Warehouse warehouse, WarehouseFiles files, StoreLeases leases, OrphanedWork orphans) {
    this.warehouse = warehouse;
    this.files = files;
    this.leases = leases;
    this.orphans = orphans;
    placement = new CopyPlacement(warehouse, files, leases);
  }

  @Override
  public boolean settle(Staging own) throws IOException {
    Unit unit = own.unit();
    for (String holder : files.names(warehouse.stagingRoot())) {
      Path left = warehouse.stagingPath(holder, unit.stage(), unit.date());
      if (!holder.equals(own.lease().holder()) && files.exists(left)) {
        leases.requireHeld(own.lease());
        orphans.end(HolderName.run(holder), unit);
        placement.settle(own.lease(), left);
        leases.requireHeld(own.lease());
        files.delete(left, warehouse.stagingRoot());
      }
    }
    return true;
  }

  @Override
  public void publish(Staging own, List<Manifest> manifests) throws IOException {
    placement.publish(own, manifests);
  }

  @Override
  public boolean settleOwn(Staging own) throws IOException {
    return placement.settle(own.lease(), own.folder());
  }

  @Override
  public boolean isTakenOver(Staging own) throws IOException {
    try {
      leases.requireHeld(own.lease());
      return false;
    } catch (LeaseLostException e) {
      return true;
    }
  }
}
