package io.millrace.warehouse;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;

/** The records of a warehouse's runs. */
public final class RunRecords {
  private static final ObjectMapper JSON = WarehouseJson.mapper();

  private final Warehouse warehouse;
  private final FileSystem fileSystem;

  public RunRecords(Warehouse warehouse) {
    this.warehouse = warehouse;
    fileSystem = warehouse.fileSystem();
  }

  /** Writes a run's record in place of its last one; readers see one or the other. */
  public void write(RunRecord record) throws IOException {
    Path file = file(record.run());
    // an object store shows a file when it is whole
    boolean showsParts = warehouse.renaming() == Renaming.ATOMIC;
    Path written = showsParts ? new Path(file.getParent(), "_" + file.getName()) : file;
    try {
      try (OutputStream out = fileSystem.create(written, true)) {
        JSON.writeValue(out, record);
      }
      if (showsParts) {
        FileContext.getFileContext(warehouse.root().toUri(), warehouse.configuration())
            .rename(written, file, Rename.OVERWRITE);
      }
    } catch (IOException e) {
      throw new IOException(
          "Cannot write to the warehouse: the record %s cannot be made (%s). Check that the path is right and that you may write there."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** The record of a run, or empty where there is none. */
  public Optional<RunRecord> read(String run) throws IOException {
    try (InputStream in = fileSystem.open(file(run))) {
      return Optional.of(JSON.readValue(in, RunRecord.class));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (JacksonException e) {
      throw new IOException(
          "Cannot read run record %s: %s".formatted(file(run), e.getOriginalMessage()), e);
    }
  }

  /** All runs of which something is kept, oldest first. */
  public List<String> runs() throws IOException {
    List<String> runs = new ArrayList<>();
    try {
      for (FileStatus status : fileSystem.listStatus(file("any").getParent().getParent())) {
        runs.add(status.getPath().getName());
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    Collections.sort(runs);
    return runs;
  }

  private Path file(String run) {
    return new Path(warehouse.runPath(run), "run.json");
  }
}
