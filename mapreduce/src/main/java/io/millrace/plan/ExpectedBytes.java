package io.millrace.plan;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * About how many bytes stages will read: what stands is known, and what is still to be made is
 * guessed from what it is made of. Good enough to tell long work from short.
 */
final class ExpectedBytes {
  /** What a stage writes is so much less than what it reads. */
  private static final int SHRINKING = 3;

  private final List<? extends Collection<Integer>> needs;
  private final long[] reads;

  /**
   * @param needs of each stage those that it waits for, all of which come earlier
   * @param rawBytes how much a raw file counts
   */
  ExpectedBytes(
      List<PlannedStage> stages,
      List<? extends Collection<Integer>> needs,
      ToLongFunction<RawFile> rawBytes) {
    this.needs = needs;
    reads = new long[stages.size()];
    Map<Made, Long> made = new HashMap<>();
    for (int i = 0; i < reads.length; i++) {
      PlannedStage stage = stages.get(i);
      // a stage without input has something to do, too
      long bytes = 1 + stage.rawFiles().stream().mapToLong(rawBytes).sum();
      for (PlannedInput input : stage.inputs()) {
        long guess = made.getOrDefault(new Made(input.stage(), input.date()), 0L);
        bytes += input.bytes().orElse(guess);
      }
      reads[i] = bytes;
      made.put(new Made(stage.stage(), stage.date()), bytes / SHRINKING);
    }
  }

  private record Made(StageId stage, LocalDate date) {}

  /** Of each stage what it reads. */
  long[] ofStages() {
    return reads.clone();
  }

  /**
   * Of each stage what it reads, and the longest chain of stages that wait for it, one for the
   * other: always more than those that follow.
   */
  long[] ofChains() {
    long[] chains = reads.clone();
    long[] longestAfter = new long[chains.length];
    for (int i = chains.length - 1; i >= 0; i--) {
      chains[i] += longestAfter[i];
      for (int need : needs.get(i)) {
        longestAfter[need] = Math.max(longestAfter[need], chains[i]);
      }
    }
    return chains;
  }
}
