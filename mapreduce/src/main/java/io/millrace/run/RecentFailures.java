package io.millrace.run;

import io.millrace.warehouse.RunRecord;
import io.millrace.warehouse.RunRecords;
import io.millrace.warehouse.Warehouse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What failed in the last runs and was not made since. */
public final class RecentFailures {
  private static final int MOST_RUNS = 30;

  private final Map<Key, Failure> newest;

  private record Key(String stage, LocalDate date) {}

  /**
   * A failure.
   *
   * @param reason as the run gave it
   */
  public record Failure(String run, String reason) {}

  private RecentFailures(Map<Key, Failure> newest) {
    this.newest = newest;
  }

  /** Reads the records of the newest runs. */
  public static RecentFailures of(Warehouse warehouse) throws IOException {
    RunRecords records = new RunRecords(warehouse);
    List<String> runs = records.runs();
    Map<Key, RunRecord.StageRecord> last = new HashMap<>();
    Map<Key, Failure> failures = new HashMap<>();
    for (String run : runs.subList(Math.max(0, runs.size() - MOST_RUNS), runs.size())) {
      Optional<RunRecord> record = records.read(run);
      if (record.isPresent()) {
        for (RunRecord.StageRecord stage : record.get().stages()) {
          Key key = new Key(stage.stage(), stage.date());
          last.put(key, stage);
          failures.put(key, new Failure(run, stage.reason()));
        }
      }
    }
    failures.keySet().removeIf(key -> last.get(key).state() != RunRecord.State.FAILED);
    return new RecentFailures(failures);
  }

  /** The failure that was the last thing to happen to a stage of a date. */
  public Optional<Failure> of(String stage, LocalDate date) {
    return Optional.ofNullable(newest.get(new Key(stage, date)));
  }
}
