package io.millrace.job.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.row.ByteBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumberedSplitTest {
  private static final Schema SCHEMA =
      SchemaBuilder.record("Number").fields().requiredLong("value").endRecord();
  private static final String FINGERPRINT = "00112233445566778899aabbccddeeff";

  @TempDir java.nio.file.Path folder;

  @Test
  void shouldNumberFilesByTheirPlaceAmongTheInputsAndNotByTheirLength() throws Exception {
    List<Path> inputs =
        List.of(write("b.avro", 1), write("c.avro", 0), write("a.avro", 1000), write("d.avro", 50));
    Path output = new Path(folder.resolve("out").toUri());

    Job job = copyJob(output, inputs);
    assertTrue(job.waitForCompletion(false));

    assertEquals(List.of(1, 0, 1000, 50), recordsOfEachFile(inputs.size()));
    assertEquals(
        List.of("part-m-00000.avro", "part-m-00001.avro", "part-m-00002.avro", "part-m-00003.avro"),
        TaskReport.collect(output, job.getConfiguration()).files().get("copy").stream()
            .map(file -> file.name())
            .toList());
  }

  @Test
  void shouldRefuseFoldersWhereFilesAreNumbered() throws Exception {
    write("a.avro", 1);
    Job job = copyJob(new Path(folder.resolve("out").toUri()), List.of(new Path(folder.toUri())));
    IOException e = assertThrows(IOException.class, job::submit);
    assertTrue(e.getMessage().contains("a.avro: it is not itself among the input paths"));
  }

  private static Job copyJob(Path output, List<Path> inputs) throws IOException {
    JobOutput dataSets =
        new JobOutput(
            List.of(
                new JobOutput.DataSet(
                    "copy", SCHEMA.toString(), FINGERPRINT, 0, inputs.size(), true)));
    Configuration configuration = new Configuration();
    configuration.setInt("mapreduce.client.completion.pollinterval", 5);
    Job job = JobTemplate.create(configuration, "copy", Copy.class, output, dataSets);
    job.getConfiguration().setBoolean(AvroBlockInputFormat.WHOLE_FILES, true);
    job.setInputFormatClass(AvroBlockInputFormat.class);
    job.setMapperClass(Copy.class);
    job.setNumReduceTasks(0);
    FileInputFormat.setInputPaths(job, inputs.toArray(Path[]::new));
    return job;
  }

  private Path write(String name, int records) throws IOException {
    java.nio.file.Path file = folder.resolve(name);
    try (AvroRecordWriter writer =
        new AvroRecordWriter(name, Files.newOutputStream(file), SCHEMA, FINGERPRINT)) {
      ByteBuilder record = new ByteBuilder();
      for (int i = 0; i < records; i++) {
        record.clear().putVarint(i % 50);
        writer.append(record.array(), 0, record.length());
      }
    }
    return new Path(file.toUri());
  }

  private List<Integer> recordsOfEachFile(int files) throws IOException {
    List<Integer> counts = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      java.nio.file.Path file = folder.resolve("out/copy/part-m-%05d.avro".formatted(i));
      try (var reader =
          new DataFileReader<GenericRecord>(file.toFile(), new GenericDatumReader<>())) {
        int count = 0;
        while (reader.hasNext()) {
          reader.next();
          count++;
        }
        counts.add(count);
      }
    }
    return counts;
  }

  /** Copies records of one byte. */
  public static final class Copy extends Mapper<NullWritable, RecordBlock, Text, Slice> {
    @Override
    protected void map(NullWritable key, RecordBlock block, Context context)
        throws IOException, InterruptedException {
      for (int i = 0; i < block.count(); i++) {
        Slice bytes = block.bytes();
        context.write(new Text("copy"), new Slice().set(bytes.array(), bytes.offset() + i, 1));
      }
    }
  }
}
