package io.millrace.cli;

import io.millrace.plan.PlannedInput;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.RawFile;
import java.util.ArrayList;
import java.util.List;

/**
 * What stages that run have to do.
 *
 * @param rawBytes length of the raw files that they read
 * @param partitionBytes length of the partitions that they read and that stand, as often as they
 *     are read
 * @param madeFirst how many more partitions they read, which are made before
 */
record PlanCost(int jobs, long rawBytes, long partitionBytes, int madeFirst) {
  static PlanCost of(List<PlannedStage> stages) {
    long raw = 0;
    long partitions = 0;
    int madeFirst = 0;
    for (PlannedStage stage : stages) {
      raw += stage.rawFiles().stream().mapToLong(RawFile::length).sum();
      for (PlannedInput input : stage.inputs()) {
        partitions += input.bytes().orElse(0);
        madeFirst += input.bytes().isEmpty() ? 1 : 0;
      }
    }
    return new PlanCost(stages.size(), raw, partitions, madeFirst);
  }

  /** What is read, in words. */
  String reads() {
    List<String> parts = new ArrayList<>();
    if (rawBytes > 0) {
      parts.add(Bytes.text(rawBytes) + " of raw files");
    }
    if (partitionBytes > 0) {
      parts.add(Bytes.text(partitionBytes) + " of partitions");
    }
    if (madeFirst > 0) {
      parts.add("partitions that are made first");
    }
    return parts.isEmpty() ? "nothing" : String.join(", ", parts);
  }
}
