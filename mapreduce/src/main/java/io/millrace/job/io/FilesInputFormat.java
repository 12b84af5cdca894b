package io.millrace.job.io;

import io.millrace.job.io.InputFiles.InputFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.mapreduce.InputFormat;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/**
 * Whole Avro container files, block by block; a task reads as many small ones as make a good load.
 * The key is the number of the block's file among the {@link InputFiles} of the job's settings,
 * which also have the lengths: no file is asked for its own.
 */
public final class FilesInputFormat extends InputFormat<IntWritable, RecordBlock> {
  @Override
  public List<InputSplit> getSplits(JobContext context) throws IOException {
    Configuration configuration = context.getConfiguration();
    InputFiles input = JobSettings.get(configuration, InputFiles.class);
    BlockPlaces places =
        BlockPlaces.find(
            input.files().stream().map(file -> new Path(file.path())).toList(), configuration);
    List<InputSplit> splits = new ArrayList<>();
    List<Integer> first = input.firstFiles();
    for (int task = 0; task < first.size(); task++) {
      int end = task + 1 < first.size() ? first.get(task + 1) : input.files().size();
      splits.add(split(input.files(), first.get(task), end, places));
    }
    return splits;
  }

  private static FilesSplit split(List<InputFile> files, int first, int end, BlockPlaces places)
      throws IOException {
    List<InputFile> some = files.subList(first, end);
    HostBytes bytes = new HostBytes();
    for (InputFile file : some) {
      bytes.add(places.of(new Path(file.path())), 0, file.length());
    }
    return new FilesSplit(first, some, bytes.best());
  }

  @Override
  public RecordReader<IntWritable, RecordBlock> createRecordReader(
      InputSplit split, TaskAttemptContext context) {
    return new FilesReader();
  }

  private static final class FilesReader extends RecordReader<IntWritable, RecordBlock> {
    private final IntWritable number = new IntWritable();
    private final RecordBlock block = new RecordBlock();
    private FilesSplit files;
    private Configuration configuration;
    private AvroRecordReader reader;
    private int opened;

    @Override
    public void initialize(InputSplit split, TaskAttemptContext context) {
      files = (FilesSplit) split;
      configuration = context.getConfiguration();
    }

    @Override
    public boolean nextKeyValue() throws IOException {
      while (reader == null || !reader.next(block)) {
        close();
        if (opened == files.paths().size()) {
          return false;
        }
        reader = AvroRecordReader.open(new Path(files.paths().get(opened)), configuration);
        block.writtenWith(reader.schema());
        number.set(files.first() + opened);
        opened++;
      }
      return true;
    }

    @Override
    public IntWritable getCurrentKey() {
      return number;
    }

    @Override
    public RecordBlock getCurrentValue() {
      return block;
    }

    @Override
    public float getProgress() {
      return (float) opened / files.paths().size();
    }

    @Override
    public void close() throws IOException {
      if (reader != null) {
        reader.close();
        reader = null;
      }
    }
  }
}
