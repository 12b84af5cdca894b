package io.millrace.warehouse;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process, named so that no other one ever has the same name.
 *
 * @param machine the boot of a machine, and the namespace in which its processes are numbered;
 *     empty where the system does not tell, and then nothing is known of the process
 * @param started in the machine's own ticks since it booted, which no change of the clock moves
 */
public record RunningProcess(String machine, long pid, long started) {
  private static final Path PROC = Path.of("/proc");
  // of what follows the process's name in /proc/<pid>/stat, see proc(5)
  private static final int STATE = 0;
  private static final int START = 19;
  private static final long UNKNOWN = -1;
  // which is there as long as its machine or container is
  private static final long FIRST = 1;

  /** This process. */
  public static RunningProcess current() {
    return of(ProcessHandle.current().pid());
  }

  /** A process of this machine that runs. */
  static RunningProcess of(long pid) {
    return new RunningProcess(machineName(), pid, started(pid).orElse(UNKNOWN));
  }

  /** Whether it certainly runs no longer; of a process of another machine nothing is certain. */
  @JsonIgnore
  public boolean isGone() {
    return !machine.isEmpty()
        && started != UNKNOWN
        && machine.equals(machineName())
        && seesAll()
        && started(pid).filter(now -> now == started || now == UNKNOWN).isEmpty();
  }

  /** Whether processes of other users show, as they do unless /proc is mounted with hidepid. */
  private static boolean seesAll() {
    return started(FIRST).isPresent();
  }

  private static String machineName() {
    try {
      return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip()
          + " "
          + Files.readSymbolicLink(PROC.resolve("self/ns/pid"));
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  /** When a process began, or nothing where it has ended. */
  private static Optional<Long> started(long pid) {
    try {
      String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
      // the name may hold blanks and brackets
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      boolean hasEnded = fields[STATE].equals("Z") || fields[STATE].equals("X");
      return hasEnded ? Optional.empty() : Optional.of(Long.parseLong(fields[START]));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      // such as too many open files: it is there, as far as is known; a read of one that has just
      // ended fails, too
      return Files.exists(PROC.resolve(Long.toString(pid)))
          ? Optional.of(UNKNOWN)
          : Optional.empty();
    }
  }
}
