package io.millrace.job.io;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.InputSplit;

/**
 * A split of a job without reduces that knows the number of the files made of it. Hadoop numbers
 * map tasks by the length of their splits, which says nothing of what is in them. The input format
 * calls {@link #announce} as it creates a split's reader, which Hadoop does before it asks {@link
 * RecordOutputFormat} for the writer.
 */
public interface NumberedSplit {
  /** Configuration key of a task: the number of its split. */
  String NUMBER = "millrace.split.number";

  /** From 0, without gaps. */
  int number();

  /** Makes a split's number known to the writer of the same task. */
  static void announce(InputSplit split, Configuration taskConfiguration) {
    if (split instanceof NumberedSplit numbered) {
      taskConfiguration.setInt(NUMBER, numbered.number());
    }
  }

  /** The number announced in a task. */
  static int announcedIn(Configuration taskConfiguration) throws IOException {
    String number = taskConfiguration.get(NUMBER);
    if (number == null) {
      throw new IOException(
          "Cannot number the files of a map task: its split is no NumberedSplit, or its input"
              + " format has not announced it");
    }
    return Integer.parseInt(number);
  }
}
