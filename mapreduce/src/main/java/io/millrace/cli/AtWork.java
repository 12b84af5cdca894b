package io.millrace.cli;

import io.millrace.plan.PartitionStatus;
import io.millrace.plan.StageId;
import io.millrace.plan.StatusGrid;
import io.millrace.warehouse.LeaseHolder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is at work on the partitions of a grid. */
final class AtWork {
  private final Map<Key, LeaseHolder> holders = new HashMap<>();

  private record Key(StageId stage, LocalDate date) {}

  AtWork(Collection<LeaseHolder> holders) {
    holders.forEach(holder -> this.holders.put(new Key(holder.stage(), holder.date()), holder));
  }

  /** Whether a partition is being made, as far as one can tell. */
  boolean isOn(PartitionStatus partition) {
    return holder(partition).filter(holder -> !holder.gone()).isPresent();
  }

  private Optional<LeaseHolder> holder(PartitionStatus partition) {
    return Optional.ofNullable(holders.get(new Key(partition.stage(), partition.date())));
  }

  /** Those on the grid, in its order. */
  private List<LeaseHolder> of(StatusGrid grid) {
    return grid.partitions().stream().flatMap(partition -> holder(partition).stream()).toList();
  }

  /** A line for each, none where nobody is at work. */
  List<String> lines(StatusGrid grid) {
    TextTable table = new TextTable("date", "stage", "at work", "since", "run");
    for (LeaseHolder holder : of(grid)) {
      String place = "host %s, process %s".formatted(holder.host(), holder.process());
      table.add(
          holder.date().toString(),
          holder.stage().toString(),
          holder.gone() ? place + ": has died, the next run settles it" : place,
          holder.since().map(Instant::toString).orElse(""),
          holder.run());
    }
    return table.isEmpty() ? List.of() : table.lines();
  }

  List<Map<String, Object>> json(StatusGrid grid) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (LeaseHolder holder : of(grid)) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("date", holder.date().toString());
      json.put("stage", holder.stage().toString());
      json.put("run", holder.run());
      json.put("host", holder.host());
      json.put("process", holder.process());
      holder.since().ifPresent(since -> json.put("since", since.toString()));
      holder.lastSign().ifPresent(sign -> json.put("lastSignOfLife", sign.toString()));
      json.put("alive", !holder.gone());
      all.add(json);
    }
    return all;
  }
}
