package io.millrace.run;

import io.millrace.job.clean.CleanJob;
import io.millrace.job.io.PartialsCounter;
import io.millrace.job.io.TaskReport;
import io.millrace.job.partials.PartialsJob;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.pipeline.Pipeline;
import io.millrace.plan.Alongside;
import io.millrace.plan.DataFile;
import io.millrace.plan.PlannedStage;
import io.millrace.warehouse.Staging;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.hadoop.mapreduce.Counters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one job of clean makes beside clean records, from its request until it is put away. */
final class BesideClean {
  private static final Logger LOG = LoggerFactory.getLogger(BesideClean.class);

  private final Workspace workspace;
  private final Alongside alongside;
  private SortedMap<String, Long> partialCounts = Collections.emptySortedMap();

  /** How many records were combined, by the group. */
  private final Map<String, Long> combined = new HashMap<>();

  private SortedMap<String, List<DataFile>> files = Collections.emptySortedMap();

  BesideClean(Workspace workspace, Alongside alongside) {
    this.workspace = workspace;
    this.alongside = alongside;
  }

  /** What the job is asked for, of the group whose entities' records lie together. */
  Optional<CleanJob.Partials> partials() {
    return alongside.partials().map(this::request);
  }

  /** What it is asked for, of other groups. */
  List<CleanJob.Partials> combined() {
    return alongside.combined().stream().map(this::request).toList();
  }

  private CleanJob.Partials request(PlannedStage stage) {
    Pipeline pipeline = workspace.pipeline();
    FeatureGroup group = group(stage);
    return new CleanJob.Partials(
        group, PartialsJob.settings(group, pipeline.cleaning().rows()), stage.fingerprint());
  }

  private FeatureGroup group(PlannedStage stage) {
    return workspace.pipeline().group(stage.stage().group().orElseThrow());
  }

  /** Takes what the job has counted. */
  void counted(Counters counters) {
    if (alongside.partials().isPresent()) {
      partialCounts = JobCounts.named(counters, PartialsWork.names());
    }
    for (PlannedStage stage : alongside.combined()) {
      String name = group(stage).name();
      combined.put(name, counters.findCounter(CleanJob.COMBINED_COUNTERS, name).getValue());
    }
  }

  /** Takes what the tasks have written. */
  void reported(TaskReport report) {
    files = report.files();
  }

  /**
   * Checks that each record that was kept was aggregated once.
   *
   * @throws StageFailedException where records were lost or doubled
   */
  void check(long kept) {
    long folded = partialCounts.getOrDefault(PartialsCounter.RECORDS_READ.counterName(), kept);
    long most = combined.values().stream().mapToLong(Long::longValue).max().orElse(kept);
    if (folded != kept || most > kept) {
      throw new StageFailedException(
          "Records were lost or doubled: %d were kept, but %d were aggregated. Nothing was published."
              .formatted(kept, folded == kept ? most : folded));
    }
  }

  /**
   * Puts all of it where the stages find it that publish it.
   *
   * @param kept records; where fewer were combined for a group, a task has given up
   */
  void putAway(PlannedStage clean, Staging staging, long kept) throws IOException {
    PreparedPartials prepared = new PreparedPartials(workspace);
    alongside
        .partials()
        .ifPresent(
            stage ->
                prepared.put(
                    clean,
                    staging,
                    stage,
                    PreparedPartials.Form.PARTIALS,
                    stage.stage().mainDataSet(),
                    partialCounts,
                    filesIn(stage.stage().mainDataSet())));
    for (PlannedStage stage : alongside.combined()) {
      String folder = CleanJob.combined(group(stage));
      if (combined.getOrDefault(group(stage).name(), 0L) == kept) {
        prepared.put(
            clean,
            staging,
            stage,
            PreparedPartials.Form.COMBINED_STATES,
            folder,
            Collections.emptySortedMap(),
            filesIn(folder));
      } else {
        LOG.info("{} will be made of clean records: combining them was given up", stage.stage());
      }
    }
  }

  private List<DataFile> filesIn(String dataSet) {
    return new ArrayList<>(files.getOrDefault(dataSet, List.of()));
  }
}
