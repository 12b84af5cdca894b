package io.millrace.cli;

import io.millrace.oozie.Coordinator;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The commands that a person is told: of Oozie's own command line, and of ours. */
record OozieRerun(String url, PipelineOptions pipelineOptions, OozieOptions oozieOptions) {
  /**
   * Starts actions of a coordinator again.
   *
   * @param numbers of actions, at least one
   */
  String rerun(Coordinator coordinator, Collection<Integer> numbers) {
    return "oozie job -oozie %s -rerun %s -action %s -nocleanup"
        .formatted(url, coordinator.id(), ranges(numbers));
  }

  /** {@code 3,5-7}. */
  private static String ranges(Collection<Integer> numbers) {
    List<int[]> ranges = new ArrayList<>();
    for (int number : new TreeSet<>(numbers)) {
      int[] last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
      if (last != null && last[1] + 1 == number) {
        last[1] = number;
      } else {
        ranges.add(new int[] {number, number});
      }
    }
    return ranges.stream()
        .map(range -> range[0] == range[1] ? "" + range[0] : range[0] + "-" + range[1])
        .collect(Collectors.joining(","));
  }

  /** Lets a bundle, or a workflow, go on that is held. */
  String resume(String id) {
    return "oozie job -oozie %s -resume %s".formatted(url, id);
  }

  /** Submits again, for nights from a date on. */
  String submit(LocalDate from) {
    return "millrace oozie submit %s %s --from %s"
        .formatted(pipelineOptions.commandLine(), oozieOptions.commandLine(), from);
  }

  /** Makes dates without Oozie. */
  String backfill(LocalDate first, LocalDate last) {
    return "millrace %s %s %s"
        .formatted(
            first.equals(last) ? "run" : "backfill",
            pipelineOptions.commandLine(),
            DateOptions.commandLine(first, last));
  }
}
