package io.millrace.run;

import org.apache.hadoop.yarn.util.ResourceCalculatorProcessTree;

/**
 * No figures of a task's process: in one process all tasks have the same, and Hadoop would start
 * two programs to find out in which units the system has them.
 */
public final class UnmeasuredProcess extends ResourceCalculatorProcessTree {
  /** Called by Hadoop. */
  public UnmeasuredProcess(String process) {
    super(process);
  }

  @Override
  public void updateProcessTree() {
    // there is nothing to look at
  }

  @Override
  public String getProcessTreeDump() {
    return "";
  }

  @Override
  public boolean checkPidPgrpidForMatch() {
    return true;
  }
}
