package io.millrace.job.io;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.plan.DataFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskInputOutputContext;
import org.apache.hadoop.mapreduce.lib.output.PathOutputCommitter;

/**
 * What a task says of itself beside its counters: the files that it wrote, and notes for a person.
 * It lies beside the task's output and is committed with it, so that only successful attempts are
 * heard. Not thread-safe.
 */
public final class TaskReport {
  private static final String FOLDER = "_reports";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_NOTES_OF_FILES = 20;

  private final SortedMap<String, List<DataFile>> files = new TreeMap<>();
  private final SortedSet<String> notes = new TreeSet<>();
  private final SortedMap<String, NavigableSet<String>> filesByNote = new TreeMap<>();

  private final SortedSet<String> ignoredColumns = new TreeSet<>();
  private final SortedMap<String, Long> quarantined = new TreeMap<>();

  private record Content(
      SortedMap<String, List<DataFile>> files,
      SortedSet<String> notes,
      SortedMap<String, NavigableSet<String>> filesByNote,
      SortedMap<String, Long> quarantined,
      SortedSet<String> ignoredColumns) {}

  public void addFile(String dataSet, DataFile file) {
    files.computeIfAbsent(dataSet, name -> new ArrayList<>()).add(file);
  }

  public void addNote(String note) {
    notes.add(note);
  }

  /** A note on an input file. Files with the same note are told of together. */
  public void addNote(String file, String note) {
    filesByNote.computeIfAbsent(note, text -> new TreeSet<>()).add(file);
  }

  /** Columns that an input file has and nobody reads. */
  public void addIgnoredColumns(Collection<String> names) {
    ignoredColumns.addAll(names);
  }

  /** The columns of input files that nobody reads. */
  public SortedSet<String> ignoredColumns() {
    return ignoredColumns;
  }

  /** Records that were quarantined, by rule. */
  void addQuarantined(SortedMap<String, Long> byRule) {
    byRule.forEach((rule, count) -> quarantined.merge(rule, count, Long::sum));
  }

  /** How many records were quarantined by which rule. */
  public SortedMap<String, Long> quarantined() {
    return quarantined;
  }

  /** Whether there is nothing to say. */
  public boolean isEmpty() {
    return files.isEmpty()
        && notes.isEmpty()
        && filesByNote.isEmpty()
        && quarantined.isEmpty()
        && ignoredColumns.isEmpty();
  }

  /** The files of each data set, in the order of their names. */
  public SortedMap<String, List<DataFile>> files() {
    files.values().forEach(list -> list.sort((a, b) -> a.name().compareTo(b.name())));
    return files;
  }

  /**
   * All notes; of those on input files only the first few, should each file have one of its own.
   */
  public SortedSet<String> notes() {
    NavigableSet<String> all = new TreeSet<>(notes);
    filesByNote.entrySet().stream()
        .limit(MOST_NOTES_OF_FILES)
        .map(entry -> noteOfFiles(entry.getValue(), entry.getKey()))
        .forEach(all::add);
    int more = filesByNote.size() - MOST_NOTES_OF_FILES;
    if (more > 0) {
      all.add("There are %d more notes on input files.".formatted(more));
    }
    return all;
  }

  private static String noteOfFiles(NavigableSet<String> files, String note) {
    int more = files.size() - 1;
    String others =
        more == 0 ? "" : more == 1 ? " and 1 more file" : " and " + more + " more files";
    return files.first() + others + ": " + note;
  }

  /** Writes the report of a task whose output format writes none. */
  public void write(TaskInputOutputContext<?, ?, ?, ?> context) throws IOException {
    write(context, ((PathOutputCommitter) context.getOutputCommitter()).getWorkPath());
  }

  /** Writes the report below a task attempt's work folder. */
  public void write(TaskAttemptContext context, Path workFolder) throws IOException {
    TaskAttemptID attempt = context.getTaskAttemptID();
    Path path =
        new Path(
            new Path(workFolder, FOLDER),
            "%s-%05d.json".formatted(attempt.getTaskType(), attempt.getTaskID().getId()));
    write(path, path.getFileSystem(context.getConfiguration()));
  }

  /** Writes the report of a whole job below its output folder, for {@link #collect}. */
  public void write(Path output, Configuration configuration) throws IOException {
    write(new Path(new Path(output, FOLDER), "job"), output.getFileSystem(configuration));
  }

  private void write(Path path, FileSystem fileSystem) throws IOException {
    try (OutputStream out = fileSystem.create(path, true)) {
      JSON.writeValue(out, new Content(files, notes, filesByNote, quarantined, ignoredColumns));
    }
  }

  /** The reports of all tasks of a job as one, taken away from its output folder. */
  public static TaskReport collect(Path output, Configuration configuration) throws IOException {
    TaskReport all = new TaskReport();
    Path folder = new Path(output, FOLDER);
    FileSystem fileSystem = folder.getFileSystem(configuration);
    if (!fileSystem.exists(folder)) {
      return all;
    }
    for (FileStatus status : fileSystem.listStatus(folder)) {
      try (InputStream in = fileSystem.open(status.getPath())) {
        Content content = JSON.readValue(in, Content.class);
        content.files().forEach((name, list) -> list.forEach(file -> all.addFile(name, file)));
        all.notes.addAll(content.notes());
        all.ignoredColumns.addAll(content.ignoredColumns());
        all.addQuarantined(content.quarantined());
        content
            .filesByNote()
            .forEach((note, names) -> names.forEach(file -> all.addNote(file, note)));
      }
    }
    fileSystem.delete(folder, true);
    return all;
  }
}
