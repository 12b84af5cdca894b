package io.millrace.job.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.job.io.TaskReport;
import io.millrace.job.score.Cards.Card;
import io.millrace.model.TestModels;
import io.millrace.spec.ScoreSpec.Missing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreJobTest {
  /** Of very different sizes, the empty one first, so that Hadoop sorts them otherwise. */
  private static final int[] ROWS = {0, 3, 5000, 40};

  @TempDir Path folder;
  private final List<org.apache.hadoop.fs.Path> features = new ArrayList<>();

  @BeforeEach
  void writeFeatures() throws IOException {
    Files.write(folder.resolve("fraud.onnx"), TestModels.logistic(0, 0.01f, -2));
    for (int file = 0; file < ROWS.length; file++) {
      Path path = folder.resolve("part-m-%05d.avro".formatted(file));
      Cards.write(path, cards(file));
      features.add(new org.apache.hadoop.fs.Path(path.toUri()));
    }
  }

  /** Of each file the third card cannot be scored. */
  private static List<Card> cards(int file) {
    return IntStream.range(0, ROWS[file])
        .mapToObj(i -> new Card(file + "-" + i, i == 2 ? null : (double) i, i % 3L))
        .toList();
  }

  private Job run(Path output, Configuration configuration) throws Exception {
    configuration.setInt("mapreduce.client.completion.pollinterval", 5);
    Job job =
        ScoreJob.create(
            configuration,
            Cards.logistic(new Missing.Reject(), new Missing.NotANumber()),
            new org.apache.hadoop.fs.Path(folder.resolve("fraud.onnx").toUri()),
            features,
            Cards.FINGERPRINT,
            new org.apache.hadoop.fs.Path(output.toUri()));
    assertTrue(job.waitForCompletion(false));
    return job;
  }

  @Test
  void shouldMakeAFileOfScoresForEachFileOfFeatures() throws Exception {
    Path output = folder.resolve("out");
    Job job = run(output, new Configuration());

    for (int file = 0; file < ROWS.length; file++) {
      List<GenericRecord> scores =
          records(output.resolve("scores/part-m-%05d.avro".formatted(file)));
      List<Card> expected = cards(file).stream().filter(card -> card.amount() != null).toList();
      assertEquals(expected.size(), scores.size());
      for (int i = 0; i < expected.size(); i++) {
        Card card = expected.get(i);
        assertEquals(card.id(), scores.get(i).get("card_id").toString());
        double z = 0.01 * card.amount() - 2 * card.count();
        assertEquals(1 / (1 + Math.exp(-z)), (float) scores.get(i).get("score"), 1e-6);
      }
    }
    TaskReport report =
        TaskReport.collect(new org.apache.hadoop.fs.Path(output.toUri()), job.getConfiguration());
    assertEquals(
        List.of(0L, 2L, 4999L, 39L),
        report.files().get("scores").stream().map(file -> file.records()).toList());
    assertEquals(
        List.of("part-m-00001.avro", "part-m-00002.avro", "part-m-00003.avro"),
        report.files().get("quarantine/score").stream().map(file -> file.name()).toList());
    assertEquals(5043, counter(job, ScoreCounter.ROWS_READ));
    assertEquals(5040, counter(job, ScoreCounter.ROWS_SCORED));
    assertEquals(3, counter(job, ScoreCounter.ROWS_QUARANTINED));
  }

  @Test
  void shouldSetAsideWhatCannotBeScored() throws Exception {
    Path output = folder.resolve("out");
    run(output, new Configuration());
    List<GenericRecord> records = records(output.resolve("quarantine/score/part-m-00003.avro"));
    assertEquals(1, records.size());
    assertEquals("part-m-00003.avro", records.get(0).get("file").toString());
    assertEquals(2L, records.get(0).get("offset"));
    assertEquals("score.missing", records.get(0).get("rule").toString());
    assertEquals(java.nio.ByteBuffer.wrap(cards(3).get(2).encode()), records.get(0).get("raw"));
  }

  @Test
  void shouldMakeTheSameBytesWhateverTheSplits() throws Exception {
    Path once = folder.resolve("once");
    run(once, new Configuration());
    Configuration other = new Configuration();
    other.setLong("mapreduce.input.fileinputformat.split.maxsize", 1000);
    other.setInt("mapreduce.local.map.tasks.maximum", 3);
    Path again = folder.resolve("again");
    run(again, other);

    List<Path> files = files(once);
    assertEquals(7, files.size(), files::toString);
    assertEquals(files, files(again));
    for (Path file : files) {
      assertArrayEquals(
          Files.readAllBytes(once.resolve(file)), Files.readAllBytes(again.resolve(file)));
    }
  }

  private static List<Path> files(Path output) throws IOException {
    try (Stream<Path> files = Files.walk(output)) {
      return files
          .filter(file -> file.toString().endsWith(".avro"))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .map(output::relativize)
          .sorted()
          .toList();
    }
  }

  private static long counter(Job job, ScoreCounter counter) throws IOException {
    return job.getCounters().findCounter(ScoreCounter.GROUP, counter.counterName()).getValue();
  }

  private static List<GenericRecord> records(Path file) throws IOException {
    List<GenericRecord> records = new ArrayList<>();
    try (var reader =
        new DataFileReader<GenericRecord>(file.toFile(), new GenericDatumReader<>())) {
      reader.forEach(records::add);
    }
    return records;
  }
}
