package io.millrace.run;

import io.millrace.plan.Decision;
import io.millrace.plan.Fusion;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.StageGraph;
import io.millrace.warehouse.LeaseHolder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The stages of one run: each made when all that it reads is, and told of as it ends. */
final class StageRun implements SideBySide.Work {
  /** So many stages in a row that gave up what could have passed: then nothing works any more. */
  private static final int MOST_GIVEN_UP = 3;

  private final Workspace workspace;
  private final StageGraph graph;
  private final Fusion fusion;
  private final RunOptions options;
  private final RunListener listener;
  private final RunLog log;
  private final StageRunner runner;
  private final StageTries tries;
  private final ReadyQueue queue;
  private final SideBySide threads;
  private final SortedMap<Integer, Exception> failures = new TreeMap<>();
  private int givenUp;

  StageRun(
      Workspace workspace,
      StageGraph graph,
      Fusion fusion,
      RunOptions options,
      RunListener listener,
      RunLog log,
      StageRunner runner,
      StageTries tries) {
    this.workspace = workspace;
    this.graph = graph;
    this.fusion = fusion;
    this.options = options;
    this.listener = listener;
    this.log = log;
    this.runner = runner;
    this.tries = tries;
    queue = new ReadyQueue(graph.needs());
    threads = new SideBySide(queue, this);
  }

  /** Runs all of them, and throws the first failure in the order of the plan. */
  void run() throws IOException, InterruptedException {
    threads.run(options.parallel());
    List<Integer> left = queue.close();
    if (failures.isEmpty()) {
      return;
    }
    lost(failures.lastKey(), left);
    Exception first = failures.get(failures.firstKey());
    failures.values().stream().skip(1).forEach(first::addSuppressed);
    if (first instanceof IOException e) {
      throw e;
    }
    throw (RuntimeException) first;
  }

  @Override
  public boolean take(int place, boolean alone) throws InterruptedException {
    PlannedStage stage = graph.stages().get(place);
    StageEnd end;
    try {
      end = end(place, stage, alone);
    } catch (InterruptedException e) {
      ended(place, new StageEnd.Interrupted());
      throw e;
    } catch (IOException | RuntimeException e) {
      end = new StageEnd.Failed(e);
      failed(place, e);
    }
    ended(place, end);
    return end.isDone();
  }

  private StageEnd end(int place, PlannedStage stage, boolean alone)
      throws IOException, InterruptedException {
    listener.started(stage);
    log.started(place, stage);
    StageEnd end =
        tries.of(
            () -> make(stage, alone),
            (retry, left, pause) -> {
              log.triedAgain(place, retry);
              listener.triesAgain(stage, retry, left, pause);
            });
    synchronized (this) {
      givenUp = 0;
    }
    return end;
  }

  private StageEnd make(PlannedStage stage, boolean alone)
      throws IOException, InterruptedException {
    if (stage.decision() instanceof Decision.Open) {
      Optional<String> notNeeded = JoinInputs.of(workspace.making(stage), stage).leftOut();
      if (notNeeded.isPresent()) {
        return new StageEnd.LeftOut(notNeeded.get());
      }
    }
    StageOutcome outcome = runner.run(stage, fusion.madeWith(stage), alone, new Progress(stage));
    if (outcome instanceof StageOutcome.FoundDone found) {
      return new StageEnd.FoundDone(found.run());
    }
    return new StageEnd.Made(((StageOutcome.Made) outcome).result());
  }

  /** Passes on what is heard of a stage. */
  private final class Progress implements JobRunner.Progress {
    private final PlannedStage stage;

    Progress(PlannedStage stage) {
      this.stage = stage;
    }

    @Override
    public void at(float mapShare, float reduceShare) {
      listener.progressed(stage, mapShare, reduceShare);
    }

    @Override
    public void waitsFor(LeaseHolder other) {
      listener.waits(stage, other);
    }

    @Override
    public void says(String text) {
      listener.says(stage, text);
    }
  }

  private synchronized void failed(int place, Exception e) {
    failures.put(place, e);
    givenUp = Retryable.reason(e).isPresent() ? givenUp + 1 : 0;
    if (givenUp >= MOST_GIVEN_UP) {
      threads.stop();
    }
  }

  @Override
  public void lost(int failed, List<Integer> places) {
    PlannedStage because = graph.stages().get(failed);
    places.forEach(place -> ended(place, new StageEnd.NotRun(because)));
  }

  private void ended(int place, StageEnd end) {
    PlannedStage stage = graph.stages().get(place);
    log.ended(place, stage, end);
    listener.ended(stage, end);
  }

  static void sleep(Duration duration) throws InterruptedException {
    Thread.sleep(duration.toMillis());
  }
}
