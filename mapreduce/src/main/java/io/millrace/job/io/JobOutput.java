package io.millrace.job.io;

import java.util.List;

/** The data sets that a job writes, for {@link RecordOutputFormat}. */
public record JobOutput(List<DataSet> dataSets) {
  public JobOutput {
    dataSets = List.copyOf(dataSets);
  }

  /**
   * One data set.
   *
   * @param name the key of its records
   * @param folder its folder below the job's output
   * @param schema Avro schema as JSON
   * @param fingerprint of the partition, at least 32 hexadecimal digits: the files' sync marker
   *     comes from it
   * @param firstTask the first reduce, or, where there is none, the number of the first {@link
   *     NumberedSplit}, that writes it
   * @param tasks how many tasks write it; file numbers count from its first task
   * @param always whether each of those tasks makes a file even where it has no record
   */
  public record DataSet(
      String name,
      String folder,
      String schema,
      String fingerprint,
      int firstTask,
      int tasks,
      boolean always) {
    /** A data set whose folder has its name. */
    public DataSet(
        String name, String schema, String fingerprint, int firstTask, int tasks, boolean always) {
      this(name, name, schema, fingerprint, firstTask, tasks, always);
    }

    /** Whether a task may write this data set. */
    public boolean isWrittenBy(int task) {
      return task >= firstTask && task < firstTask + tasks;
    }
  }
}
