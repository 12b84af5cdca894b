package io.millrace.run;

import io.millrace.plan.StageId;
import io.millrace.warehouse.RunRecord;
import io.millrace.warehouse.RunRecords;
import io.millrace.warehouse.Warehouse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** How long stages took in earlier runs. */
public final class StageTimes {
  private static final int MOST_RUNS = 100;

  private final Map<String, Map<LocalDate, Double>> seconds;

  private StageTimes(Map<String, Map<LocalDate, Double>> seconds) {
    this.seconds = seconds;
  }

  /** Reads the records of the newest runs. */
  public static StageTimes of(Warehouse warehouse) throws IOException {
    RunRecords records = new RunRecords(warehouse);
    List<String> runs = records.runs();
    Map<String, Map<LocalDate, Double>> seconds = new HashMap<>();
    for (String run : runs.subList(Math.max(0, runs.size() - MOST_RUNS), runs.size())) {
      Optional<RunRecord> record = records.read(run);
      if (record.isPresent()) {
        for (RunRecord.StageRecord stage : record.get().stages()) {
          Double took = stage.seconds();
          if (took != null && stage.state() == RunRecord.State.DONE) {
            seconds.computeIfAbsent(stage.stage(), name -> new HashMap<>()).put(stage.date(), took);
          }
        }
      }
    }
    return new StageTimes(seconds);
  }

  /**
   * How many seconds dates of a stage will take: as long as they took, or, where that is not known,
   * as long as a date of the stage takes in the middle. Empty where no run made the stage.
   */
  public OptionalDouble estimate(StageId stage, List<LocalDate> dates) {
    Map<LocalDate, Double> known = seconds.getOrDefault(stage.toString(), Map.of());
    if (known.isEmpty()) {
      return OptionalDouble.empty();
    }
    List<Double> all = new ArrayList<>(known.values());
    Collections.sort(all);
    double middle = all.get(all.size() / 2);
    return OptionalDouble.of(
        dates.stream().mapToDouble(date -> known.getOrDefault(date, middle)).sum());
  }
}
