package io.millrace.warehouse;

import io.millrace.plan.StageId;
import java.time.LocalDate;
import org.apache.hadoop.fs.Path;

/**
 * Where a run works on one stage of one date, until it is published or discarded. Only {@link
 * Committer#begin} makes one.
 */
public final class Staging {
  private final String run;
  private final StageId stage;
  private final LocalDate date;
  private final Path folder;
  private final Path trash;

  Staging(String run, StageId stage, LocalDate date, Path folder, Path trash) {
    this.run = run;
    this.stage = stage;
    this.date = date;
    this.folder = folder;
    this.trash = trash;
  }

  public String run() {
    return run;
  }

  public StageId stage() {
    return stage;
  }

  public LocalDate date() {
    return date;
  }

  /** The job's output: it does not exist yet, and gets one folder a data set. */
  public Path output() {
    return output(folder);
  }

  /** A place for what is needed on the way and not published; it does not exist yet. */
  public Path work(String name) {
    return new Path(folder, "work-" + name);
  }

  Path folder() {
    return folder;
  }

  Path trash() {
    return trash;
  }

  static Path output(Path folder) {
    return new Path(folder, "output");
  }
}
