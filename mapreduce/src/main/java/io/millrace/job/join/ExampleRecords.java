package io.millrace.job.join;

import io.millrace.aggregate.Computation;
import io.millrace.job.io.ExampleCounter;
import io.millrace.join.CleanRows;
import io.millrace.join.JoinSettings;
import io.millrace.join.RowFilter;
import io.millrace.learn.EventLabel;
import io.millrace.learn.Example;
import io.millrace.learn.ExampleChoice;
import io.millrace.learn.ExampleEncoder;
import io.millrace.learn.ExampleSettings;
import io.millrace.row.ByteBuilder;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clean records whose label is known and that are kept; training rows are made of them. */
public final class ExampleRecords implements JoinedRecords, RowFilter {
  private static final Logger LOG = LoggerFactory.getLogger(ExampleRecords.class);

  /**
   * What tells a task of them; plain data.
   *
   * @param label computes the label of a clean record
   */
  public record Settings(ExampleSettings examples, Computation label) {}

  private final JoinSettings join;
  private final EventLabel label;
  private final ExampleChoice choice;
  private final ExampleEncoder encoder;
  private final Example example = new Example();
  private long unlabelled;
  private long sampledOut;
  private long positive;

  ExampleRecords(Settings settings, JoinSettings join) {
    this.join = join;
    RowType clean = join.cleanType();
    label = new EventLabel(clean, settings.label());
    choice = new ExampleChoice(settings.examples(), clean);
    encoder = new ExampleEncoder(settings.examples(), join.joinedType());
  }

  @Override
  public CleanRows rows(int day, RowType written) {
    example.day = day;
    return new CleanRows(join, written, this);
  }

  @Override
  public RowType layout() {
    return label.layout();
  }

  @Override
  public Row newRow() {
    return label.newRow();
  }

  @Override
  public boolean takes(Row row) {
    if (!label.compute(row, example)) {
      unlabelled++;
      return false;
    }
    if (!choice.takes(row, example.label == 0, example)) {
      sampledOut++;
      return false;
    }
    return true;
  }

  @Override
  public RowAssembler.Sink before(RowAssembler.Sink file) {
    ByteBuilder encoded = new ByteBuilder();
    return row -> {
      encoder.encode(row.array(), 0, row.length(), example, encoded.clear());
      positive += example.label == 1 ? 1 : 0;
      file.write(encoded);
    };
  }

  @Override
  public void count(Counts counts, TaskAttemptContext context) {
    count(ExampleCounter.ROWS_READ, counts.rowsRead(), context);
    count(ExampleCounter.ROWS_WRITTEN, counts.rowsWritten(), context);
    count(ExampleCounter.ROWS_UNLABELLED, unlabelled, context);
    count(ExampleCounter.ROWS_SAMPLED_OUT, sampledOut, context);
    count(ExampleCounter.ROWS_POSITIVE, positive, context);
    count(ExampleCounter.LABEL_ERRORS, label.failures(), context);
    count(ExampleCounter.FEATURES_FOUND, counts.featuresFound(), context);
    label
        .firstFailure()
        .ifPresent(error -> LOG.warn("First label that could not be computed: {}", error));
  }

  private static void count(ExampleCounter counter, long count, TaskAttemptContext context) {
    context.getCounter(ExampleCounter.GROUP, counter.counterName()).increment(count);
  }
}
