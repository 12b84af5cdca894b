package io.millrace.job.io;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;

/**
 * Blocks of Avro container files: a split has the blocks that begin in it. With {@link
 * #WHOLE_FILES} a file is one split.
 */
public final class AvroBlockInputFormat extends FileInputFormat<NullWritable, RecordBlock> {
  /** Configuration key: never cut a file. */
  public static final String WHOLE_FILES = "millrace.input.whole-files";

  @Override
  protected boolean isSplitable(JobContext context, Path file) {
    return !context.getConfiguration().getBoolean(WHOLE_FILES, false);
  }

  @Override
  public RecordReader<NullWritable, RecordBlock> createRecordReader(
      InputSplit split, TaskAttemptContext context) {
    return new BlockReader();
  }

  private static final class BlockReader extends RecordReader<NullWritable, RecordBlock> {
    private final RecordBlock block = new RecordBlock();
    private AvroRecordReader reader;
    private long start;
    private long end;

    @Override
    public void initialize(InputSplit split, TaskAttemptContext context) throws IOException {
      FileSplit part = (FileSplit) split;
      start = part.getStart();
      end = start + part.getLength();
      reader = AvroRecordReader.open(part.getPath(), context.getConfiguration());
      reader.sync(start);
    }

    @Override
    public boolean nextKeyValue() throws IOException {
      return !reader.pastSync(end) && reader.next(block);
    }

    @Override
    public NullWritable getCurrentKey() {
      return NullWritable.get();
    }

    @Override
    public RecordBlock getCurrentValue() {
      return block;
    }

    @Override
    public float getProgress() {
      return end == start ? 1 : Math.min(1f, (reader.position() - start) / (float) (end - start));
    }

    @Override
    public void close() throws IOException {
      if (reader != null) {
        reader.close();
      }
    }
  }
}
