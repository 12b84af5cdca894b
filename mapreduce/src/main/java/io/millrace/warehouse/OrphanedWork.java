package io.millrace.warehouse;

import java.io.IOException;

/** What a run that died has still running elsewhere. */
@FunctionalInterface
public interface OrphanedWork {
  /** Ends what still runs for a unit of a run, if anything does, and waits until it has ended. */
  void end(String run, Unit unit) throws IOException;
}
