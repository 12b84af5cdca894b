package io.millrace.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.job.io.InputFiles.InputFile;
import io.millrace.job.io.TaskReport;
import io.millrace.plan.DataFile;
import io.millrace.plan.Manifest;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.StageId;
import io.millrace.warehouse.PreparedOutput;
import io.millrace.warehouse.Staging;
import io.millrace.warehouse.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Partials, or combined states for them, that the job of clean has made beside the clean records.
 * They wait in the staging area for the stage that publishes the partials, which takes them if they
 * are of what it would read: of the clean partition that stands, under its own fingerprint, and
 * whole. Otherwise it reads the clean records.
 */
final class PreparedPartials {
  private static final Logger LOG = LoggerFactory.getLogger(PreparedPartials.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOTE = "_prepared.json";

  private final Workspace workspace;
  private final PreparedOutput prepared;

  PreparedPartials(Workspace workspace) throws IOException {
    this.workspace = workspace;
    prepared = new PreparedOutput(workspace.warehouse());
  }

  /** What has been prepared. */
  enum Form {
    /** The partials themselves. */
    PARTIALS,
    /** States whose merge they are. */
    COMBINED_STATES
  }

  /** What a stage finds. */
  sealed interface Found {
    /** Its output, which is in its place now, and the counts of it. */
    record Output(SortedMap<String, Long> counts) implements Found {}

    /** Files of {@link io.millrace.job.io.CombinedStates}. */
    record States(List<InputFile> files) implements Found {}
  }

  /**
   * What lies with the files.
   *
   * @param run that makes the clean partition
   * @param clean the fingerprint of that
   * @param fingerprint of the partials
   */
  private record Note(
      String run,
      String clean,
      String fingerprint,
      Form form,
      SortedMap<String, Long> counts,
      List<DataFile> files) {
    Note {
      counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
      files = List.copyOf(files);
    }
  }

  /**
   * Puts away what a job of clean has made, just before clean is published.
   *
   * @param partials as they were planned
   * @param made its folder below the job's output
   * @param counts of the partials, where it is they
   * @param files that it has
   */
  void put(
      PlannedStage clean,
      Staging staging,
      PlannedStage partials,
      Form form,
      String made,
      SortedMap<String, Long> counts,
      List<DataFile> files) {
    String dataSet = partials.stage().mainDataSet();
    try {
      FileSystem fileSystem = staging.output().getFileSystem(workspace.configuration());
      Path folder = staging.work("prepared-" + partials.stage().group().orElseThrow());
      Path place = new Path(folder, dataSet);
      fileSystem.mkdirs(place.getParent());
      if (!fileSystem.rename(new Path(staging.output(), made), place)) {
        throw new IOException("the file system refused to rename them");
      }
      TaskReport report = new TaskReport();
      files.forEach(file -> report.addFile(dataSet, file));
      report.write(folder, workspace.configuration());
      try (OutputStream out = fileSystem.create(new Path(folder, NOTE), true)) {
        JSON.writeValue(
            out,
            new Note(
                staging.run(), clean.fingerprint(), partials.fingerprint(), form, counts, files));
      }
      prepared.put(folder, staging.run(), unit(partials));
    } catch (IOException e) {
      LOG.warn(
          "{} will be made of clean records: what was prepared for it cannot be put away ({})",
          unit(partials),
          e.getMessage());
    }
  }

  /**
   * What was prepared for a stage that is being made; if it is its output, it is so now.
   *
   * @return nothing where there is nothing that would do
   */
  Optional<Found> take(PlannedStage partials, Staging staging) throws IOException {
    Optional<Path> place = prepared.find(staging);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    FileSystem fileSystem = place.get().getFileSystem(workspace.configuration());
    Optional<Note> note = read(fileSystem, place.get());
    Path data = new Path(place.get(), partials.stage().mainDataSet());
    if (note.isEmpty()
        || !isWhatIsWanted(note.get(), partials)
        || !isWhole(fileSystem, data, note.get())) {
      LOG.info(
          "{} is made of clean records: what was prepared is of something else", staging.unit());
      return Optional.empty();
    }
    return Optional.of(
        switch (note.get().form()) {
          case PARTIALS -> {
            prepared.takeOver(staging);
            yield new Found.Output(note.get().counts());
          }
          case COMBINED_STATES ->
              new Found.States(
                  note.get().files().stream()
                      .map(file -> new InputFile(path(data, file), file.length()))
                      .toList());
        });
  }

  private static String path(Path folder, DataFile file) {
    return new Path(folder, file.name()).toString();
  }

  /** Deletes what nobody has taken over. */
  void discard(String run, PlannedStage partials) {
    try {
      prepared.discard(run, unit(partials));
    } catch (IOException e) {
      LOG.warn(
          "Cannot delete what was prepared of {}, the next run will: {}",
          unit(partials),
          e.getMessage());
    }
  }

  private boolean isWhatIsWanted(Note note, PlannedStage partials) throws IOException {
    Manifest clean =
        workspace.warehouse().open(StageId.clean().mainDataSet(), partials.date()).manifest();
    return note.fingerprint().equals(partials.fingerprint())
        && note.run().equals(clean.run())
        && note.clean().equals(clean.fingerprint());
  }

  private static Optional<Note> read(FileSystem fileSystem, Path folder) throws IOException {
    Path file = new Path(folder, NOTE);
    if (!fileSystem.exists(file)) {
      return Optional.empty();
    }
    try (InputStream in = fileSystem.open(file)) {
      return Optional.of(JSON.readValue(in, Note.class));
    }
  }

  /** Where folders are copied file by file, some may be missing. */
  private static boolean isWhole(FileSystem fileSystem, Path data, Note note) throws IOException {
    SortedMap<String, Long> found = new TreeMap<>();
    for (FileStatus status : fileSystem.listStatus(data)) {
      if (!status.getPath().getName().startsWith(".")) {
        found.put(status.getPath().getName(), status.getLen());
      }
    }
    SortedMap<String, Long> expected = new TreeMap<>();
    note.files().forEach(file -> expected.put(file.name(), file.length()));
    return found.equals(expected);
  }

  private static Unit unit(PlannedStage stage) {
    return new Unit(stage.stage(), stage.date());
  }
}
