package io.millrace.run;

import io.millrace.plan.StageOutline;
import io.millrace.warehouse.Partition;
import java.io.BufferedInputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.Path;

/** Reads a published partition record by record, as anybody could who knows Avro. */
public final class PartitionReader {
  private final Workspace workspace;
  private final Partition partition;
  private final Schema schema;

  private PartitionReader(Workspace workspace, Partition partition) throws IOException {
    this.workspace = workspace;
    this.partition = partition;
    schema = readSchema();
  }

  /**
   * Opens a partition.
   *
   * @throws java.io.FileNotFoundException where it does not stand
   */
  public static PartitionReader open(Workspace workspace, String dataSet, java.time.LocalDate date)
      throws IOException {
    return new PartitionReader(workspace, workspace.warehouse().open(dataSet, date));
  }

  /** Takes records one by one. */
  public interface Visitor {
    /** Returns whether to go on. */
    boolean visit(GenericRecord row);
  }

  public Schema schema() {
    return schema;
  }

  /** How many records there are, as the manifest says. */
  public long records() {
    return partition.manifest().records();
  }

  /** Visits records, file after file, until the visitor has enough. */
  public void read(Visitor visitor) throws IOException {
    for (Path path : partition.paths()) {
      try (DataFileStream<GenericRecord> records = stream(path)) {
        while (records.hasNext()) {
          if (!visitor.visit(records.next())) {
            return;
          }
        }
      }
    }
  }

  private Schema readSchema() throws IOException {
    if (partition.paths().isEmpty()) {
      return schemaToBeWritten();
    }
    try (DataFileStream<GenericRecord> records = stream(partition.paths().get(0))) {
      return records.getSchema();
    }
  }

  /** What its files would have, were there any. */
  private Schema schemaToBeWritten() {
    String dataSet = partition.manifest().dataSet();
    return workspace.outline().stages().stream()
        .map(StageOutline::id)
        .filter(stage -> stage.dataSets().contains(dataSet))
        .map(stage -> StageWork.of(stage, workspace).schemas().get(dataSet))
        .findFirst()
        .orElseThrow();
  }

  private DataFileStream<GenericRecord> stream(Path path) throws IOException {
    return new DataFileStream<>(
        new BufferedInputStream(path.getFileSystem(workspace.configuration()).open(path)),
        new GenericDatumReader<>());
  }
}
