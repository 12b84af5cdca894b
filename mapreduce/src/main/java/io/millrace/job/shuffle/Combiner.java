package io.millrace.job.shuffle;

import io.millrace.sort.Bytes;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.mapred.Counters;
import org.apache.hadoop.mapred.RawKeyValueIterator;
import org.apache.hadoop.mapred.Task.CombinerRunner;
import org.apache.hadoop.mapreduce.TaskCounter;

/** Runs a job's combiner over sorted records, and writes what it makes of them. */
final class Combiner<K extends Bytes, V extends Bytes> {
  private final CombinerRunner<K, V> runner;
  private final Counters.Counter written;

  private Combiner(CombinerRunner<K, V> runner, Counters.Counter written) {
    this.runner = runner;
    this.written = written;
  }

  /** The combiner of a map's job, if it has one. */
  static <K extends Bytes, V extends Bytes> Optional<Combiner<K, V>> of(MapOutput<K, V> output)
      throws ClassNotFoundException {
    CombinerRunner<K, V> runner =
        CombinerRunner.create(
            output.job(),
            output.attempt(),
            output.reporter().getCounter(TaskCounter.COMBINE_INPUT_RECORDS),
            output.reporter(),
            null);
    return Optional.ofNullable(runner)
        .map(
            present ->
                new Combiner<>(
                    present, output.reporter().getCounter(TaskCounter.COMBINE_OUTPUT_RECORDS)));
  }

  void combine(RawKeyValueIterator records, SegmentWriter target)
      throws IOException, InterruptedException {
    try {
      runner.combine(
          records,
          (key, value) -> {
            written.increment(1);
            target.append(
                key.array(),
                key.offset(),
                key.length(),
                value.array(),
                value.offset(),
                value.length());
          });
    } catch (ClassNotFoundException e) {
      throw new IOException("Cannot load the combiner", e);
    }
  }
}
