package io.millrace.job.train.trees;

import io.millrace.learn.trees.TreesListener;
import io.millrace.learn.trees.TreesRound;
import java.io.IOException;
import org.apache.hadoop.mapreduce.TaskInputOutputContext;

/**
 * Keeps the state of a fit on the file system, as often as it takes no more than a twentieth of the
 * time: of a fit with long rounds after each, of one with short rounds after some.
 */
final class FitProgress implements TreesListener {
  private static final int SHARE_OF_TIME = 20;

  private final FitFolder folder;
  private final TaskInputOutputContext<?, ?, ?, ?> context;
  private long written = Long.MIN_VALUE;
  private long took;

  FitProgress(FitFolder folder, TaskInputOutputContext<?, ?, ?, ?> context) {
    this.folder = folder;
    this.context = context;
  }

  @Override
  public void done(TreesRound round, StateMaker state) throws IOException {
    context.progress();
    context.getCounter(TreesCounter.GROUP, TreesCounter.ROUNDS.counterName()).increment(1);
    long start = System.nanoTime();
    if (written == Long.MIN_VALUE || start - written >= SHARE_OF_TIME * took) {
      var made = state.make();
      folder.write(made);
      folder.write(made.rounds());
      written = System.nanoTime();
      took = written - start;
    }
  }
}
