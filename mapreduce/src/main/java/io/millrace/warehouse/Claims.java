package io.millrace.warehouse;

import io.millrace.plan.StageId;
import io.millrace.warehouse.CommitStep.Action;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;

/**
 * Takes leases of units for a run, and settles what others have left of a unit before anything is
 * made of it. Thread-safe; one for all stages of a run.
 */
final class Claims {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final int ATTEMPTS = 20;

  private final Warehouse warehouse;
  private final WarehouseFiles files;
  private final RunEnvironment environment;
  private final Heartbeats heartbeats;
  private final LeaseTaking taker;
  private final Publishing publishing;
  private final String run;

  /** How often this run has begun with a unit; what an earlier try has left is never its own. */
  private final Map<Unit, Integer> tries = new ConcurrentHashMap<>();

  Claims(
      Warehouse warehouse,
      WarehouseFiles files,
      RunEnvironment environment,
      Heartbeats heartbeats,
      LeaseTaking taker,
      Publishing publishing,
      String run) {
    this.warehouse = warehouse;
    this.files = files;
    this.environment = environment;
    this.heartbeats = heartbeats;
    this.taker = taker;
    this.publishing = publishing;
    this.run = run;
  }

  /** What came of an attempt to claim a unit. */
  sealed interface Claim {
    /** It is ours, and nothing of others is left of it. */
    record Ready(Staging staging) implements Claim {}

    /** A run holds it that may live. */
    record Held(LeaseHolder by) implements Claim {}
  }

  /**
   * Claims a unit, and waits for a run that holds it and may live.
   *
   * @param wait how long at most
   * @param waiting told of that run, once
   * @throws LeaseHeldException where it still holds it then
   */
  Staging await(Unit unit, Duration wait, Consumer<LeaseHolder> waiting)
      throws IOException, InterruptedException {
    Silence silence = new Silence();
    long started = environment.ticker().nanoTime();
    Duration pause = FIRST_PAUSE;
    boolean isTold = false;
    for (; ; ) {
      Claim claim = once(unit, silence);
      if (claim instanceof Claim.Ready ready) {
        // should this try fail, tasks that it leaves behind must not write into the next one's
        tries.merge(unit, 1, Integer::sum);
        return ready.staging();
      }
      Duration waited = Duration.ofNanos(environment.ticker().nanoTime() - started);
      if (claim instanceof Claim.Held held) {
        if (waited.compareTo(wait) >= 0) {
          throw new LeaseHeldException(held.by(), wait, environment.timing());
        }
        if (!isTold) {
          waiting.accept(held.by());
          isTold = true;
        }
      }
      environment.ticker().sleep(shorter(pause, wait.minus(waited)));
      pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Claims a unit if nobody holds it who may live; waits for nobody. */
  Claim once(Unit unit, Silence silence) throws IOException {
    for (int attempt = 1; ; attempt++) {
      String holder = HolderName.of(run, 1 + tries.getOrDefault(unit, 0));
      LeaseTaking.Answer answer = taker.ask(unit, holder, silence);
      if (answer instanceof LeaseTaking.Answer.Held held) {
        return new Claim.Held(held.by().asHolder(false));
      }
      if (answer instanceof LeaseTaking.Answer.Taken taken) {
        Path folder = warehouse.stagingPath(holder, unit.stage(), unit.date());
        Staging staging = new Staging(run, taken.lease(), folder);
        if (isReady(staging)) {
          return new Claim.Ready(staging);
        }
      }
      if (attempt == ATTEMPTS) {
        throw new IOException(
            "Cannot begin with %s: others have moved %s away %d times"
                .formatted(
                    unit, warehouse.stagingPath(holder, unit.stage(), unit.date()), attempt));
      }
    }
  }

  private boolean isReady(Staging staging) throws IOException {
    try {
      if (publishing.settle(staging)) {
        makePlaces(staging.stage());
        return true;
      }
      taker.release(staging.lease());
      return false;
    } catch (IOException | RuntimeException e) {
      leave(staging);
      throw e;
    }
  }

  private void makePlaces(StageId stage) throws IOException {
    environment.listener().before(Action.MAKE_PLACES);
    for (String dataSet : stage.dataSets()) {
      files.makeFolders(warehouse.dataSetPath(dataSet));
    }
  }

  /** Leaves everything as it is, for whoever settles it: perhaps this run, under another name. */
  void leave(Staging staging) {
    heartbeats.end(staging.lease());
    tries.merge(staging.unit(), 1, Integer::sum);
  }
}
