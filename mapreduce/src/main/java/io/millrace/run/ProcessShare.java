package io.millrace.run;

/**
 * What a job may take of the process that runs it, beside others: a pure function of how many there
 * are, of the heap, and of what a job that is alone takes. Memory is divided and never lent twice.
 * Cores are lent twice at most, or they would idle while one of the jobs has work for one only.
 *
 * @param jobs that divide the heap
 * @param tasks of the job that run at once
 */
record ProcessShare(int jobs, int tasks) {
  private static final long MIB = 1L << 20;

  /** What a task needs to be worth its while: buffers, tables, open files. */
  private static final long HEAP_PER_TASK = 192 * MIB;

  /** What a job needs beside others for tables that have no share, as those of features are. */
  private static final long HEAP_PER_JOB = 1024 * MIB;

  /** Two fill each other's gaps; more only divide the memory further. */
  private static final int MOST_STAGES = 2;

  private static final int LENT_TIMES = 2;

  /** How many tasks a job runs at once that is alone. */
  static int tasksOfProcess(int cores, long heap) {
    return (int) Math.max(1, Math.min(cores, heap / HEAP_PER_TASK));
  }

  /** How many stages run side by side where nobody says. */
  static int stages(int tasksOfProcess, long heap) {
    long fitting = Math.min(tasksOfProcess, heap / HEAP_PER_JOB);
    return (int) Math.max(1, Math.min(MOST_STAGES, fitting));
  }

  /**
   * The share of one of several jobs.
   *
   * @param alone how many tasks it would run at once if it were alone
   */
  static ProcessShare of(int jobs, int alone, long heap) {
    long lent = Math.min((long) LENT_TIMES * alone, heap / HEAP_PER_TASK) / jobs;
    return new ProcessShare(jobs, jobs == 1 ? alone : (int) Math.max(1, Math.min(alone, lent)));
  }

  /** What a task of the job may take of a memory that belongs to all tasks of the process. */
  double ofWhole() {
    return 1.0 / jobs / tasks;
  }
}
