package io.millrace.job.clean;

import static io.millrace.job.clean.Payments.HEADER;
import static io.millrace.job.clean.Payments.SPEC;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.job.LocalRunner;
import io.millrace.job.io.LandingFile;
import io.millrace.job.io.LandingInputFormat;
import io.millrace.pipeline.SpecText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clean job where keys of earlier dates count, day after day. */
class AcrossDatesJobTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 1);
  private static final int DAYS = 7;
  private static final int ACROSS = 2;
  private static final int[] FILES = {1, 4, 2, 8, 1, 2, 4};
  private static final SpecText ACROSS_DATES =
      SPEC.with("keep: latest}", "keep: latest, across: 2d}");

  @TempDir Path folder;
  private LocalRunner runner;

  @BeforeEach
  void makeRunner() {
    runner = new LocalRunner(folder);
  }

  /** A record as the naive program sees it: one minute of a day has one record. */
  private record Payment(String id, String region, int minute) {
    List<String> key() {
      return List.of(id, region);
    }

    String line(LocalDate date) {
      return "%s,%s,%s %02d:%02d,1.00,%d,web"
          .formatted(id, region, date, minute / 60, minute % 60, minute);
    }
  }

  private static List<List<Payment>> randomDays(Random random) {
    List<List<Payment>> days = new ArrayList<>();
    for (int day = 0; day < DAYS; day++) {
      List<Payment> payments = new ArrayList<>();
      for (int minute = 0; minute < 600; minute++) {
        String region = random.nextInt(3) == 0 ? "n/a" : "r" + random.nextInt(2);
        payments.add(new Payment("tx" + random.nextInt(500), region, minute));
      }
      days.add(payments);
    }
    return days;
  }

  /** Which payments each day keeps, by the book: the latest of a key that no day before kept. */
  private static List<Map<List<String>, Payment>> naive(List<List<Payment>> days) {
    List<Map<List<String>, Payment>> kept = new ArrayList<>();
    for (int day = 0; day < days.size(); day++) {
      Map<List<String>, Payment> best = new HashMap<>();
      for (Payment payment : days.get(day)) {
        boolean isKnown = false;
        for (int before = Math.max(0, day - ACROSS); before < day; before++) {
          isKnown |= kept.get(before).containsKey(payment.key());
        }
        if (!isKnown) {
          best.put(payment.key(), payment); // minutes ascend: the last is the latest
        }
      }
      kept.add(best);
    }
    return kept;
  }

  private List<LandingFile> land(int day, List<Payment> payments) throws IOException {
    StringBuilder text = new StringBuilder(HEADER + "\n");
    payments.forEach(payment -> text.append(payment.line(FIRST.plusDays(day))).append('\n'));
    Path path = Files.createDirectories(folder.resolve("landing/" + day)).resolve("a.csv");
    Files.writeString(path, text);
    return List.of(new LandingFile(path.toUri().toString(), "a.csv", Files.size(path)));
  }

  private List<org.apache.hadoop.fs.Path> clean(String run, int firstDay, int endDay) {
    List<org.apache.hadoop.fs.Path> files = new ArrayList<>();
    for (int day = Math.max(0, firstDay); day < endDay; day++) {
      for (int file = 0; file < FILES[day]; file++) {
        files.add(runner.path("%s/%d/clean/part-r-%05d.avro".formatted(run, day, file)));
      }
    }
    return files;
  }

  private Counters run(Configuration configuration, String run, int day, List<Payment> payments)
      throws Exception {
    Job job =
        CleanJob.create(
            configuration,
            Payments.request(
                ACROSS_DATES,
                FIRST.plusDays(day),
                land(day, payments),
                clean(run, day - ACROSS, day),
                FILES[day],
                1,
                runner.path(run + "/" + day)));
    runner.run(job);
    return job.getCounters();
  }

  private static long count(Counters counters, CleanCounter counter) {
    return counters.findCounter(CleanCounter.GROUP, counter.counterName()).getValue();
  }

  private String bytes(int day, String run) throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (org.apache.hadoop.fs.Path path : clean(run, day, day + 1)) {
      files.put(path.getName(), new String(Files.readAllBytes(Path.of(path.toUri())), ISO_8859_1));
    }
    return files.toString();
  }

  @Test
  void shouldKeepWhatANaiveProgramKeepsDayAfterDayHoweverItIsCut() throws Exception {
    List<List<Payment>> days = randomDays(new Random(5));
    List<Map<List<String>, Payment>> expected = naive(days);
    Configuration cut = runner.configuration();
    cut.setLong(LandingInputFormat.SPLIT_BYTES, 3_001);
    cut.setLong("mapreduce.input.fileinputformat.split.maxsize", 2_000);
    cut.set("mapreduce.map.sort.spill.percent", "0.01");
    for (int day = 0; day < DAYS; day++) {
      Counters counters = run(runner.configuration(), "whole", day, days.get(day));
      TreeSet<String> kept = new TreeSet<>();
      for (org.apache.hadoop.fs.Path path : clean("whole", day, day + 1)) {
        for (GenericRecord record : LocalRunner.read(path)) {
          kept.add(
              "%s %s %s".formatted(record.get("id"), record.get("region"), record.get("units")));
        }
      }
      TreeSet<String> naive = new TreeSet<>();
      for (Payment payment : expected.get(day).values()) {
        String region = payment.region().equals("n/a") ? "null" : payment.region();
        naive.add("%s %s %d".formatted(payment.id(), region, payment.minute()));
      }
      assertEquals(naive, kept, "day " + day);
      int read = days.get(day).size();
      assertEquals(read, count(counters, CleanCounter.READ));
      assertEquals(naive.size(), count(counters, CleanCounter.KEPT));
      assertEquals(read - naive.size(), count(counters, CleanCounter.DUPLICATES));
      long ofEarlier = count(counters, CleanCounter.DUPLICATES_OF_EARLIER);
      assertTrue(day == 0 ? ofEarlier == 0 : ofEarlier > 100, "the test says little without");
      run(cut, "pieces", day, days.get(day));
      assertEquals(bytes(day, "whole"), bytes(day, "pieces"));
    }
  }

  @Test
  void shouldTellKeysOfEarlierDatesThatWereWrittenOtherwise() throws Exception {
    Payment both = new Payment("a", "r", 1);
    Payment fresh = new Payment("b", "r", 2);
    // the day before told duplicates otherwise, so that its files have another order, and had a
    // column of another type
    SpecText before =
        new SpecText(
            SPEC.with("{by: [id, region], keep: latest}", "exact").yaml(),
            Map.of(
                "payment.avsc",
                new String(SPEC.files().get("payment.avsc"), UTF_8)
                    .replace(
                        "\"name\": \"units\", \"type\": \"int\"",
                        "\"name\": \"units\", \"type\": \"long\"")
                    .getBytes(UTF_8)));
    runner.run(
        CleanJob.create(
            runner.configuration(),
            Payments.request(
                before,
                FIRST,
                land(0, List.of(both)),
                List.of(),
                FILES[0],
                1,
                runner.path("o/0"))));
    Counters counters = run(runner.configuration(), "o", 1, List.of(both, fresh));
    assertEquals(1, count(counters, CleanCounter.DUPLICATES_OF_EARLIER));
    GenericRecord only = null;
    for (org.apache.hadoop.fs.Path path : clean("o", 1, 2)) {
      for (GenericRecord record : LocalRunner.read(path)) {
        assertEquals(null, only);
        only = record;
      }
    }
    assertEquals("b", only.get("id").toString());
  }
}
