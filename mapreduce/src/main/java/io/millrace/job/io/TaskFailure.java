package io.millrace.job.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;

/**
 * What a task died of, left beside the job's output: the local runner tells its client nothing, and
 * a cluster buries it in the containers' logs.
 */
public final class TaskFailure {
  private static final String FOLDER = "_failures";

  private TaskFailure() {}

  /** The body of a task. */
  public interface Body {
    void run() throws IOException, InterruptedException;
  }

  /** Runs a task's body; what it throws is noted and thrown on. */
  public static void noting(TaskAttemptContext context, Body body)
      throws IOException, InterruptedException {
    try {
      body.run();
    } catch (IOException | RuntimeException | Error e) {
      note(context, e);
      throw e;
    }
  }

  private static void note(TaskAttemptContext context, Throwable failure) {
    Path output = FileOutputFormat.getOutputPath(context);
    if (output == null) {
      return;
    }
    Path path = new Path(new Path(output, FOLDER), context.getTaskAttemptID().toString());
    try (OutputStream out = path.getFileSystem(context.getConfiguration()).create(path, true)) {
      out.write(text(failure).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static String text(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      String message = each.getMessage();
      boolean speaks = each instanceof IOException && message != null;
      if (speaks && text.indexOf(message) >= 0) {
        continue; // the one that it caused has quoted it
      }
      text.append(text.isEmpty() ? "" : "\n  because: ");
      text.append(speaks ? message : each.toString());
      if (!speaks && each.getStackTrace().length > 0) {
        text.append(" at ").append(each.getStackTrace()[0]);
      }
    }
    return text.toString();
  }

  /** What the tasks of a job died of, each message once. */
  public static List<String> collect(Path output, Configuration configuration) throws IOException {
    List<String> messages = new ArrayList<>();
    Path folder = new Path(output, FOLDER);
    FileSystem fileSystem = folder.getFileSystem(configuration);
    if (fileSystem.exists(folder)) {
      for (FileStatus status : fileSystem.listStatus(folder)) {
        try (InputStream in = fileSystem.open(status.getPath())) {
          String message = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          if (!messages.contains(message)) {
            messages.add(message);
          }
        }
      }
    }
    return messages;
  }

  /** Removes the notes of attempts that failed, where the job succeeded all the same. */
  public static void forget(Path output, Configuration configuration) throws IOException {
    Path folder = new Path(output, FOLDER);
    folder.getFileSystem(configuration).delete(folder, true);
  }
}
