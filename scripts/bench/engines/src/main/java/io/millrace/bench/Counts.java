package io.millrace.bench;

/**
 * What Linux counts of a process in {@code /proc}.
 *
 * @param cpuSeconds user and system
 * @param readBytes that read calls gave it (rchar)
 * @param writtenBytes that it passed to write calls (wchar)
 */
record Counts(double cpuSeconds, long readBytes, long writtenBytes) {
  static final Counts NONE = new Counts(0, 0, 0);

  private static final double TICKS_PER_SECOND =
      100; // of /proc/<pid>/stat, on every Linux of today

  // of what stands behind the name in a stat: fields 14 to 17 of the whole line
  private static final int OWN_USER = 11;
  private static final int OWN_SYSTEM = 12;
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;

  /**
   * What the children of a process took that have ended.
   *
   * @param text its stat, and its io behind it; bytes are those of the process, too
   */
  static Counts ofChildren(String text) {
    return of(text, CHILDREN_USER, CHILDREN_SYSTEM);
  }

  /** What a process took, and its children that have ended. */
  static Counts ofAll(String text) {
    return of(text, OWN_USER, OWN_SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM);
  }

  private static Counts of(String text, int... ticks) {
    String[] lines = text.strip().split("\n");
    // the name may hold blanks and brackets
    String[] stat = lines[0].substring(lines[0].lastIndexOf(')') + 2).split(" ");
    long sum = 0;
    for (int each : ticks) {
      sum += Long.parseLong(stat[each]);
    }
    return new Counts(sum / TICKS_PER_SECOND, bytes("rchar: ", lines), bytes("wchar: ", lines));
  }

  private static long bytes(String name, String... lines) {
    long bytes = 0;
    for (String line : lines) {
      if (line.startsWith(name)) {
        bytes = Long.parseLong(line.substring(name.length()));
      }
    }
    return bytes;
  }

  Counts plus(Counts more) {
    return new Counts(
        cpuSeconds + more.cpuSeconds, readBytes + more.readBytes, writtenBytes + more.writtenBytes);
  }

  Counts minus(Counts before) {
    return new Counts(
        cpuSeconds - before.cpuSeconds,
        readBytes - before.readBytes,
        writtenBytes - before.writtenBytes);
  }
}
