package io.millrace.run;

import io.millrace.aggregate.ComputationCompiler;
import io.millrace.expression.Step;
import io.millrace.job.io.BucketFiles;
import io.millrace.job.io.InputFiles;
import io.millrace.job.training.TrainingInput;
import io.millrace.job.training.TrainingJob;
import io.millrace.join.JoinSettings;
import io.millrace.learn.ExampleSettings;
import io.millrace.learn.MarkSettings;
import io.millrace.learn.SplitPlan;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.pipeline.JoinedRows;
import io.millrace.pipeline.Training;
import io.millrace.plan.DataFile;
import io.millrace.plan.DatePacks;
import io.millrace.plan.PlannedInput;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.Sizing;
import io.millrace.plan.StageId;
import io.millrace.plan.StageKind;
import io.millrace.plan.TrainingFiles;
import io.millrace.row.Column;
import io.millrace.row.RowType;
import io.millrace.warehouse.Partition;
import io.millrace.warehouse.Staging;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;

/** Training rows of entities: their features of snapshot dates, labelled from what came after. */
final class EntityTraining {
  private final Workspace workspace;
  private final Training training;
  private final Training.Source.Entities entities;

  EntityTraining(Workspace workspace, Training training, Training.Source.Entities entities) {
    this.workspace = workspace;
    this.training = training;
    this.entities = entities;
  }

  /** The job that makes the rows. */
  Job job(PlannedStage stage, Staging staging) throws IOException {
    SplitPlan split = training.split(stage.date());
    List<LocalDate> dates = List.copyOf(split.dates().keySet());
    List<InputFiles.InputFile> files = new ArrayList<>();
    List<Long> landed = new ArrayList<>();
    for (PlannedInput input : stage.inputs()) {
      if (input.stage().kind() == StageKind.CLEAN && input.date().isAfter(dates.get(0))) {
        Partition clean = workspace.warehouse().open(input.dataSet(), input.date());
        for (DataFile file : clean.manifest().files()) {
          files.add(
              new InputFiles.InputFile(
                  new Path(clean.folder(), file.name()).toString(), file.length()));
          landed.add(input.date().toEpochDay());
        }
      }
    }
    return TrainingJob.create(
        workspace.configuration(),
        input(dates, landed),
        new InputFiles(files, Sizing.MAP_BYTES),
        marks(dates),
        ExampleSettings.of(
            training.rows().toAvro().toString(),
            training.key().stream().map(Column::name).toList(),
            dates,
            split,
            training.spec().negatives()),
        staging.work("training"),
        stage.fingerprint(),
        staging.output());
  }

  private TrainingInput input(List<LocalDate> dates, List<Long> landed) throws IOException {
    List<JoinedRows.Group> groups = groups();
    List<List<Partition>> features = new ArrayList<>();
    for (LocalDate date : dates) {
      List<Partition> ofDate = new ArrayList<>();
      for (JoinedRows.Group group : groups) {
        ofDate.add(
            workspace.warehouse().open(StageId.features(group.group().name()).mainDataSet(), date));
      }
      features.add(ofDate);
    }
    DatePacks packs =
        new TrainingFiles(training.rows(), training.spec().negatives())
            .packs(features.stream().map(each -> each.get(0).manifest().records()).toList());
    JoinedRows.Entity entity = new JoinedRows.Entity(entities.group().entity(), groups);
    List<TrainingInput.Snapshot> snapshots = new ArrayList<>();
    for (int day = 0; day < dates.size(); day++) {
      List<BucketFiles> files =
          features.get(day).stream()
              .map(partition -> JoinInputs.files(Optional.of(partition)))
              .toList();
      DatePacks.Pack pack = packs.packs().get(day);
      snapshots.add(
          new TrainingInput.Snapshot(
              pack.firstTask(),
              pack.buckets(),
              files,
              EventJoin.noFeatures(List.of(entity), dates.get(day))));
    }
    return new TrainingInput(
        source(groups).toAvro().toString(),
        new JoinSettings.Entity(
            entity.columns(), groups.stream().map(EventJoin::settings).toList()),
        snapshots,
        landed);
  }

  /** The groups with the features that are read: that of the entities first, though it had none. */
  private List<JoinedRows.Group> groups() {
    Set<String> wanted = Set.copyOf(training.rows().names());
    List<JoinedRows.Group> groups = new ArrayList<>();
    groups.add(group(entities.group(), wanted));
    for (FeatureGroup other : entities.besides()) {
      JoinedRows.Group group = group(other, wanted);
      if (!group.features().isEmpty()) {
        groups.add(group);
      }
    }
    return groups;
  }

  private static JoinedRows.Group group(FeatureGroup group, Set<String> wanted) {
    List<String> columns = group.featureType().names();
    return new JoinedRows.Group(
        group,
        columns.subList(group.entity().size(), columns.size()).stream()
            .filter(wanted::contains)
            .toList());
  }

  /** The rows that training rows are made of. */
  private RowType source(List<JoinedRows.Group> groups) {
    List<Column> features = new ArrayList<>();
    for (JoinedRows.Group group : groups) {
      group.features().stream().map(group.group().featureType()::column).forEach(features::add);
    }
    return entities.group().entityType().with("Entity", features);
  }

  private MarkSettings marks(List<LocalDate> dates) {
    FeatureGroup group = entities.group();
    RowType clean = group.clean().select(group.clean().name(), entities.cleanColumns());
    return new MarkSettings(
        clean.toReaderAvro().toString(),
        group.entity(),
        group.eventTime(),
        group.zone().getId(),
        new ComputationCompiler(group.zone())
            .compile(
                clean, List.of(new Step.Check("train.label.any", entities.condition())), List.of()),
        dates.stream().map(LocalDate::toEpochDay).toList(),
        entities.withinDays());
  }
}
