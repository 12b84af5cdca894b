package io.millrace.run;

import io.millrace.learn.glm.FitState;
import io.millrace.learn.glm.GlmProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states of a fit after its iterations, in a folder that outlives the process: one file an
 * iteration, named once it is whole. Of runs that work on the same fit, each writes the same.
 */
final class FitCheckpoints {
  private static final Logger LOG = LoggerFactory.getLogger(FitCheckpoints.class);
  private static final String NAME = "iteration-";
  private static final String UNFINISHED = ".part";

  private final Path folder;
  private final FileSystem fileSystem;

  FitCheckpoints(Path folder, Configuration configuration) throws IOException {
    this.folder = folder;
    fileSystem = folder.getFileSystem(configuration);
  }

  /** The newest state of a fit of that problem. */
  Optional<FitState> newest(GlmProblem problem) throws IOException {
    for (Path path : saved()) {
      try (InputStream in = fileSystem.open(path)) {
        FitState state = FitState.decode(in.readAllBytes());
        state.check(problem);
        return Optional.of(state);
      } catch (IllegalArgumentException e) {
        LOG.debug("Cannot go on from {}", path, e);
      }
    }
    return Optional.empty();
  }

  /** Saves the state after an iteration, in place of those before. */
  void save(int iteration, FitState state) throws IOException {
    List<Path> earlier = saved();
    Path path = new Path(folder, NAME + "%06d".formatted(iteration));
    Path part = path.suffix(UNFINISHED);
    try (OutputStream out = fileSystem.create(part, true)) {
      out.write(state.encode());
    }
    if (!fileSystem.rename(part, path) && !fileSystem.exists(path)) {
      throw new IOException("Cannot save the state of the fit: cannot rename " + part);
    }
    for (Path old : earlier) {
      if (!old.getName().equals(path.getName())) {
        fileSystem.delete(old, false);
      }
    }
  }

  /** The newest first. */
  private List<Path> saved() throws IOException {
    List<Path> saved = new ArrayList<>();
    if (fileSystem.exists(folder)) {
      for (FileStatus file : fileSystem.listStatus(folder)) {
        String name = file.getPath().getName();
        if (name.startsWith(NAME) && !name.endsWith(UNFINISHED)) {
          saved.add(file.getPath());
        }
      }
    }
    saved.sort(Comparator.comparing(Path::getName).reversed());
    return saved;
  }
}
