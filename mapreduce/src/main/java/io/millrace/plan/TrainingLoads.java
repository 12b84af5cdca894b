package io.millrace.plan;

import static io.millrace.plan.StageLoads.OPEN_FILE_BYTES;
import static io.millrace.plan.StageLoads.RECORDS_EXPANSION;
import static io.millrace.plan.StageLoads.bytes;
import static io.millrace.plan.StageLoads.files;
import static io.millrace.plan.StageLoads.share;

import io.millrace.pipeline.JoinedRows;
import io.millrace.pipeline.Training;
import io.millrace.pipeline.Training.Source;
import io.millrace.plan.JobLoad.TaskLoad;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What the jobs have to do that make training rows. */
record TrainingLoads(Training training, PlannedStage stage) {
  /** In the order in which they run. */
  List<JobLoad> jobs() {
    if (training.source() instanceof Source.Events events) {
      List<JobLoad> jobs = new ArrayList<>();
      if (!events.joined().entities().isEmpty()) {
        jobs.add(match(events.joined()));
      }
      jobs.add(assemble(events.joined()));
      return jobs;
    }
    return List.of(ofEntities((Source.Entities) training.source()));
  }

  private int maps() {
    return StageLoads.maps(bytes(stage, StageKind.CLEAN), files(stage, StageKind.CLEAN));
  }

  private JobLoad match(JoinedRows joined) {
    long clean = bytes(stage, StageKind.CLEAN);
    int tasks = matchTasks(joined);
    long open =
        joined.entities().stream().mapToLong(entity -> entity.groups().size()).max().orElse(0);
    return new JobLoad(
        "training: match",
        new TaskLoad(maps(), clean / Math.max(1, maps()), 0, 0),
        Optional.of(new TaskLoad(tasks, share(clean, tasks), open * OPEN_FILE_BYTES, 0)),
        Optional.empty());
  }

  private JobLoad assemble(JoinedRows joined) {
    long found = found();
    int tasks = joined.entities().isEmpty() ? 0 : matchTasks(joined);
    int files = trainingFiles(found);
    return new JobLoad(
        "training: assemble",
        new TaskLoad(tasks, found / Math.max(1, tasks), 0, 0),
        Optional.of(new TaskLoad(files, share(found, files), OPEN_FILE_BYTES, 0)),
        Optional.empty());
  }

  private JobLoad ofEntities(Source.Entities entities) {
    long marks = RECORDS_EXPANSION * bytes(stage, StageKind.CLEAN);
    int files = trainingFiles(RECORDS_EXPANSION * bytes(stage, StageKind.FEATURES));
    long open = 1L + entities.besides().size();
    return new JobLoad(
        "training",
        new TaskLoad(maps(), marks / Math.max(1, maps()), 0, 0),
        Optional.of(new TaskLoad(files, share(marks, files), open * OPEN_FILE_BYTES, 0)),
        Optional.empty());
  }

  private long found() {
    return RECORDS_EXPANSION * (bytes(stage, StageKind.CLEAN) + bytes(stage, StageKind.FEATURES));
  }

  /** About how many: rows are counted only when the stage is made. */
  private static int trainingFiles(long bytes) {
    return DatePacks.of(List.of(bytes), TrainingFiles.FILE_BYTES).tasks();
  }

  private int matchTasks(JoinedRows joined) {
    TreeSet<LocalDate> dates = new TreeSet<>();
    stage.inputs().stream()
        .filter(input -> input.stage().kind() == StageKind.CLEAN)
        .forEach(input -> dates.add(input.date()));
    int tasks = 0;
    for (JoinedRows.Entity entity : joined.entities()) {
      tasks += Sizing.joinTasks(dates.stream().map(date -> bytesOf(entity, date)).toList()).tasks();
    }
    return tasks;
  }

  private long bytesOf(JoinedRows.Entity entity, LocalDate date) {
    List<StageId> groups =
        entity.groups().stream().map(group -> StageId.features(group.group().name())).toList();
    return stage.inputs().stream()
        .filter(
            input ->
                input.stage().kind() == StageKind.CLEAN
                    ? input.date().equals(date)
                    : groups.contains(input.stage()) && input.date().equals(date.minusDays(1)))
        .mapToLong(input -> input.bytes().orElse(0))
        .sum();
  }
}
