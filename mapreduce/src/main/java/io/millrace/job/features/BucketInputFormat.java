package io.millrace.job.features;

import io.millrace.job.io.BucketFiles;
import io.millrace.job.io.BucketFiles.Part;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.NumberedSplit;
import io.millrace.job.io.Slice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.InputFormat;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/**
 * One split for each bucket of the output. The files come from the job's settings: nothing is
 * listed.
 */
final class BucketInputFormat extends InputFormat<Slice, Slice> {
  private static final int MOST_HOSTS = 3;

  /** For Hadoop. */
  BucketInputFormat() {}

  @Override
  public List<InputSplit> getSplits(JobContext context) throws IOException {
    Configuration configuration = context.getConfiguration();
    FeaturesSettings settings = JobSettings.get(configuration, FeaturesSettings.class);
    List<InputSplit> splits = new ArrayList<>();
    for (int bucket = 0; bucket < settings.buckets(); bucket++) {
      long length = 0;
      Map<String, Long> bytesOfHost = new HashMap<>();
      for (BucketFiles files : settings.inputs()) {
        for (Part part : files.parts(bucket, settings.buckets())) {
          length += files.length(part);
          addHosts(files, part, configuration, bytesOfHost);
        }
      }
      splits.add(new BucketSplit(bucket, length, hostsWithMost(bytesOfHost)));
    }
    return splits;
  }

  private static void addHosts(
      BucketFiles files, Part part, Configuration configuration, Map<String, Long> bytesOfHost)
      throws IOException {
    Path path = new Path(files.folder(), files.names().get(part.file()));
    FileSystem fileSystem = path.getFileSystem(configuration);
    if (fileSystem instanceof LocalFileSystem || files.length(part) == 0) {
      return;
    }
    BlockLocation[] blocks =
        fileSystem.getFileBlockLocations(path, files.offset(part), files.length(part));
    for (BlockLocation block : blocks) {
      long share = Math.min(block.getLength(), files.length(part));
      for (String host : block.getHosts()) {
        bytesOfHost.merge(host, share, Long::sum);
      }
    }
  }

  private static List<String> hostsWithMost(Map<String, Long> bytesOfHost) {
    return bytesOfHost.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_HOSTS)
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public RecordReader<Slice, Slice> createRecordReader(
      InputSplit split, TaskAttemptContext context) {
    NumberedSplit.announce(split, context.getConfiguration());
    return new MergeReader();
  }
}
