package io.millrace.job.features;

import io.millrace.job.io.BlockPlaces;
import io.millrace.job.io.BucketFiles;
import io.millrace.job.io.BucketFiles.Part;
import io.millrace.job.io.HostBytes;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.NumberedSplit;
import io.millrace.job.io.Slice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.InputFormat;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/**
 * One split for each bucket of the output, at the host that holds most of its bytes. The files come
 * from the job's settings; file systems are asked only where they lie.
 */
final class BucketInputFormat extends InputFormat<Slice, EntityPartials> {
  /** For Hadoop. */
  BucketInputFormat() {}

  @Override
  public List<InputSplit> getSplits(JobContext context) throws IOException {
    Configuration configuration = context.getConfiguration();
    FeaturesSettings settings = JobSettings.get(configuration, FeaturesSettings.class);
    BlockPlaces places = BlockPlaces.find(paths(settings), configuration);
    List<InputSplit> splits = new ArrayList<>();
    for (int bucket = 0; bucket < settings.buckets(); bucket++) {
      long length = 0;
      HostBytes bytes = new HostBytes();
      for (BucketFiles files : settings.inputs()) {
        for (Part part : files.parts(bucket, settings.buckets())) {
          long offset = files.offset(part);
          length += files.length(part);
          bytes.add(places.of(path(files, part.file())), offset, offset + files.length(part));
        }
      }
      splits.add(new BucketSplit(bucket, length, bytes.best()));
    }
    return splits;
  }

  private static List<Path> paths(FeaturesSettings settings) {
    List<Path> paths = new ArrayList<>();
    for (BucketFiles files : settings.inputs()) {
      for (int file = 0; file < files.names().size(); file++) {
        paths.add(path(files, file));
      }
    }
    return paths;
  }

  private static Path path(BucketFiles files, int file) {
    return new Path(files.folder(), files.names().get(file));
  }

  @Override
  public RecordReader<Slice, EntityPartials> createRecordReader(
      InputSplit split, TaskAttemptContext context) {
    NumberedSplit.announce(split, context.getConfiguration());
    return new MergeReader();
  }
}
