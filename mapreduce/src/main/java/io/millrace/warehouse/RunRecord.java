package io.millrace.warehouse;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run did: its file {@code _runs/<run>/run.json}.
 *
 * @param finished when it ended, or null while it runs
 * @param command as it was given
 * @param version of Millrace
 */
public record RunRecord(
    String run,
    Instant started,
    @Nullable Instant finished,
    String command,
    String pipeline,
    String version,
    List<StageRecord> stages) {
  public RunRecord {
    stages = List.copyOf(stages);
  }

  /**
   * What became of one stage on one date.
   *
   * @param reason why it ran or did not, or why it failed
   * @param seconds it took, or null where it did not run
   */
  public record StageRecord(
      String stage,
      LocalDate date,
      State state,
      String reason,
      SortedMap<String, Long> counts,
      @Nullable Double seconds) {}

  /** How far a stage came. */
  public enum State {
    WAITING,
    RUNNING,
    DONE,
    UP_TO_DATE,
    BLOCKED,
    FAILED
  }
}
