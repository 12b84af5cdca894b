package io.millrace.warehouse;

import io.millrace.plan.StageId;
import java.time.LocalDate;

/** What one run works on at a time, and what leases are taken of: a stage on a date. */
public record Unit(StageId stage, LocalDate date) {
  /** The name of its folder below that of the stage. */
  String folder() {
    return Warehouse.dateFolder(date);
  }

  /** As it is printed: {@code partials/card/dt=2026-11-01}. */
  @Override
  public String toString() {
    return stage + "/" + folder();
  }
}
