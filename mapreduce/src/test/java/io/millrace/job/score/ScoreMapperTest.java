package io.millrace.job.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.avro.Quarantined;
import io.millrace.job.io.EncodedRecords;
import io.millrace.job.io.RecordBlock;
import io.millrace.job.io.Slice;
import io.millrace.job.score.Cards.Card;
import io.millrace.model.TestModels;
import io.millrace.pipeline.Scoring;
import io.millrace.row.ByteBuilder;
import io.millrace.spec.ScoreSpec.Missing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mrunit.mapreduce.MapDriver;
import org.apache.hadoop.mrunit.types.Pair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreMapperTest {
  @TempDir java.nio.file.Path folder;

  private MapDriver<NullWritable, RecordBlock, Text, EncodedRecords> driver(List<Card> cards)
      throws IOException {
    java.nio.file.Path model = folder.resolve("fraud.onnx");
    Files.write(model, TestModels.logistic(0, 1, -2));
    java.nio.file.Path file = folder.resolve("part-r-00007.avro");
    Cards.write(file, cards);
    Path features = new Path(file.toUri());
    Scoring scoring = Cards.logistic(new Missing.Reject(), new Missing.NotANumber());
    Job job =
        ScoreJob.create(
            new Configuration(false),
            scoring,
            new Path(model.toUri()),
            List.of(features),
            Cards.FINGERPRINT,
            new Path(folder.resolve("out").toUri()));
    // what Hadoop does where it has brought the file
    job.getConfiguration().set(MRJobConfig.CACHE_LOCALFILES, model.toString());
    MapDriver<NullWritable, RecordBlock, Text, EncodedRecords> driver =
        MapDriver.newMapDriver(new ScoreMapper());
    driver.getConfiguration().addResource(job.getConfiguration());
    driver.setMapInputPath(features);
    return driver;
  }

  private static RecordBlock block(long firstRecord, List<Card> cards) {
    byte[] records = Cards.encode(cards);
    return new RecordBlock().set(cards.size(), firstRecord, records, 0, records.length);
  }

  private static Slice score(String card, float score) {
    ByteBuilder out = new ByteBuilder();
    out.putVarint(card.length()).putBytes(Slice.of(card).toByteArray()).putFloat(score);
    return new Slice(out.toByteArray());
  }

  private static List<Slice> slices(EncodedRecords records) {
    return IntStream.range(0, records.count())
        .mapToObj(i -> new Slice().set(records.array(), records.start(i), records.length(i)))
        .toList();
  }

  @Test
  void shouldWriteScoresAndWhatHasNone() throws Exception {
    Card incomplete = new Card("b", null, 1L);
    List<Card> first = List.of(new Card("a", 6.0, 3L), incomplete);
    List<Card> second = List.of(new Card("c", 2.0, 1L));
    MapDriver<NullWritable, RecordBlock, Text, EncodedRecords> driver =
        driver(List.of())
            .withInput(NullWritable.get(), block(0, first))
            .withInput(NullWritable.get(), block(2, second))
            .withCounter("millrace", "score_rows_read_total", 3)
            .withCounter("millrace", "score_rows_scored_total", 2)
            .withCounter("millrace", "score_rows_quarantined_total", 1);
    List<Pair<Text, EncodedRecords>> output = driver.run(true);

    assertEquals(2, output.size());
    assertEquals(new Text("quarantine/score"), output.get(0).getFirst());
    GenericRecord quarantined = quarantined(slices(output.get(0).getSecond()));
    assertEquals("part-r-00007.avro", quarantined.get("file").toString());
    assertEquals(1L, quarantined.get("offset"));
    assertEquals("score.missing", quarantined.get("rule").toString());
    assertEquals(
        "column amount is NULL, without which no row is scored",
        quarantined.get("reason").toString());
    assertEquals(ByteBuffer.wrap(incomplete.encode()), quarantined.get("raw"));
    assertEquals(new Text("scores"), output.get(1).getFirst());
    assertEquals(List.of(score("a", 0.5f), score("c", 0.5f)), slices(output.get(1).getSecond()));
  }

  private static GenericRecord quarantined(List<Slice> records) throws IOException {
    assertEquals(1, records.size());
    Slice record = records.get(0);
    return new GenericDatumReader<GenericRecord>(Quarantined.getClassSchema())
        .read(null, DecoderFactory.get().binaryDecoder(record.toByteArray(), null));
  }
}
