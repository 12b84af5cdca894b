package io.millrace.warehouse;

import io.millrace.plan.StageId;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** The leases of a warehouse, to look at. */
public final class Leases {
  private final LeaseLook leases;
  private final Predicate<RunningProcess> isGone;

  public Leases(Warehouse warehouse) throws IOException {
    this(warehouse, RunningProcess::isGone);
  }

  Leases(Warehouse warehouse, Predicate<RunningProcess> isGone) throws IOException {
    leases = LeaseLook.of(warehouse, new WarehouseFiles(warehouse));
    this.isGone = isGone;
  }

  /** Who works on any date of some stages now. Costs a listing a stage, and some calls a lease. */
  public List<LeaseHolder> holders(Collection<StageId> stages) throws IOException {
    return leases.all(stages).stream()
        .map(
            found -> found.asHolder(found.holder().map(Holder::process).filter(isGone).isPresent()))
        .toList();
  }
}
