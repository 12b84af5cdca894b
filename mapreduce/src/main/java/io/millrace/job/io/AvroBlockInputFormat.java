package io.millrace.job.io;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapred.SplitLocationInfo;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;

/**
 * Blocks of Avro container files: a split has the blocks that begin in it. With {@link
 * #WHOLE_FILES} a file is one split, numbered by the file's place among the input paths.
 */
public final class AvroBlockInputFormat extends FileInputFormat<NullWritable, RecordBlock> {
  /** Configuration key: never cut a file. The input paths must be files then, not folders. */
  public static final String WHOLE_FILES = "millrace.input.whole-files";

  @Override
  protected boolean isSplitable(JobContext context, Path file) {
    return !wholeFiles(context);
  }

  private static boolean wholeFiles(JobContext context) {
    return context.getConfiguration().getBoolean(WHOLE_FILES, false);
  }

  @Override
  public List<InputSplit> getSplits(JobContext context) throws IOException {
    List<InputSplit> splits = super.getSplits(context);
    return wholeFiles(context) ? numbered(splits, context) : splits;
  }

  private static List<InputSplit> numbered(List<InputSplit> splits, JobContext context)
      throws IOException {
    Map<Path, Integer> numbers = new HashMap<>();
    for (Path path : getInputPaths(context)) {
      numbers.put(
          path.getFileSystem(context.getConfiguration()).makeQualified(path), numbers.size());
    }
    List<InputSplit> files = new ArrayList<>();
    for (InputSplit split : splits) {
      FileSplit file = (FileSplit) split;
      Integer number = numbers.get(file.getPath());
      if (number == null) {
        throw new IOException(
            "Cannot number " + file.getPath() + ": it is not itself among the input paths");
      }
      files.add(new NumberedFile(file, number));
    }
    return files;
  }

  @Override
  public RecordReader<NullWritable, RecordBlock> createRecordReader(
      InputSplit split, TaskAttemptContext context) {
    NumberedSplit.announce(split, context.getConfiguration());
    return new BlockReader();
  }

  /** A whole file, and its place among the input paths. */
  public static final class NumberedFile extends FileSplit implements NumberedSplit {
    private int number;

    /** For Hadoop, which calls {@link #readFields}. */
    public NumberedFile() {}

    NumberedFile(FileSplit file, int number) throws IOException {
      super(
          file.getPath(),
          file.getStart(),
          file.getLength(),
          file.getLocations(),
          hostsWithCopyInMemory(file));
      this.number = number;
    }

    private static String[] hostsWithCopyInMemory(FileSplit file) throws IOException {
      SplitLocationInfo[] locations = file.getLocationInfo();
      return locations == null
          ? new String[0]
          : Arrays.stream(locations)
              .filter(SplitLocationInfo::isInMemory)
              .map(SplitLocationInfo::getLocation)
              .toArray(String[]::new);
    }

    @Override
    public int number() {
      return number;
    }

    @Override
    public void write(DataOutput out) throws IOException {
      super.write(out);
      out.writeInt(number);
    }

    @Override
    public void readFields(DataInput in) throws IOException {
      super.readFields(in);
      number = in.readInt();
    }
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
      block.writtenWith(reader.schema());
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
