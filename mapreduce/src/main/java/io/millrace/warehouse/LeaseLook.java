package io.millrace.warehouse;

import io.millrace.plan.StageId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Leases as they lie in a warehouse. */
interface LeaseLook {
  /** As the warehouse's file system has them. */
  static LeaseLook of(Warehouse warehouse, WarehouseFiles files) {
    return switch (warehouse.renaming()) {
      case ATOMIC -> new LeaseFiles(warehouse, files);
      case COPY -> new StoreLeases(warehouse, files);
    };
  }

  /** Who holds a lease, if anybody. */
  Optional<LeaseFiles.Found> look(Unit unit) throws IOException;

  /** All leases of some stages. */
  List<LeaseFiles.Found> all(Collection<StageId> stages) throws IOException;

  /**
   * Gives a sign of life.
   *
   * @throws FileNotFoundException where the lease is no longer the holder's
   */
  void touch(Lease lease, long millis) throws IOException;
}
