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
   * @param retries the failures after which it was tried again, oldest first; null in records of
   *     earlier releases, and where there was none
   */
  public record StageRecord(
      String stage,
      LocalDate date,
      State state,
      String reason,
      SortedMap<String, Long> counts,
      @Nullable Double seconds,
      @Nullable List<Retry> retries) {
    public StageRecord {
      retries = retries == null || retries.isEmpty() ? null : List.copyOf(retries);
    }
  }

  /**
   * A failure that could pass, after which the stage was tried again.
   *
   * @param at when it failed
   */
  public record Retry(Instant at, String reason) {}

  /** How far a stage came. */
  public enum State {
    WAITING,
    RUNNING,
    DONE,
    /** Another run had made it meanwhile. */
    UP_TO_DATE,
    /** It was not tried, as something that it reads was not made. */
    BLOCKED,
    FAILED,
    /** It was under way when the run was told to stop. */
    INTERRUPTED
  }
}
