package io.millrace.job.train.trees;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.learn.trees.TreesResult;
import io.millrace.learn.trees.TreesRound;
import io.millrace.learn.trees.TreesState;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;

/**
 * What a fit of trees leaves on its way, and in the end: its state, its rounds for who watches it,
 * and what came of it. A file is there whole or not at all, where the file system renames in one
 * step.
 */
public final class FitFolder {
  private static final String STATE = "trees-state";
  private static final String ROUNDS = "trees-rounds.json";
  private static final String RESULT = "trees-result";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Configuration configuration;

  public FitFolder(Path folder, Configuration configuration) {
    this.folder = folder;
    this.configuration = configuration;
  }

  private record Rounds(List<TreesRound> rounds) {}

  private interface Content<T> {
    T read(InputStream in) throws IOException;
  }

  private interface Writing {
    void to(OutputStream out) throws IOException;
  }

  /** The state that a fit has left, if there is one. */
  public Optional<TreesState> state() throws IOException {
    return read(STATE, TreesState::readFrom);
  }

  /** The rounds that are done, oldest first, round 0 among them. */
  public List<TreesRound> rounds() throws IOException {
    return read(ROUNDS, in -> JSON.readValue(in, Rounds.class))
        .map(Rounds::rounds)
        .orElse(List.of());
  }

  /** What came of the fit, if it has come to an end. */
  public Optional<TreesResult> result() throws IOException {
    return read(RESULT, TreesResult::readFrom);
  }

  void write(TreesState state) throws IOException {
    write(STATE, state::writeTo);
  }

  void write(List<TreesRound> rounds) throws IOException {
    write(ROUNDS, out -> out.write(JSON.writeValueAsBytes(new Rounds(rounds))));
  }

  void write(TreesResult result) throws IOException {
    write(RESULT, result::writeTo);
  }

  private <T> Optional<T> read(String name, Content<T> content) throws IOException {
    Path file = new Path(folder, name);
    FileSystem fileSystem = file.getFileSystem(configuration);
    try (FSDataInputStream in = fileSystem.open(file)) {
      return Optional.of(content.read(in));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private void write(String name, Writing content) throws IOException {
    Path file = new Path(folder, name);
    FileSystem fileSystem = file.getFileSystem(configuration);
    Path written = new Path(folder, "_" + name);
    try (OutputStream out = fileSystem.create(written, true)) {
      content.to(out);
    }
    FileContext.getFileContext(folder.toUri(), configuration)
        .rename(
            fileSystem.makeQualified(written), fileSystem.makeQualified(file), Rename.OVERWRITE);
  }
}
