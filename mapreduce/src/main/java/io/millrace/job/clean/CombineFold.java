package io.millrace.job.clean;

import io.millrace.aggregate.PartialAggregator;
import io.millrace.job.io.CombinedStates;
import io.millrace.job.io.Slice;
import io.millrace.row.ByteBuilder;
import java.io.IOException;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.TaskInputOutputContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Combines rows into the states of a group whose entities' rows do not come together, and writes
 * these for the job that makes the group's partials. Gives up where that is in vain, and where it
 * fails: then fewer rows are counted than there are, and the group's job reads the rows. Not
 * thread-safe.
 */
final class CombineFold {
  private static final Logger LOG = LoggerFactory.getLogger(CombineFold.class);

  private final CombinedSettings.Group group;
  private final TaskInputOutputContext<?, ?, Text, Slice> context;
  private final Text dataSet;
  private final PartialAggregator aggregator;
  private final ByteBuilder bytes = new ByteBuilder();
  private final Slice record = new Slice();
  private boolean givenUp;

  /**
   * @param tableBytes memory for states
   */
  CombineFold(
      CombinedSettings.Group group,
      long tableBytes,
      TaskInputOutputContext<?, ?, Text, Slice> context) {
    this.group = group;
    this.context = context;
    dataSet = new Text(group.dataSet());
    aggregator =
        new PartialAggregator(
            group.settings(),
            tableBytes,
            (array, offset, length, states) -> {
              CombinedStates.put(array, offset, length, states, bytes.clear());
              write();
            });
  }

  private void write() throws IOException, InterruptedException {
    context.write(dataSet, record.set(bytes.array(), 0, bytes.length()));
  }

  /** Adds so many rows, one behind the other. */
  void add(byte[] block, int offset, int length, long count)
      throws IOException, InterruptedException {
    if (givenUp) {
      return;
    }
    try {
      aggregator.add(block, offset, length, count);
      givenUp = aggregator.passesOn();
    } catch (ArithmeticException | IllegalArgumentException e) {
      // the clean row is good; the group's own job says where the one lies that it cannot take
      giveUp(e);
    }
  }

  private void giveUp(RuntimeException reason) {
    givenUp = true;
    LOG.info("The states of {} are not combined: {}", group.name(), reason.getMessage());
  }

  /** Writes what is left, and counts the rows whose states are written. */
  void close() throws IOException, InterruptedException {
    // tasks that only set records aside have no file for states
    if (givenUp || aggregator.counts().read() == 0) {
      return;
    }
    aggregator.flush();
    CombinedStates.put(aggregator.counts(), bytes.clear());
    write();
    context
        .getCounter(CleanJob.COMBINED_COUNTERS, group.name())
        .increment(aggregator.counts().read());
  }
}
