package io.millrace.job.io;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** Libraries that the tasks of some jobs need, and that do not travel with the others. */
public enum TaskLibrary {
  /** Runs models; tens of megabytes of native code. */
  ONNX_RUNTIME,
  /** Grows boosted trees; native code too. */
  XGBOOST;

  private static final String KEY = "millrace.task.libraries";

  /** Says that a job's tasks need this library. */
  public void require(Configuration job) {
    Collection<String> names = job.getStringCollection(KEY);
    names.add(name());
    job.setStrings(KEY, names.toArray(String[]::new));
  }

  /** The libraries that a job's tasks need. */
  public static Set<TaskLibrary> requiredBy(Configuration job) {
    Set<TaskLibrary> libraries = EnumSet.noneOf(TaskLibrary.class);
    job.getStringCollection(KEY).forEach(name -> libraries.add(valueOf(name)));
    return libraries;
  }
}
