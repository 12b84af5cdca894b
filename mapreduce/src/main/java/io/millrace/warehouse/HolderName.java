package io.millrace.warehouse;

/**
 * Under which name a run works on a unit: its own, and when it tries again, that with a number:
 * {@code <run>.2}. So the tries of one run are to each other what runs are.
 */
final class HolderName {
  private static final char SEPARATOR = '.';

  private HolderName() {}

  static String of(String run, int attempt) {
    return attempt == 1 ? run : run + SEPARATOR + attempt;
  }

  /** The run that works under a name. */
  static String run(String holder) {
    int separator = holder.lastIndexOf(SEPARATOR);
    return separator < 0 ? holder : holder.substring(0, separator);
  }
}
