package io.millrace.job.io;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a task died of, left beside the job's output: the local runner tells its client nothing, and
 * a cluster buries it in the containers' logs.
 */
public final class TaskFailure {
  private static final Logger LOG = LoggerFactory.getLogger(TaskFailure.class);
  private static final String FOLDER = "_failures";
  private static final ObjectMapper JSON = new ObjectMapper();

  private TaskFailure() {}

  /**
   * What one task died of.
   *
   * @param text for a person
   * @param mayPass why another try may succeed, or null where it will not
   */
  public record Note(String text, @Nullable String mayPass) {}

  /** The body of a task. */
  public interface Body {
    void run() throws IOException, InterruptedException;
  }

  /** Runs a task's body; what it throws is noted and thrown on. */
  public static void noting(TaskAttemptContext context, Body body)
      throws IOException, InterruptedException {
    noting(context, body, Optional::empty);
  }

  /**
   * Runs a task's body; what it throws is noted and thrown on.
   *
   * @param place the record that it was at, asked for after a failure
   */
  public static void noting(TaskAttemptContext context, Body body, Supplier<Optional<String>> place)
      throws IOException, InterruptedException {
    try {
      body.run();
    } catch (IOException | RuntimeException | Error e) {
      note(context, e, place.get());
      throw e;
    }
  }

  private static void note(TaskAttemptContext context, Throwable failure, Optional<String> place) {
    Path output = FileOutputFormat.getOutputPath(context);
    if (output == null) {
      return;
    }
    Path path = new Path(new Path(output, FOLDER), context.getTaskAttemptID().toString());
    try (OutputStream out = path.getFileSystem(context.getConfiguration()).create(path, true)) {
      JSON.writeValue(
          out,
          new Note(
              place.map(where -> "Cannot process " + where + ": ").orElse("") + text(failure),
              PassingFailure.reason(failure).orElse(null)));
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** One line: schedulers show the last one that a command says. */
  private static String text(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      String message =
          each.getMessage() == null ? null : each.getMessage().lines().findFirst().orElse("");
      boolean speaks = each instanceof IOException && message != null;
      if (speaks && text.indexOf(message) >= 0) {
        continue; // the one that it caused has quoted it
      }
      text.append(text.isEmpty() ? "" : ", because of ");
      text.append(speaks ? message : each.toString().lines().findFirst().orElse(""));
      if (!speaks && each.getStackTrace().length > 0) {
        text.append(" at ").append(each.getStackTrace()[0]);
      }
    }
    return text.toString();
  }

  /** What the tasks of a job died of, each message once. */
  public static List<Note> collect(Path output, Configuration configuration) throws IOException {
    List<Note> notes = new ArrayList<>();
    Path folder = new Path(output, FOLDER);
    FileSystem fileSystem = folder.getFileSystem(configuration);
    if (fileSystem.exists(folder)) {
      for (FileStatus status : fileSystem.listStatus(folder)) {
        try (InputStream in = fileSystem.open(status.getPath())) {
          Note note = JSON.readValue(in, Note.class);
          if (!notes.contains(note)) {
            notes.add(note);
          }
        } catch (JacksonException e) {
          // its task was killed while it wrote
          LOG.debug("Cannot read {}", status.getPath(), e);
        }
      }
    }
    return notes;
  }

  /** Removes the notes of attempts that failed, where the job succeeded all the same. */
  public static void forget(Path output, Configuration configuration) throws IOException {
    Path folder = new Path(output, FOLDER);
    folder.getFileSystem(configuration).delete(folder, true);
  }
}
