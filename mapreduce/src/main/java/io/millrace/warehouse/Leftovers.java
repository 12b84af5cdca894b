package io.millrace.warehouse;

import io.millrace.plan.StageId;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.hadoop.fs.Path;

/** Finds what runs have left of units, be they at work or dead. */
final class Leftovers {
  private final Warehouse warehouse;
  private final WarehouseFiles files;

  Leftovers(Warehouse warehouse, WarehouseFiles files) {
    this.warehouse = warehouse;
    this.files = files;
  }

  /**
   * The units of some stages of which a lease or a staging exists. Empty folders are deleted on the
   * way.
   */
  List<Unit> units(Collection<StageId> stages) throws IOException {
    Set<String> found = new TreeSet<>();
    List<Unit> units = new java.util.ArrayList<>();
    Predicate<Unit> isNew = unit -> found.add(unit.toString());
    List<String> holders = files.names(warehouse.stagingRoot());
    boolean hasLeases = !files.names(warehouse.leaseRoot()).isEmpty();
    for (StageId stage : stages) {
      if (hasLeases) {
        dates(warehouse.leasePath(stage), warehouse.leaseRoot(), stage).stream()
            .filter(isNew)
            .forEach(units::add);
      }
      for (String holder : holders) {
        dates(warehouse.stagingPath(holder, stage), warehouse.stagingRoot(), stage).stream()
            .filter(isNew)
            .forEach(units::add);
      }
    }
    return units;
  }

  private List<Unit> dates(Path folder, Path root, StageId stage) throws IOException {
    List<String> names = files.names(folder);
    if (names.isEmpty()) {
      files.tidy(folder, root);
    }
    return names.stream()
        .flatMap(name -> Warehouse.date(name).stream())
        .map(date -> new Unit(stage, date))
        .toList();
  }
}
