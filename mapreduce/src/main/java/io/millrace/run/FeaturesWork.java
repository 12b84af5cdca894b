package io.millrace.run;

import io.millrace.avro.ColumnProfile;
import io.millrace.job.features.FeaturesCounter;
import io.millrace.job.features.FeaturesJob;
import io.millrace.job.features.PartialPartition;
import io.millrace.job.io.TaskReport;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.plan.PlannedInput;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.Sizing;
import io.millrace.plan.StageId;
import io.millrace.warehouse.Partition;
import io.millrace.warehouse.Staging;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.avro.Schema;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;

/** Merging the partials that a date's windows reach. */
final class FeaturesWork implements JobChain {
  private final Workspace workspace;
  private final FeatureGroup group;

  FeaturesWork(Workspace workspace, String group) {
    this.workspace = workspace;
    this.group = workspace.pipeline().group(group);
  }

  @Override
  public Job job(PlannedStage stage, Staging staging) throws IOException {
    List<PartialPartition> partials = new ArrayList<>();
    long bytes = 0;
    for (PlannedInput input : stage.inputs()) {
      Partition partition = workspace.warehouse().open(input.dataSet(), input.date());
      bytes += partition.manifest().bytes();
      partials.add(
          new PartialPartition(
              input.date(), partition.folder().toString(), partition.manifest().files()));
    }
    return FeaturesJob.create(
        workspace.configuration(),
        group,
        stage.date(),
        partials,
        Sizing.featureBuckets(bytes),
        workspace.pipeline().spec().profile(),
        stage.fingerprint(),
        staging.output());
  }

  @Override
  public List<String> counterNames() {
    return Arrays.stream(FeaturesCounter.values()).map(FeaturesCounter::counterName).toList();
  }

  @Override
  public List<String> notes(SortedMap<String, Long> counts) {
    return JobCounts.notes(
        counts,
        Map.of(FeaturesCounter.ERRORS.counterName(), "values could not be computed and are NULL"));
  }

  @Override
  public Map<String, Schema> schemas() {
    return Map.of(
        StageId.features(group.name()).mainDataSet(), group.featureType().toAvro(),
        profile(), ColumnProfile.getClassSchema());
  }

  @Override
  public void finish(PlannedStage stage, Path output, TaskReport report) throws IOException {
    new ProfileWriter(workspace)
        .write(group.featureType(), profile(), stage.fingerprint(), output)
        .ifPresent(file -> report.addFile(profile(), file));
  }

  @Override
  public boolean isBucketed(String dataSet) {
    return !dataSet.equals(profile());
  }

  private String profile() {
    return StageId.features(group.name()).profile().orElseThrow();
  }
}
