package io.millrace.plan;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * A partition as it stands, compared with what it should be.
 *
 * @param manifest of its main data set, where it stands
 * @param expected what it would be if it were made now; empty where an input cannot be had
 * @param changes where it stands and is not current, what has changed since it was made; of a kept
 *     one, in its definition
 * @param reads where it stands and is not current, the inputs that it no longer finds as it did
 * @param fromNothing whether it could only be made from a date without raw files, and nothing tells
 *     whether it once was made from some
 */
record Assessment(
    StageOutline outline,
    LocalDate date,
    State state,
    Optional<Manifest> manifest,
    Optional<Fingerprints> expected,
    RecordedDefinition definition,
    RawDay raw,
    List<Change> changes,
    List<Changes.Read> reads,
    boolean fromNothing) {
  enum State {
    CURRENT,
    STALE,
    ABSENT,
    DIED_PUBLISHING,
    /** Kept as it is: what it was made from is no longer there. */
    SOURCE_GONE,
    /** Cannot be made: what it would be made from is not there. */
    NO_SOURCE
  }

  StageId stage() {
    return outline.id();
  }

  PartitionName name() {
    return new PartitionName(stage().mainDataSet(), date);
  }

  /** What those who read it will find, once the plan is carried out. */
  Optional<Fingerprints> seen() {
    return switch (state) {
      case CURRENT, STALE, ABSENT, DIED_PUBLISHING -> expected;
      case SOURCE_GONE -> manifest.map(Manifest::fingerprints);
      case NO_SOURCE -> Optional.empty();
    };
  }

  /** Whether it may be read as it stands, as far as these columns go. */
  boolean isReadable(SortedSet<String> columns) {
    if (manifest.isEmpty() || seen().isEmpty()) {
      return false;
    }
    String asItIs = manifest.get().fingerprints().asRead(columns);
    return asItIs.equals(seen().get().asRead(columns));
  }

  /** Whether it would be made from raw files, and there are none. */
  boolean lacksRawFiles() {
    return outline.readsRaw() && raw.files().isEmpty();
  }

  /** Whether what was made from it cannot be made again. */
  boolean isLost() {
    return fromNothing || state == State.NO_SOURCE;
  }

  /** Its name: {@code partials/card/dt=2026-11-01}. */
  @Override
  public String toString() {
    return name().toString();
  }
}
