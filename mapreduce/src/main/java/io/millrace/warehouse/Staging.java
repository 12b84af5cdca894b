package io.millrace.warehouse;

import io.millrace.plan.StageId;
import java.time.LocalDate;
import org.apache.hadoop.fs.Path;

/**
 * Where a run works on a stage of a date, of which it has taken the lease, until it is published or
 * discarded. Only {@link Committer#begin} makes one. Jobs write below it as they like, but never
 * below its folder {@code commit}.
 */
public final class Staging {
  private final String run;
  private final Lease lease;
  private final Path folder;

  Staging(String run, Lease lease, Path folder) {
    this.run = run;
    this.lease = lease;
    this.folder = folder;
  }

  public String run() {
    return run;
  }

  public StageId stage() {
    return unit().stage();
  }

  public LocalDate date() {
    return unit().date();
  }

  public Unit unit() {
    return lease.unit();
  }

  /** Whether another run has taken over, so that all further work is in vain. */
  public boolean isLost() {
    return lease.isLost();
  }

  /**
   * Checks that the work is not known to be in vain.
   *
   * @throws LeaseLostException where another run has taken over
   */
  public void requireHeld() {
    if (isLost()) {
      throw new LeaseLostException(unit(), "", null);
    }
  }

  /** The job's output: it does not exist yet, and gets one folder a data set. */
  public Path output() {
    return new Path(folder, "output");
  }

  /** A place for what is needed on the way and not published; it does not exist yet. */
  public Path work(String name) {
    return new Path(folder, "work-" + name);
  }

  Lease lease() {
    return lease;
  }

  Path folder() {
    return folder;
  }

  CommitFolder commit() {
    return CommitFolder.of(folder);
  }
}
