package io.millrace.job.io;

import io.millrace.profile.TableProfile;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.RowType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.TaskInputOutputContext;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.lib.output.PathOutputCommitter;
import org.jspecify.annotations.Nullable;

/**
 * The profile of the rows that a task writes, where the job wants one. It lies beside the task's
 * output and is committed with it, so that only successful attempts count. Not thread-safe.
 */
public final class TaskProfile {
  private static final String FOLDER = "_profiles";

  /** Configuration key: Avro schema of the rows. */
  private static final String ROWS = "millrace.profile.rows";

  private final @Nullable TableProfile profile;

  private TaskProfile(@Nullable TableProfile profile) {
    this.profile = profile;
  }

  /** Makes the tasks of a job profile their rows. */
  public static void want(Configuration configuration, RowType rows) {
    configuration.set(ROWS, rows.toAvro().toString());
  }

  /** The profile of a task that has no rows yet. */
  public static TaskProfile of(Configuration configuration) {
    // raw: a doc may hold what looks like a variable of Hadoop's
    String rows = configuration.getRaw(ROWS);
    return new TaskProfile(
        rows == null ? null : new TableProfile(RowType.fromAvro(new Schema.Parser().parse(rows))));
  }

  /** Adds an encoded row. */
  public void add(byte[] source, int offset, int length) {
    if (profile != null) {
      profile.add(source, offset, length);
    }
  }

  /** Writes the profile, unless there was no row. */
  public void write(TaskInputOutputContext<?, ?, ?, ?> context) throws IOException {
    if (profile == null || profile.rows() == 0) {
      return;
    }
    boolean isMap = context.getTaskAttemptID().getTaskType() == TaskType.MAP;
    int number =
        isMap
            ? NumberedSplit.announcedIn(context.getConfiguration())
            : context.getTaskAttemptID().getTaskID().getId();
    Path folder = ((PathOutputCommitter) context.getOutputCommitter()).getWorkPath();
    Path path = new Path(new Path(folder, FOLDER), "%05d".formatted(number));
    ByteBuilder bytes = new ByteBuilder();
    profile.write(bytes);
    FileSystem fileSystem = path.getFileSystem(context.getConfiguration());
    try (OutputStream out = fileSystem.create(path, true)) {
      out.write(bytes.array(), 0, bytes.length());
    }
  }

  /**
   * The profiles of all tasks of a job as one, in the order of the files, taken away from its
   * output folder.
   */
  public static TableProfile collect(Path output, RowType rows, Configuration configuration)
      throws IOException {
    TableProfile all = new TableProfile(rows);
    Path folder = new Path(output, FOLDER);
    FileSystem fileSystem = folder.getFileSystem(configuration);
    if (!fileSystem.exists(folder)) {
      return all;
    }
    FileStatus[] files = fileSystem.listStatus(folder);
    Arrays.sort(files);
    for (FileStatus file : files) {
      try (InputStream in = fileSystem.open(file.getPath())) {
        byte[] bytes = in.readAllBytes();
        all.merge(new ByteCursor().reset(bytes, 0, bytes.length));
      }
    }
    fileSystem.delete(folder, true);
    return all;
  }
}
