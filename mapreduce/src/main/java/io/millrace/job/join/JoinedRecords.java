package io.millrace.job.join;

import io.millrace.job.io.JobSettings;
import io.millrace.join.CleanRows;
import io.millrace.join.JoinSettings;
import io.millrace.row.RowType;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Counter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/**
 * Which clean records are joined, and what is made of them when they are. Both jobs of a join take
 * the same records. Not thread-safe.
 */
interface JoinedRecords {
  /** What one of a join's second tasks has done. */
  record Counts(long rowsRead, long rowsWritten, long featuresFound) {}

  /** All records, or, where the job's settings have examples, those that become training rows. */
  static JoinedRecords of(JoinInput input, Configuration configuration) throws IOException {
    Optional<ExampleRecords.Settings> examples =
        JobSettings.find(configuration, ExampleRecords.Settings.class);
    return examples.isPresent()
        ? new ExampleRecords(examples.get(), input.join())
        : new All(input.join());
  }

  /**
   * Reads the records of a file; those of the file before are at an end.
   *
   * @param written the columns that the file has
   */
  CleanRows rows(int day, RowType written);

  /** Takes joined rows, those of the record that was read last, and hands over what is written. */
  RowAssembler.Sink before(RowAssembler.Sink file);

  void count(Counts counts, TaskAttemptContext context);

  /** All, as they are. */
  record All(JoinSettings join) implements JoinedRecords {
    @Override
    public CleanRows rows(int day, RowType written) {
      return new CleanRows(join, written);
    }

    @Override
    public RowAssembler.Sink before(RowAssembler.Sink file) {
      return file;
    }

    @Override
    public void count(Counts counts, TaskAttemptContext context) {
      counter(JoinCounter.ROWS_READ, context).increment(counts.rowsRead());
      counter(JoinCounter.ROWS_WRITTEN, context).increment(counts.rowsWritten());
      counter(JoinCounter.FEATURES_FOUND, context).increment(counts.featuresFound());
    }

    private static Counter counter(JoinCounter counter, TaskAttemptContext context) {
      return context.getCounter(JoinCounter.GROUP, counter.counterName());
    }
  }
}
