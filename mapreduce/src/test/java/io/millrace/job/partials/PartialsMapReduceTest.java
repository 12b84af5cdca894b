package io.millrace.job.partials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.millrace.expression.ExpressionException;
import io.millrace.job.Drivers;
import io.millrace.job.FeatureGroups;
import io.millrace.job.LocalRunner;
import io.millrace.job.Transaction;
import io.millrace.job.io.PartialsCounter;
import io.millrace.job.io.RecordBlock;
import io.millrace.job.io.Slice;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.row.Column;
import io.millrace.row.RowType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mrunit.mapreduce.MapDriver;
import org.apache.hadoop.mrunit.mapreduce.MapReduceDriver;
import org.apache.hadoop.mrunit.mapreduce.ReduceDriver;
import org.apache.hadoop.mrunit.types.Pair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartialsMapReduceTest {
  private static final LocalDate DATE = LocalDate.of(2026, 3, 31);

  @TempDir java.nio.file.Path folder;
  private FeatureGroup group;

  @BeforeEach
  void bind() throws ExpressionException {
    group =
        new FeatureGroups(Transaction.TYPE, Transaction.ZONE, "ts")
            .entity("card", "terminal")
            .windows(1)
            .where("LN(amount) > 0")
            .aggregate("count", "COUNT(*)")
            .aggregate("logs", "SUM(LN(terminal))")
            .aggregate("fees", "SUM(fee * 2)")
            .aggregate("channel", "MAX(UPPER(channel))")
            .build();
  }

  private Configuration configuration(RowType written) throws IOException {
    LocalRunner runner = new LocalRunner(folder);
    return PartialsJob.create(
            runner.configuration(),
            group,
            List.of(new Path("clean/part-r-00000.avro")),
            written,
            1,
            LocalRunner.FINGERPRINT,
            runner.path("out"))
        .getConfiguration();
  }

  private static Transaction transaction(
      String card, int terminal, String time, Double amount, String fee, String channel) {
    return new Transaction(
        DATE,
        card,
        terminal,
        Instant.parse(time).toEpochMilli(),
        amount,
        new BigDecimal(fee),
        channel);
  }

  private static RecordBlock block(Transaction... transactions) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    GenericDatumWriter<GenericRecord> writer = new GenericDatumWriter<>(Transaction.TYPE.toAvro());
    for (Transaction transaction : transactions) {
      writer.write(transaction.toAvro(), encoder);
    }
    encoder.flush();
    return new RecordBlock().set(transactions.length, 0, bytes.toByteArray(), 0, bytes.size());
  }

  private static long counter(
      org.apache.hadoop.mapreduce.Counters counters, PartialsCounter counter) {
    return counters.findCounter(PartialsCounter.GROUP, counter.counterName()).getValue();
  }

  private String text(Slice record) throws IOException {
    return new GenericDatumReader<GenericRecord>(group.partialSchema())
        .read(null, DecoderFactory.get().binaryDecoder(record.toByteArray(), null))
        .toString();
  }

  @Test
  void shouldFoldRecordsAndCountThoseThatDoNot() throws Exception {
    MapDriver<NullWritable, RecordBlock, Slice, Slice> driver =
        Drivers.configured(
            MapDriver.newMapDriver(new PartialsMapper()), configuration(Transaction.TYPE));
    List<Pair<Slice, Slice>> output =
        driver
            .withInput(
                NullWritable.get(),
                block(
                    transaction("a", 1, "2026-03-31T10:00:00Z", 5.0, "1.00", "web"),
                    transaction(null, 1, "2026-03-31T10:00:00Z", 5.0, "1.00", "web"),
                    transaction("a", 1, "2026-03-31T11:00:00Z", 5.0, "2.50", "pos"),
                    transaction("a", 1, "2026-03-31T11:00:00Z", 0.5, "2.50", "pos"),
                    transaction("a", 1, "2026-03-31T11:00:00Z", null, "2.50", "pos"),
                    transaction("a", 1, "2026-03-31T11:00:00Z", -1.0, "2.50", "pos")))
            .withInput(
                NullWritable.get(),
                // a quarter past six in the evening, UTC: the next day in Kathmandu
                block(transaction("a", 1, "2026-03-31T18:15:00Z", 5.0, "1.00", "web")))
            .run();
    assertEquals(2, output.size());
    assertNotEquals(output.get(0).getFirst(), output.get(1).getFirst());
    var counters = driver.getCounters();
    assertEquals(7, counter(counters, PartialsCounter.RECORDS_READ));
    assertEquals(1, counter(counters, PartialsCounter.RECORDS_WITHOUT_ENTITY));
    assertEquals(2, counter(counters, PartialsCounter.RECORDS_FILTERED), "0.5 and null");
    assertEquals(1, counter(counters, PartialsCounter.FILTER_ERRORS), "LN(-1)");
    assertEquals(0, counter(counters, PartialsCounter.ARGUMENT_ERRORS));
    assertEquals(2, counter(counters, PartialsCounter.STATES_SHUFFLED));
  }

  @Test
  void shouldCountAnArgumentThatFailsAsNull() throws Exception {
    MapReduceDriver<NullWritable, RecordBlock, Slice, Slice, Text, Slice> driver =
        Drivers.configured(
            MapReduceDriver.newMapReduceDriver(new PartialsMapper(), new PartialsReducer()),
            configuration(Transaction.TYPE));
    List<Pair<Text, Slice>> output =
        driver
            .withInput(
                NullWritable.get(),
                block(
                    // LN(0) has no value; all else of the record counts
                    transaction("a", 0, "2026-03-31T10:00:00Z", 5.0, "1.00", "web"),
                    transaction("b", 1, "2026-03-31T10:00:00Z", 5.0, "0.50", "pos"),
                    transaction("a", 0, "2026-03-31T10:00:00Z", 5.0, "2.00", "atm")))
            .run();
    assertEquals(2, counter(driver.getCounters(), PartialsCounter.ARGUMENT_ERRORS));
    List<String> records = new ArrayList<>();
    for (Pair<Text, Slice> pair : output) {
      records.add(text(pair.getSecond()).replaceAll("_[0-9a-f]{8}\"", "_*\""));
    }
    records.sort(String::compareTo);
    // 600 cents are 75 * 2^3, 100 are 25 * 2^2; Avro shows bytes as characters
    assertEquals(
        List.of(
            "{\"card\": \"a\", \"terminal\": 0, \"event_day\": 20543, \"count\": 2,"
                + " \"sum_*\": null, \"sum_*\": \"\\u0006K\", \"max_*\": \"WEB\"}",
            "{\"card\": \"b\", \"terminal\": 1, \"event_day\": 20543, \"count\": 1,"
                + " \"sum_*\": \"\", \"sum_*\": \"\\u0004\\u0019\", \"max_*\": \"POS\"}"),
        records);
  }

  @Test
  void shouldMergeStatesOfOneKey() throws Exception {
    MapDriver<NullWritable, RecordBlock, Slice, Slice> mapper =
        Drivers.configured(
            MapDriver.newMapDriver(new PartialsMapper()), configuration(Transaction.TYPE));
    Transaction first = transaction("a", 2, "2026-03-30T10:00:00Z", 5.0, "1.00", "web");
    Transaction second = transaction("a", 2, "2026-03-30T12:00:00Z", 7.0, "2.00", "pos");
    Pair<Slice, Slice> both =
        mapper.withInput(NullWritable.get(), block(first, second)).run().get(0);
    List<Slice> states = new ArrayList<>();
    for (Transaction transaction : List.of(second, first)) {
      states.add(
          Drivers.configured(
                  MapDriver.newMapDriver(new PartialsMapper()), configuration(Transaction.TYPE))
              .withInput(NullWritable.get(), block(transaction))
              .run()
              .get(0)
              .getSecond());
    }
    assertEquals(
        reduce(both.getFirst(), List.of(both.getSecond())), reduce(both.getFirst(), states));
  }

  private List<String> reduce(Slice key, List<Slice> states) throws IOException {
    List<String> records = new ArrayList<>();
    for (Pair<Text, Slice> pair :
        Drivers.configured(
                ReduceDriver.newReduceDriver(new PartialsReducer()),
                configuration(Transaction.TYPE))
            .withInput(key, states)
            .run()) {
      records.add(text(pair.getSecond()));
    }
    return records;
  }

  @Test
  void shouldReadColumnsThatWereAddedLaterAsNull() throws Exception {
    List<Column> columns =
        Transaction.TYPE.columns().stream()
            .filter(column -> !column.name().equals("amount"))
            .toList();
    MapDriver<NullWritable, RecordBlock, Slice, Slice> driver =
        Drivers.configured(
            MapDriver.newMapDriver(new PartialsMapper()),
            configuration(new RowType("Transaction", columns)));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    encoder.writeIndex(1);
    encoder.writeString("a");
    encoder.writeInt(1);
    encoder.writeLong(0);
    encoder.writeBytes(new byte[] {1});
    encoder.writeString("web");
    encoder.flush();
    driver
        .withInput(
            NullWritable.get(), new RecordBlock().set(1, 0, bytes.toByteArray(), 0, bytes.size()))
        .run();
    assertEquals(1, counter(driver.getCounters(), PartialsCounter.RECORDS_FILTERED));
  }
}
