package io.millrace.job.io;

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

/** A model's way to the tasks: Hadoop brings it to each node once. */
public final class ModelFile {
  private ModelFile() {}

  /**
   * Adds a model to a job.
   *
   * @param name by which the job's tasks find it, in lower case
   * @param fingerprint by which two jobs that share a working folder tell their models apart
   */
  public static void add(Job job, Path model, String name, String fingerprint) throws IOException {
    Configuration configuration = job.getConfiguration();
    URI file = model.getFileSystem(configuration).makeQualified(model).toUri();
    job.addCacheFile(URI.create(file + "#" + prefix(name) + fingerprint + ".onnx"));
  }

  /** The bytes of a model on this node. */
  public static byte[] read(TaskAttemptContext context, String name) throws IOException {
    URI[] files = context.getCacheFiles();
    String[] local = context.getConfiguration().getStrings(MRJobConfig.CACHE_LOCALFILES);
    for (int i = 0; files != null && local != null && i < files.length; i++) {
      String fragment = files[i].getFragment();
      if (fragment != null && fragment.startsWith(prefix(name))) {
        // a URI with the local runner, a path in a container
        File file = FileSystem.getLocal(context.getConfiguration()).pathToFile(new Path(local[i]));
        return Files.readAllBytes(file.toPath());
      }
    }
    throw new IOException(
        "Cannot find model %s on this node: the job has no cache file for it".formatted(name));
  }

  private static String prefix(String name) {
    return "model-" + name + "-";
  }
}
