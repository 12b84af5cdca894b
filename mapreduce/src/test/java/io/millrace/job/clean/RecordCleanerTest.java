package io.millrace.job.clean;

import static io.millrace.job.clean.Payments.DATE;
import static io.millrace.job.clean.Payments.HEADER;
import static io.millrace.job.clean.Payments.SPEC;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.Slice;
import io.millrace.pipeline.SpecText;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordCleanerTest {
  private final List<String> found = new ArrayList<>();
  private Schema rows;
  private boolean byKey;

  private static CleanSettings settings(SpecText spec, LocalDate date) throws IOException {
    CleanJob.Request request = Payments.request(spec, date, List.of(), 1, 1, new Path("/out"));
    return JobSettings.get(
        CleanJob.create(new Configuration(false), request).getConfiguration(), CleanSettings.class);
  }

  private RecordCleaner cleaner(SpecText spec, LocalDate date) throws IOException {
    CleanSettings settings = settings(spec, date);
    rows = new Schema.Parser().parse(settings.rowSchema());
    byKey = settings.duplicates().byKey();
    return new RecordCleaner(settings, this::accept);
  }

  private void accept(Slice key, Slice value) throws IOException {
    if (!CleanKey.isRow(key)) {
      GenericRecord record = read(RecordCleaner.quarantineSchema(), value.toByteArray(), 0);
      found.add(record.get("rule") + ": " + record.get("reason"));
    } else if (byKey) {
      found.add(read(rows, value.toByteArray(), Long.BYTES).toString());
    } else {
      found.add(read(rows, CleanKey.body(key, 0, new Slice()).toByteArray(), 0).toString());
    }
  }

  private static GenericRecord read(Schema schema, byte[] bytes, int from) throws IOException {
    return new GenericDatumReader<GenericRecord>(schema)
        .read(null, DecoderFactory.get().binaryDecoder(bytes, from, bytes.length - from, null));
  }

  private List<String> clean(SpecText spec, LocalDate date, String header, String... lines)
      throws Exception {
    found.clear();
    RecordCleaner cleaner = cleaner(spec, date);
    cleaner.startFile("part-1.csv", header.getBytes(UTF_8));
    for (String line : lines) {
      byte[] bytes = line.getBytes(UTF_8);
      assertTrue(cleaner.clean(bytes, 0, bytes.length, 0));
    }
    return List.copyOf(found);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      # Avro shows decimals as the characters of their bytes: 65.66 is 6566, 0x19A6
      a,r,2026-03-30 10:00,65.66,3, WEB | {"id": "a", "region": "r", "ts": 1774844100000, "amount": "\\u0019¦", "units": 3, "channel": "web", "doubled": 6}
      a,n/a,2026-03-30T04:15:00Z,0,3,pos | {"id": "a", "region": null, "ts": 1774844100000, "amount": "\\u0000", "units": 3, "channel": "pos", "doubled": 6}
      # the line
      a,r,2026-03-30 10:00,1.00,3 | csv.columns: found 5 fields, expected 6 as the header
      'a,r,2026-03-30 10:00,1.00,3,"web' | csv.quote: the quote at position 28 is not closed on its line; line breaks inside quotes cannot be read
      # a column
      a,r,2026-03-30 10:00,1.00,three,web | column.type: column units: found 'three', expected INTEGER from -2147483648 to 2147483647
      ,r,2026-03-30 10:00,1.00,3,web | column.required: column id: found '', which is NULL, expected VARCHAR that is not NULL
      # steps in their order: derivations come before rules
      a,r,2026-03-30 10:00,-1.00,2000000000,fax | derive.doubled: cannot compute units * 2: 2000000000 * 2 does not fit into INTEGER; units = 2000000000
      a,r,2026-03-30 10:00,-1.00,3,fax | amount_in_range: amount BETWEEN 0 AND 1000 is not TRUE; amount = -1.00
      a,r,2026-03-30 10:00,n/a,3,fax | amount_in_range: amount BETWEEN 0 AND 1000 is not TRUE; amount = NULL
      a,r,2026-04-30 10:00,1.00,3, FAX | known_channel: channel IN ('web', 'pos') is not TRUE; channel = 'fax'
      # the event time comes last
      a,r,2026-03-31 00:00,1.00,3,web | time.future: ts = 2026-03-30T18:15:00Z (2026-03-31 in Asia/Kathmandu) lies after the landing date 2026-03-30
      a,r,2026-03-26 23:59,1.00,3,web | time.late: ts = 2026-03-26T18:14:00Z (2026-03-26 in Asia/Kathmandu) lies before 2026-03-27, the earliest day that a lateness of 3d allows on 2026-03-30
      """)
  void shouldMakeARowOrSayWhyNot(String line, String expected) throws Exception {
    assertEquals(List.of(expected), clean(SPEC, DATE, HEADER, line));
  }

  /** What is quarantined is data: the same bytes on any host. */
  @Test
  void shouldSayWhyNotInTheSameWordsInAnyLocale() throws Exception {
    String[] lines = {
      "a,r,2026-03-30 10:00,1.00,3",
      "a,r,2026-03-30 10:00,1.00,3,\"web",
      "a,r,2026-03-30 10:00,1.00,3,\"web\"x",
      "a,r,2026-03-26 23:59,1.00,3,web"
    };
    List<String> expected = clean(SPEC, DATE, HEADER, lines);
    Locale usual = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals("\u0663", "%d".formatted(3));
      assertEquals(expected, clean(SPEC, DATE, HEADER, lines));
    } finally {
      Locale.setDefault(usual);
    }
  }

  @Test
  void shouldTakeAnyEarlierDayOnTheFirstDate() throws Exception {
    SpecText spec = SPEC.with("2026-01-01", "2026-03-30");
    List<String> found =
        clean(
            spec,
            DATE,
            HEADER,
            "a,r,1999-12-31 10:00,1.00,3,web",
            "a,r,2026-03-31 10:00,1.00,3,web");
    assertTrue(found.get(0).startsWith("{"), found.get(0));
    assertTrue(found.get(1).startsWith("time.future: "), found.get(1));
  }

  @Test
  void shouldKeepRecordsAsTheyAreWithoutRulesAndEventTime() throws Exception {
    SpecText spec = bare("options:\n    header: true");
    assertEquals(
        List.of(
            "{\"id\": \"a\", \"region\": null, \"ts\": 0, \"amount\": null, \"units\": 3, \"channel\": \" FAX\"}"),
        clean(spec, DATE, HEADER, "a,,1970-01-01T00:00:00Z,,3, FAX"));
  }

  /** Without {@code clean} and event time. */
  private static SpecText bare(String options) {
    String yaml = SPEC.yaml();
    return new SpecText(yaml.substring(0, yaml.indexOf("clean:")), SPEC.files())
        .with("  event_time: ts\n", "")
        .with("  lateness: 3d\n", "")
        .with("options:\n    nulls: [\"\", n/a]", options);
  }

  @Test
  void shouldReadFilesWithoutHeaderInTheOrderOfTheSchema() throws Exception {
    assertEquals(
        List.of(
            "{\"id\": \"id\", \"region\": \"region\", \"ts\": 0, \"amount\": null, \"units\": 3, \"channel\": null}",
            "csv.columns: found 2 fields, expected 6 as the schema"),
        clean(
            bare("options:\n    header: false"),
            DATE,
            "",
            "id,region,1970-01-01T00:00:00Z,,3,",
            "id,region"));
  }

  @Test
  void shouldReadEachFileByItsOwnHeader() throws Exception {
    RecordCleaner cleaner = cleaner(SPEC, DATE);
    cleaner.startFile("a.csv", "channel,ts,id,amount,region".getBytes(UTF_8));
    assertEquals(List.of(), cleaner.unknownColumns());
    clean(cleaner, "web,2026-03-30 10:00,a,1.00,r");
    cleaner.startFile("b.csv", "id,ts,new,amount,channel,units,newer".getBytes(UTF_8));
    assertEquals(List.of("new", "newer"), cleaner.unknownColumns());
    clean(cleaner, "b,2026-03-30 10:00,x,1.00,web,5,y");
    cleaner.startFile("c.csv", "id,ts,amount".getBytes(UTF_8));
    assertEquals(List.of(), cleaner.unknownColumns());
    clean(cleaner, "c,2026-03-30 10:00,1.00");
    assertEquals(
        List.of(
            "{\"id\": \"a\", \"region\": \"r\", \"ts\": 1774844100000, \"amount\": \"d\", \"units\": 1, \"channel\": \"web\", \"doubled\": 2}",
            "{\"id\": \"b\", \"region\": null, \"ts\": 1774844100000, \"amount\": \"d\", \"units\": 5, \"channel\": \"web\", \"doubled\": 10}",
            "csv.header: The header of the file lacks channel; it has id, ts, amount. Give the field a default in the schema, or name it in options.columns"),
        found);
  }

  private static void clean(RecordCleaner cleaner, String line) throws Exception {
    byte[] bytes = line.getBytes(UTF_8);
    cleaner.clean(bytes, 0, bytes.length, 0);
  }

  @Test
  void shouldKeepTheBytesThatAreNoText() throws Exception {
    byte[] line = {'a', ',', (byte) 0xFF, 'b'};
    List<byte[]> raw = new ArrayList<>();
    CleanJob.Request request = Payments.request(SPEC, DATE, List.of(), 1, 1, new Path("/out"));
    CleanSettings settings =
        JobSettings.get(
            CleanJob.create(new Configuration(false), request).getConfiguration(),
            CleanSettings.class);
    RecordCleaner cleaner =
        new RecordCleaner(
            settings,
            (key, value) -> {
              GenericRecord record = read(RecordCleaner.quarantineSchema(), value.toByteArray(), 0);
              found.add(record.get("file") + "@" + record.get("offset") + " " + record.get("rule"));
              raw.add(((ByteBuffer) record.get("raw")).array());
            });
    cleaner.startFile("x/part-1.csv", HEADER.getBytes(UTF_8));
    cleaner.clean(line, 0, line.length, 1L << 33);
    assertEquals(List.of("x/part-1.csv@8589934592 csv.encoding"), found);
    assertTrue(Arrays.equals(line, raw.get(0)));
  }

  @Test
  void shouldMakeNoGarbageOfUsualLines() throws Exception {
    RecordCleaner cleaner = new RecordCleaner(settings(SPEC, DATE), (key, value) -> {});
    cleaner.startFile("part-1.csv", HEADER.getBytes(UTF_8));
    byte[] plain = "a,r,2026-03-30 10:00,65.66,3, WEB ".getBytes(UTF_8);
    byte[] quoted = "\"a,b\",\u00e9,2026-03-30T04:15:00Z,0.01,300,pos".getBytes(UTF_8);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = 0;
    for (int i = 0; i < 120_000; i++) {
      if (i == 20_000) {
        before = threads.getCurrentThreadAllocatedBytes();
      }
      byte[] line = i % 4 == 0 ? quoted : plain;
      assertTrue(cleaner.clean(line, 0, line.length, i));
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 100_000, allocated + " bytes for 100,000 lines");
  }
}
