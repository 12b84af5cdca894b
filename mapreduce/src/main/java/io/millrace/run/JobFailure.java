package io.millrace.run;

import io.millrace.job.io.TaskFailure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobStatus;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.jspecify.annotations.Nullable;

/** Why a job failed, and whether that can pass. */
final class JobFailure {
  /** Containers that end without a word for these reasons will do so again. */
  private static final Pattern LASTING =
      Pattern.compile(
          "beyond the '(PHYSICAL|VIRTUAL)' memory limit|Could not find or load main class"
              + "|OutOfMemoryError|InvalidResourceRequest|AccessControlException|unknown queue",
          Pattern.CASE_INSENSITIVE);

  private JobFailure() {}

  static StageFailedException of(Job job) throws IOException, InterruptedException {
    boolean isLocal = LocalRuntime.isLocal(job.getConfiguration());
    return of(job, job, job.getStatus().getFailureInfo(), wasKilled(job), isLocal);
  }

  /**
   * The failure of a job within another one, on a cluster.
   *
   * @param info what is known of it beside what its tasks have noted
   */
  static StageFailedException within(Job outer, Job job, String info) throws IOException {
    return of(job, outer, info, false, false);
  }

  /** The failure of a job that was lost with the one that it ran in, on a cluster. */
  static StageFailedException lost(Job outer, Job job) throws IOException, InterruptedException {
    return of(job, outer, outer.getStatus().getFailureInfo(), wasKilled(outer), false);
  }

  private static boolean wasKilled(Job job) throws IOException, InterruptedException {
    return job.getStatus().getState() == JobStatus.State.KILLED;
  }

  private static StageFailedException of(
      Job job, Job submitted, @Nullable String info, boolean wasKilled, boolean isLocal)
      throws IOException {
    List<TaskFailure.Note> notes =
        TaskFailure.collect(FileOutputFormat.getOutputPath(job), job.getConfiguration());
    String known = info == null || info.equals("NA") ? "" : info;
    return new StageFailedException(
        "%s failed: %s".formatted(job.getJobName(), text(notes, known, wasKilled, submitted)),
        mayPass(notes, known, wasKilled, isLocal));
  }

  private static String text(
      List<TaskFailure.Note> notes, String info, boolean wasKilled, Job submitted) {
    if (!notes.isEmpty()) {
      return String.join("\n", notes.stream().map(TaskFailure.Note::text).distinct().toList());
    }
    if (!info.isEmpty()) {
      return info;
    }
    return wasKilled
        ? "it was killed (" + submitted.getJobID() + ")"
        : "its tasks left no message; the log above, or that of its containers, has more ("
            + submitted.getJobID()
            + ")";
  }

  /**
   * Why another try may succeed.
   *
   * @param info what YARN says of the job
   * @param wasKilled rather than failed
   */
  static Optional<String> mayPass(
      List<TaskFailure.Note> notes, String info, boolean wasKilled, boolean isLocal) {
    if (wasKilled) {
      return Optional.of("the job was killed");
    }
    for (TaskFailure.Note note : notes) {
      if (note.mayPass() == null) {
        return Optional.empty();
      }
    }
    if (!notes.isEmpty()) {
      return Optional.ofNullable(notes.get(0).mayPass());
    }
    return isLocal || LASTING.matcher(info).find()
        ? Optional.empty()
        : Optional.of("its application master or its containers were lost");
  }
}
