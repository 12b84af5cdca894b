package io.millrace.job.clean;

import io.millrace.job.io.JobSettings;
import io.millrace.job.io.LineBlock;
import io.millrace.job.io.LineCursor;
import io.millrace.job.io.Slice;
import io.millrace.job.io.TaskFailure;
import io.millrace.job.io.TaskReport;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Counter;
import org.apache.hadoop.mapreduce.Mapper;

/** Lines in; clean rows and quarantined records out. */
public final class CleanMapper extends Mapper<NullWritable, LineBlock, Slice, Slice> {
  private static final int COLUMNS_SHOWN = 10;

  private final LineCursor lines = new LineCursor();
  private final TaskReport report = new TaskReport();
  private RecordCleaner cleaner;
  private Counter read;

  @Override
  protected void setup(Context context) throws IOException {
    CleanSettings settings = JobSettings.get(context.getConfiguration(), CleanSettings.class);
    cleaner = new RecordCleaner(settings, context::write);
    read = context.getCounter(CleanCounter.GROUP, CleanCounter.READ.counterName());
  }

  @Override
  protected void map(NullWritable key, LineBlock block, Context context)
      throws IOException, InterruptedException {
    if (block.header().length == 0 && block.length() == 0) {
      report.addNote(block.file(), "the file is empty: it has not even a header");
      return;
    }
    cleaner.startFile(block.file(), block.header());
    noteUnknownColumns(block.file());
    report.addIgnoredColumns(cleaner.ignoredColumns());
    read.increment(cleanLines(block));
  }

  /**
   * Cleans all lines of a block, and returns on how many there was a record. One handler for them
   * all: a method that does no more than call the cleaner would be compiled with all of it inside,
   * a second time.
   */
  private long cleanLines(LineBlock block) throws IOException, InterruptedException {
    long records = 0;
    lines.reset(block);
    try {
      while (lines.next()) {
        if (cleaner.clean(block.bytes(), lines.start(), lines.length(), lines.fileOffset())) {
          records++;
        }
      }
    } catch (RuntimeException | StackOverflowError e) {
      throw new IOException(
          "Cannot clean the record at byte %d of %s".formatted(lines.fileOffset(), block.file()),
          e);
    }
    return records;
  }

  private void noteUnknownColumns(String file) {
    List<String> columns = cleaner.unknownColumns();
    if (!columns.isEmpty()) {
      int more = columns.size() - COLUMNS_SHOWN;
      report.addNote(
          file,
          "columns not in the schema were ignored: %s%s"
              .formatted(
                  columns.stream().limit(COLUMNS_SHOWN).collect(Collectors.joining(", ")),
                  more > 0 ? " and " + more + " more" : ""));
    }
  }

  @Override
  protected void cleanup(Context context) throws IOException {
    if (cleaner.sampledOut() > 0) {
      context
          .getCounter(CleanCounter.GROUP, CleanCounter.SAMPLED_OUT.counterName())
          .increment(cleaner.sampledOut());
    }
    if (!report.isEmpty()) {
      report.write(context);
    }
  }

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailure.noting(context, () -> super.run(context));
  }
}
