package io.millrace.job.score;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/** The model's way to the tasks: Hadoop brings it to each node once. */
final class ModelFile {
  private static final String PREFIX = "model-";

  private ModelFile() {}

  /**
   * Adds a model to a job.
   *
   * @param fingerprint by which two jobs that share a working folder tell their models apart
   */
  static void add(Job job, Path model, String fingerprint) throws IOException {
    Configuration configuration = job.getConfiguration();
    URI file = model.getFileSystem(configuration).makeQualified(model).toUri();
    job.addCacheFile(URI.create(file + "#" + PREFIX + fingerprint + ".onnx"));
  }

  /** The bytes of the model on this node. */
  static byte[] read(TaskAttemptContext context) throws IOException {
    URI[] files = context.getCacheFiles();
    String[] local = context.getConfiguration().getStrings(MRJobConfig.CACHE_LOCALFILES);
    for (int i = 0; files != null && local != null && i < files.length; i++) {
      String name = files[i].getFragment();
      if (name != null && name.startsWith(PREFIX)) {
        // a URI with the local runner, a path in a container
        File file = FileSystem.getLocal(context.getConfiguration()).pathToFile(new Path(local[i]));
        return Files.readAllBytes(file.toPath());
      }
    }
    throw new IOException("Cannot find the model on this node: the job has no cache file for it");
  }
}
