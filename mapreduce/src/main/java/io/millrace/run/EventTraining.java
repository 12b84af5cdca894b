package io.millrace.run;

import io.millrace.aggregate.Computation;
import io.millrace.aggregate.ComputationCompiler;
import io.millrace.expression.Step;
import io.millrace.job.join.AssembleJob;
import io.millrace.job.join.ExampleRecords;
import io.millrace.job.join.Joining;
import io.millrace.job.join.MatchJob;
import io.millrace.learn.ExampleSettings;
import io.millrace.learn.SplitPlan;
import io.millrace.pipeline.JoinedRows;
import io.millrace.pipeline.Training;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.TrainingFiles;
import io.millrace.row.Column;
import io.millrace.warehouse.Staging;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;

/** Training rows of events: a join of the clean rows of all snapshot dates. */
final class EventTraining {
  private final Workspace workspace;
  private final Training training;
  private final Training.Source.Events events;

  EventTraining(Workspace workspace, Training training, Training.Source.Events events) {
    this.workspace = workspace;
    this.training = training;
    this.events = events;
  }

  /** The jobs, to be run one after the other; the last one makes the rows. */
  List<Job> jobs(PlannedStage stage, Staging staging) throws IOException {
    Configuration configuration = workspace.configuration();
    Joining join = joining(stage, staging);
    String fingerprint = stage.fingerprint();
    if (events.joined().entities().isEmpty()) {
      return List.of(
          AssembleJob.create(configuration, join, Optional.empty(), fingerprint, staging.output()));
    }
    Path matches = staging.work("matches");
    return List.of(
        MatchJob.create(configuration, join, fingerprint, matches),
        AssembleJob.create(
            configuration, join, Optional.of(matches), fingerprint, staging.output()));
  }

  private Joining joining(PlannedStage stage, Staging staging) throws IOException {
    SplitPlan split = training.split(stage.date());
    List<LocalDate> dates = List.copyOf(split.dates().keySet());
    JoinInputs inputs = JoinInputs.of(workspace, stage, events.joined(), dates);
    TrainingFiles files = new TrainingFiles(training.rows(), training.spec().negatives());
    ExampleSettings examples =
        ExampleSettings.of(
            training.rows().toAvro().toString(),
            training.key().stream().map(Column::name).toList(),
            dates,
            split,
            training.spec().negatives());
    return new Joining(
        inputs.jobInput(files.firstRows(inputs.rows())),
        Optional.of(new ExampleRecords.Settings(examples, label())),
        staging.work("join"));
  }

  private Computation label() {
    JoinedRows joined = events.joined();
    return new ComputationCompiler(workspace.pipeline().spec().timezone())
        .compile(
            joined.clean().select(joined.clean().name(), joined.cleanColumns()),
            List.of(),
            List.of(new Step.Assign("train.label.of", events.label(), Training.EXAMPLE_LABEL)));
  }
}
