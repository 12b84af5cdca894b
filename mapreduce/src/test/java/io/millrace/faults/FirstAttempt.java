package io.millrace.faults;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskType;

/**
 * Makes the first attempt of each task fail, or that of each job's first map and reduce task stall
 * for so long that another one overtakes it. A job's only reduce does not stall: Hadoop has another
 * attempt overtake it only once others have shown how long reduces take.
 */
public final class FirstAttempt {
  /** The setting that names the fault. */
  public static final String FAULT = "millrace.test.fault";

  /** Values of the setting. */
  public static final String FAIL = "fail";

  public static final String STALL = "stall";

  /** The setting that names a folder where each fault leaves an empty file. */
  public static final String TRACES = "millrace.test.fault.traces";

  /** How the name of a trace ends that an attempt leaves which stalled and was let go on. */
  public static final String NOT_OVERTAKEN = "-not-overtaken";

  private static final int STALL_SECONDS = 90;

  private FirstAttempt() {}

  /** To be called in the midst of a task's work. */
  static void midway(Configuration configuration) throws IOException {
    String attempt = configuration.get("mapreduce.task.attempt.id");
    if (attempt == null) {
      return; // the client, or an application master
    }
    TaskAttemptID id = TaskAttemptID.forName(attempt);
    if (id.getId() > 0) {
      return;
    }
    String fault = configuration.get(FAULT, "");
    if (fault.equals(FAIL)) {
      trace(configuration, attempt);
      throw new IOException("A fault on purpose in " + id);
    }
    if (fault.equals(STALL) && id.getTaskID().getId() == 0 && hasPeers(id, configuration)) {
      trace(configuration, attempt);
      try {
        TimeUnit.SECONDS.sleep(STALL_SECONDS);
      } catch (InterruptedException e) {
        throw (IOException) new InterruptedIOException("overtaken").initCause(e);
      }
      trace(configuration, attempt + NOT_OVERTAKEN);
    }
  }

  private static boolean hasPeers(TaskAttemptID id, Configuration configuration) {
    return id.getTaskType() == TaskType.MAP || configuration.getInt("mapreduce.job.reduces", 1) > 1;
  }

  private static void trace(Configuration configuration, String name) throws IOException {
    Path folder = new Path(configuration.get(TRACES));
    folder.getFileSystem(configuration).create(new Path(folder, name), true).close();
  }
}
