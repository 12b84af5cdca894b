package io.millrace.run;

import io.millrace.job.train.glm.GlmMemory;
import io.millrace.learn.glm.FitListener;
import io.millrace.learn.glm.FitResult;
import io.millrace.learn.glm.FitState;
import io.millrace.learn.glm.GlmFit;
import io.millrace.learn.glm.GlmProblem;
import io.millrace.learn.glm.RowSums;
import io.millrace.plan.WorkerSizing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * One fit: by workers that keep the training rows in memory, and where the cluster has no room for
 * them at once, or loses them, by a job for each sum over the rows. It begins where an earlier one
 * of the same problem was ended. Used once.
 */
final class GlmFitting {
  /**
   * How many workers at most; 0 for a job each sum. Where it is not set, what there is room for.
   */
  static final String WORKERS = "millrace.fit.workers";

  private static final int MIB_BITS = 20;

  private final GlmRounds rounds;
  private final GlmProblem problem;
  private final WorkerSizing sizing;
  private final FitCheckpoints checkpoints;
  private final List<String> notes = new ArrayList<>();

  /**
   * @param records of the training set, of all its parts
   * @param progress a folder that outlives this process
   */
  GlmFitting(GlmRounds rounds, GlmProblem problem, long records, Path progress) throws IOException {
    this.rounds = rounds;
    this.problem = problem;
    int files = rounds.files().size();
    sizing =
        new WorkerSizing(
            files,
            rounds.fileBytes(),
            GlmMemory.rowsBytes(rounds.settings().examples().preparation(), records),
            GlmMemory.sumsBytes(rounds.settings().shape(), files));
    checkpoints = new FitCheckpoints(progress, rounds.configuration());
  }

  /** What a person should know of how it went; not of what came of it. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** Fits. The coefficients are the same to the bit whichever way it went. */
  FitResult run() throws IOException, InterruptedException {
    OptionalInt workers = workers();
    if (workers.isPresent()) {
      int count = workers.getAsInt();
      try (GlmWorkers asked = GlmWorkers.start(rounds, count, sizing.heldBytes(count))) {
        return run(asked);
      } catch (WorkersLostException e) {
        note(
            "The fit went on with a job for each sum over the training rows: %s"
                .formatted(e.getMessage()));
      }
    }
    return run(new GlmSteps(rounds));
  }

  private FitResult run(RowSums rows) throws IOException, InterruptedException {
    FitListener listener =
        (iteration, state) -> {
          rounds.jobs().requireHeld();
          checkpoints.save(iteration.number(), state);
          rounds
              .jobs()
              .says(
                  "iteration %d: objective %.8g, gradient %.2g"
                      .formatted(
                          iteration.number(), iteration.objective(), iteration.gradientNorm()));
        };
    Optional<FitState> state = checkpoints.newest(problem);
    if (state.isEmpty()) {
      return GlmFit.run(problem, rows, listener);
    }
    rounds.jobs().says("goes on after iteration " + state.get().history().size());
    return GlmFit.resume(problem, rows, state.get(), listener);
  }

  /** Empty where a job each sum is asked for, or there is no room for workers. */
  private OptionalInt workers() throws IOException {
    Configuration configuration = rounds.configuration();
    int files = Math.max(1, rounds.files().size());
    if (configuration.get(WORKERS) != null) {
      int most = configuration.getInt(WORKERS, 0);
      return most <= 0 ? OptionalInt.empty() : OptionalInt.of(Math.min(most, files));
    }
    OptionalInt chosen = sizing.choose(WorkerRoom.of(configuration, rounds.jobs()));
    if (chosen.isEmpty()) {
      note(
          "The fit ran a job for each sum over the training rows: there is no room to keep them in memory at once, about %d MiB"
              .formatted(sizing.rowsBytes() >> MIB_BITS));
    }
    return chosen;
  }

  private void note(String text) {
    notes.add(text);
    rounds.jobs().says(text);
  }
}
