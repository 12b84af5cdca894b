package io.millrace.run;

import io.millrace.job.io.PassingFailure;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.Reason;
import io.millrace.warehouse.RunRecord;
import io.millrace.warehouse.RunRecord.Retry;
import io.millrace.warehouse.RunRecord.StageRecord;
import io.millrace.warehouse.RunRecord.State;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record of a run while it goes on: written as it begins, now and then, and as it ends.
 * Thread-safe.
 */
final class RunLog {
  private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);
  private static final Duration BETWEEN_WRITES = Duration.ofSeconds(10);

  private final Sink sink;
  private final RunRecord head;
  private final Clock clock;
  private final SortedMap<Integer, StageRecord> stages = new TreeMap<>();
  private final Map<Integer, List<Retry>> retries = new HashMap<>();
  private Instant written;

  /** Keeps what is written, in place of what was written before. */
  interface Sink {
    void write(RunRecord record) throws IOException;
  }

  /**
   * Writes the record of a run that begins.
   *
   * @param head with the run's name and command, and no stages
   * @throws IOException where it cannot be written, and that will not pass
   */
  RunLog(Sink sink, RunRecord head, Clock clock) throws IOException {
    this.sink = sink;
    this.head = head;
    this.clock = clock;
    written = clock.instant();
    try {
      sink.write(record(null));
    } catch (IOException e) {
      if (PassingFailure.reason(e).isEmpty()) {
        throw e;
      }
      warn(e);
    }
  }

  synchronized void started(int place, PlannedStage stage) {
    put(place, stage, State.RUNNING, reason(stage), Collections.emptySortedMap(), null);
  }

  synchronized void triedAgain(int place, Retry retry) {
    retries.computeIfAbsent(place, key -> new ArrayList<>()).add(retry);
  }

  synchronized void ended(int place, PlannedStage stage, StageEnd end) {
    SortedMap<String, Long> none = Collections.emptySortedMap();
    if (end instanceof StageEnd.Made made) {
      StageResult result = made.result();
      put(place, stage, State.DONE, reason(stage), result.counts(), result.seconds());
    } else if (end instanceof StageEnd.FoundDone found) {
      put(place, stage, State.UP_TO_DATE, "made by run " + found.run(), none, null);
    } else if (end instanceof StageEnd.Failed failed) {
      put(place, stage, State.FAILED, FailureText.of(failed.failure()), none, null);
    } else if (end instanceof StageEnd.Interrupted) {
      put(place, stage, State.INTERRUPTED, "the run was told to stop", none, null);
    } else if (end instanceof StageEnd.NotRun notRun) {
      PlannedStage because = notRun.because();
      String reason = "%s/dt=%s failed".formatted(because.stage(), because.date());
      put(place, stage, State.BLOCKED, reason, none, null);
    } else {
      stages.remove(place);
    }
    writeNowAndThen();
  }

  /** Writes the record of the run, which is over. */
  synchronized void finish() {
    try {
      sink.write(record(clock.instant()));
    } catch (IOException e) {
      warn(e); // what was published is, and nothing depends on the record
    }
  }

  private void warn(IOException e) {
    LOG.warn("Cannot write the record of run {}: {}", head.run(), e.getMessage());
  }

  private void put(
      int place,
      PlannedStage stage,
      State state,
      String reason,
      SortedMap<String, Long> counts,
      @Nullable Double seconds) {
    stages.put(
        place,
        new StageRecord(
            stage.stage().toString(),
            stage.date(),
            state,
            reason,
            counts,
            seconds,
            retries.get(place)));
  }

  private void writeNowAndThen() {
    Instant now = clock.instant();
    if (Duration.between(written, now).compareTo(BETWEEN_WRITES) >= 0) {
      written = now;
      try {
        sink.write(record(null));
      } catch (IOException e) {
        warn(e);
      }
    }
  }

  private RunRecord record(@Nullable Instant finished) {
    return new RunRecord(
        head.run(),
        head.started(),
        finished,
        head.command(),
        head.pipeline(),
        head.version(),
        List.copyOf(stages.values()));
  }

  private static String reason(PlannedStage stage) {
    return stage.decision().reason().map(Reason::toString).orElse("");
  }
}
