package io.millrace.warehouse;

/** A lease that a run has taken of a unit. Thread-safe. */
final class Lease {
  private final Unit unit;
  private final String holder;
  private volatile boolean lost;

  Lease(Unit unit, String holder) {
    this.unit = unit;
    this.holder = holder;
  }

  Unit unit() {
    return unit;
  }

  /** The name under which it is held. */
  String holder() {
    return holder;
  }

  /** Whether another run has certainly taken it; that it has not is never certain. */
  boolean isLost() {
    return lost;
  }

  void markLost() {
    lost = true;
  }
}
