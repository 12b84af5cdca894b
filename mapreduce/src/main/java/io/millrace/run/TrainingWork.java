package io.millrace.run;

import io.millrace.job.io.ExampleCounter;
import io.millrace.learn.Part;
import io.millrace.pipeline.Training;
import io.millrace.plan.PlannedInput;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.StageId;
import io.millrace.warehouse.Staging;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;

/** Making training rows: one job for entities, two for events, whatever the number of dates. */
final class TrainingWork implements StageWork {
  /** The rows of dates that lie in a gap between two parts. They are not read. */
  static final String ROWS_IN_GAP = "training_rows_in_gap_total";

  private final Workspace workspace;
  private final Training training;

  TrainingWork(Workspace workspace) {
    this.workspace = workspace;
    training = workspace.pipeline().training().orElseThrow();
  }

  @Override
  public SortedMap<String, Long> make(PlannedStage stage, Staging staging, StageJobs jobs)
      throws IOException, InterruptedException {
    SortedMap<LocalDate, Part> parts = training.split(stage.date()).dates();
    if (parts.isEmpty()) {
      throw new StageFailedException(
          "Cannot make training rows of %s: there is no snapshot date whose labels are known by then"
              .formatted(stage.date()));
    }
    List<Job> chain;
    String rowsOf;
    if (training.source() instanceof Training.Source.Events events) {
      chain = new EventTraining(workspace, training, events).jobs(stage, staging);
      rowsOf = StageId.clean().mainDataSet();
    } else {
      Training.Source.Entities entities = (Training.Source.Entities) training.source();
      chain = List.of(new EntityTraining(workspace, training, entities).job(stage, staging));
      rowsOf = StageId.features(entities.group().name()).mainDataSet();
    }
    for (Job before : chain.subList(0, chain.size() - 1)) {
      jobs.run(before);
    }
    Counters counters = jobs.run(chain.get(chain.size() - 1));
    SortedMap<String, Long> counts = new TreeMap<>(JobCounts.of(counters, counterNames()));
    counts.put(ROWS_IN_GAP, rowsInGap(stage, rowsOf, parts.keySet()));
    return counts;
  }

  private long rowsInGap(PlannedStage stage, String dataSet, Set<LocalDate> used)
      throws IOException {
    Set<LocalDate> snapshots = Set.copyOf(training.snapshots().dates(stage.date()));
    long rows = 0;
    for (PlannedInput input : stage.inputs()) {
      if (input.dataSet().equals(dataSet)
          && snapshots.contains(input.date())
          && !used.contains(input.date())) {
        rows += workspace.warehouse().open(dataSet, input.date()).manifest().records();
      }
    }
    return rows;
  }

  private List<String> counterNames() {
    Set<ExampleCounter> others =
        training.source() instanceof Training.Source.Events
            ? Set.of(
                ExampleCounter.EVENTS_READ,
                ExampleCounter.EVENTS_MARKING,
                ExampleCounter.MARKS_WITHOUT_ROW)
            : Set.of(ExampleCounter.FEATURES_FOUND, ExampleCounter.ROWS_UNLABELLED);
    return Arrays.stream(ExampleCounter.values())
        .filter(counter -> !others.contains(counter))
        .filter(
            counter ->
                counter != ExampleCounter.ROWS_POSITIVE
                    || training.target() == Training.Target.BINARY)
        .map(ExampleCounter::counterName)
        .toList();
  }

  @Override
  public String check(PlannedStage stage, SortedMap<String, Long> counts) {
    long read = count(ExampleCounter.ROWS_READ, counts);
    long written = count(ExampleCounter.ROWS_WRITTEN, counts);
    long unlabelled = count(ExampleCounter.ROWS_UNLABELLED, counts);
    long sampledOut = count(ExampleCounter.ROWS_SAMPLED_OUT, counts);
    if (read != written + unlabelled + sampledOut) {
      throw new StageFailedException(
          "Rows were lost or doubled: %d were read, but %d written + %d without a label + %d sampled out are %d. Nothing was published."
              .formatted(read, written, unlabelled, sampledOut, written + unlabelled + sampledOut));
    }
    return "";
  }

  private static long count(ExampleCounter counter, SortedMap<String, Long> counts) {
    return counts.getOrDefault(counter.counterName(), 0L);
  }

  @Override
  public List<String> notes(SortedMap<String, Long> counts) {
    return JobCounts.notes(
        counts,
        Map.of(
            ExampleCounter.LABEL_ERRORS.counterName(),
            "labels could not be computed: those rows, or events, do not count",
            ExampleCounter.ROWS_UNLABELLED.counterName(),
            "rows have no label (NULL), and are left out"));
  }

  @Override
  public Map<String, Schema> schemas() {
    return Map.of(StageId.training().mainDataSet(), training.rows().toAvro());
  }

  @Override
  public boolean isBucketed(String dataSet) {
    return false;
  }
}
