package io.millrace.run;

import io.millrace.avro.ColumnProfile;
import io.millrace.job.io.AvroRecordWriter;
import io.millrace.job.io.TaskProfile;
import io.millrace.plan.DataFile;
import io.millrace.profile.TableProfile;
import io.millrace.row.RowType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Puts the profiles of a job's tasks together into the one file of the partition's profile. */
final class ProfileWriter {
  private static final String FILE = "profile.avro";

  private final Workspace workspace;

  ProfileWriter(Workspace workspace) {
    this.workspace = workspace;
  }

  /**
   * Writes the profile of all rows; nothing where the pipeline wants none.
   *
   * @param output of the job
   */
  Optional<DataFile> write(RowType rows, String dataSet, String fingerprint, Path output)
      throws IOException {
    if (!workspace.pipeline().spec().profile()) {
      return Optional.empty();
    }
    Configuration configuration = workspace.configuration();
    TableProfile profile = TaskProfile.collect(output, rows, configuration);
    Path path = new Path(new Path(output, dataSet), FILE);
    AvroRecordWriter writer =
        new AvroRecordWriter(
            FILE,
            path.getFileSystem(configuration).create(path, true),
            ColumnProfile.getClassSchema(),
            fingerprint);
    try (writer) {
      ByteArrayOutputStream record = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(record, null);
      for (ColumnProfile column : profile.records()) {
        record.reset();
        new SpecificDatumWriter<>(ColumnProfile.class).write(column, encoder);
        writer.append(record.toByteArray(), 0, record.size());
      }
    }
    return Optional.of(writer.dataFile());
  }
}
