package io.millrace.job.clean;

import static io.millrace.job.clean.Payments.DATE;
import static io.millrace.job.clean.Payments.SPEC;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.job.LocalRunner;
import io.millrace.job.io.InputFiles;
import io.millrace.job.io.InputFiles.InputFile;
import io.millrace.job.io.LandingFile;
import io.millrace.job.io.LandingInputFormat;
import io.millrace.job.io.PartialsCounter;
import io.millrace.job.io.StateMemory;
import io.millrace.job.partials.PartialsJob;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.pipeline.Pipeline;
import io.millrace.pipeline.SpecText;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One job makes, byte by byte, what a job of clean and one of partials make after it. */
class FusedCleanJobTest {
  private static final int ROW_FILES = 4;
  private static final String DUPLICATES = "deduplicate: {by: [id, region], keep: latest}";
  private static final String PARTIALS_FINGERPRINT = "fedcba9876543210fedcba9876543210";
  private static final String GROUP =
      """
      features:
        payments:
          entity: %s
          windows: [1d, 3d]
          where: LN(doubled) >= 0
          aggregates:
            n: COUNT(*)
            amounts: SUM(amount)
            units_mean: AVG(units)
            units_deviation: STDDEV(units)
            amount_p90: PERCENTILE(amount, 0.9)
            channels: APPROX_COUNT_DISTINCT(channel)
            last_channel: LAST(channel)
            recent: DECAYED_SUM(units, INTERVAL '1' DAY)
            roots: SUM(LN(units - 500))
      """;

  @TempDir Path folder;
  private LocalRunner runner;
  private final List<LandingFile> files = new ArrayList<>();

  @BeforeEach
  void land() throws IOException {
    runner = new LocalRunner(folder);
    Random random = new Random(21);
    for (String name : List.of("part-1.csv", "part-2.csv", "again.csv")) {
      // what lands again brings duplicates of whole records
      byte[] content =
          name.equals("again.csv")
              ? Files.readAllBytes(folder.resolve("landing/part-1.csv"))
              : RandomPayments.file(random, 1_000);
      Files.createDirectories(folder.resolve("landing"));
      Path path = Files.write(folder.resolve("landing").resolve(name), content);
      files.add(new LandingFile(path.toUri().toString(), name, content.length));
    }
  }

  private CleanJob.Request request(SpecText spec, int rowFiles, boolean fused, String output) {
    Pipeline pipeline = spec.bind();
    CleanJob.Request plain = Payments.request(spec, DATE, files, rowFiles, 1, runner.path(output));
    FeatureGroup group = pipeline.clustering().orElseThrow();
    CleanJob.Partials partials =
        new CleanJob.Partials(
            group, PartialsJob.settings(group, pipeline.cleaning().rows()), PARTIALS_FINGERPRINT);
    return new CleanJob.Request(
        plain.source(),
        plain.zone(),
        plain.cleaning(),
        plain.date(),
        plain.files(),
        plain.earlier(),
        plain.rowFiles(),
        plain.quarantineFiles(),
        plain.entity(),
        fused ? Optional.of(partials) : Optional.empty(),
        plain.combined(),
        plain.profile(),
        plain.fingerprint(),
        plain.output());
  }

  private Counters runTwo(SpecText spec, int rowFiles) throws Exception {
    runner.run(CleanJob.create(runner.configuration(), request(spec, rowFiles, false, "two")));
    List<org.apache.hadoop.fs.Path> clean = new ArrayList<>();
    for (int file = 0; file < rowFiles; file++) {
      clean.add(runner.path("two/clean/part-r-%05d.avro".formatted(file)));
    }
    Pipeline pipeline = spec.bind();
    Job partials =
        PartialsJob.create(
            runner.configuration(),
            pipeline.clustering().orElseThrow(),
            clean,
            pipeline.cleaning().rows(),
            rowFiles,
            PARTIALS_FINGERPRINT,
            runner.path("two-partials"));
    runner.run(partials);
    return partials.getCounters();
  }

  @ParameterizedTest(name = "{0}, entity {1}, {2} files")
  @CsvSource(
      delimiter = '|',
      value = {
        "{by: [id, region], keep: latest}    | region            | 4",
        "{by: [region, doubled, id], keep: latest} | [doubled, region] | 4",
        "{by: [region, units], keep: earliest} | region            | 1",
        "exact                               | region            | 4",
        "none                                | [channel, region] | 2",
        "none                                | doubled           | 4"
      })
  void shouldMakeWhatTwoJobsMake(String duplicates, String entity, int rowFiles) throws Exception {
    SpecText keys = SPEC.with(DUPLICATES, "deduplicate: " + duplicates);
    SpecText spec = new SpecText(keys.yaml() + GROUP.formatted(entity), keys.files());
    Counters two = runTwo(spec, rowFiles);

    Configuration cut = runner.configuration();
    cut.setLong(LandingInputFormat.SPLIT_BYTES, 9_001);
    cut.setInt("mapreduce.task.io.sort.mb", 1);
    Job one = CleanJob.create(cut, request(spec, rowFiles, true, "one"));
    runner.run(one);

    assertEquals(bytes("two/clean"), bytes("one/clean"));
    assertEquals(bytes("two/quarantine"), bytes("one/quarantine"));
    assertEquals(bytes("two-partials/partials"), bytes("one/partials"));
    assertEquals(rowFiles, bytes("one/partials").size());
    for (PartialsCounter counter : PartialsCounter.values()) {
      if (counter != PartialsCounter.STATES_SHUFFLED) {
        assertEquals(count(two, counter), count(one.getCounters(), counter), counter.counterName());
      }
    }
    assertTrue(count(two, PartialsCounter.STATES_WRITTEN) > 5, "the test says little without");
    assertTrue(count(two, PartialsCounter.FILTER_ERRORS) > 0);
    assertTrue(count(two, PartialsCounter.ARGUMENT_ERRORS) > 0);
  }

  /** Of an entity whose records lie apart: the key of duplicates does not name it. */
  private CleanJob.Request combining(SpecText spec, String output) {
    Pipeline pipeline = spec.bind();
    FeatureGroup group = pipeline.group("payments");
    CleanJob.Request plain = Payments.request(spec, DATE, files, ROW_FILES, 1, runner.path(output));
    CleanJob.Partials combined =
        new CleanJob.Partials(
            group, PartialsJob.settings(group, pipeline.cleaning().rows()), PARTIALS_FINGERPRINT);
    return new CleanJob.Request(
        plain.source(),
        plain.zone(),
        plain.cleaning(),
        plain.date(),
        plain.files(),
        plain.earlier(),
        plain.rowFiles(),
        plain.quarantineFiles(),
        plain.entity(),
        plain.partials(),
        List.of(combined),
        plain.profile(),
        plain.fingerprint(),
        plain.output());
  }

  private static SpecText apart() {
    SpecText keys = SPEC.with(DUPLICATES, "deduplicate: {by: [id], keep: latest}");
    return new SpecText(keys.yaml() + GROUP.formatted("channel"), keys.files());
  }

  @Test
  void shouldMakePartialsOfStatesThatItCombines() throws Exception {
    SpecText spec = apart();
    Job one = CleanJob.create(runner.configuration(), combining(spec, "one"));
    runner.run(one);
    Pipeline pipeline = spec.bind();
    FeatureGroup group = pipeline.group("payments");
    List<org.apache.hadoop.fs.Path> clean = new ArrayList<>();
    List<InputFile> states = new ArrayList<>();
    for (int file = 0; file < ROW_FILES; file++) {
      String name = "part-r-%05d.avro".formatted(file);
      clean.add(runner.path("one/clean/" + name));
      states.add(
          new InputFile(
              runner.path("one/combined/payments/" + name).toString(),
              Files.size(folder.resolve("one/combined/payments/" + name))));
    }
    Job ofClean =
        PartialsJob.create(
            runner.configuration(),
            group,
            clean,
            pipeline.cleaning().rows(),
            2,
            PARTIALS_FINGERPRINT,
            runner.path("of-clean"));
    runner.run(ofClean);
    Job ofStates =
        PartialsJob.ofCombined(
            runner.configuration(),
            group,
            InputFiles.inTasks(states, 3),
            pipeline.cleaning().rows(),
            2,
            PARTIALS_FINGERPRINT,
            runner.path("of-states"));
    runner.run(ofStates);

    assertEquals(bytes("of-clean/partials"), bytes("of-states/partials"));
    for (PartialsCounter counter : PartialsCounter.values()) {
      if (counter != PartialsCounter.STATES_SHUFFLED) {
        assertEquals(
            count(ofClean.getCounters(), counter),
            count(ofStates.getCounters(), counter),
            counter.counterName());
      }
    }
    assertEquals(kept(one), combined(one));
    assertTrue(count(ofStates.getCounters(), PartialsCounter.STATES_WRITTEN) > 5);
  }

  @Test
  void shouldCountFewerRecordsWhereItGivesUpCombining() throws Exception {
    SpecText keys = apart();
    SpecText spec =
        new SpecText(keys.yaml().replace("entity: channel", "entity: id"), keys.files());
    Configuration small = runner.configuration();
    small.setLong(StateMemory.TABLE_BYTES, 1);
    Job job = CleanJob.create(small, combining(spec, "one"));
    runner.run(job);
    assertTrue(kept(job) > combined(job), () -> combined(job) + " were combined");
  }

  private static long combined(Job job) {
    return counter(job, CleanJob.COMBINED_COUNTERS, "payments");
  }

  private static long kept(Job job) {
    return counter(job, CleanCounter.GROUP, CleanCounter.KEPT.counterName());
  }

  private static long counter(Job job, String group, String name) {
    try {
      return job.getCounters().findCounter(group, name).getValue();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void shouldFoldOnlyWhatIsInTheSample() throws Exception {
    // of one key the record that is kept may be of another unit than those that are not
    SpecText keys = SPEC.with(DUPLICATES, "deduplicate: {by: [id, region], keep: latest}");
    SpecText spec = new SpecText(keys.yaml() + GROUP.formatted("region"), keys.files());
    Pipeline sampled =
        spec.bind()
            .sampled(new io.millrace.pipeline.Sample(new BigDecimal("0.5"), List.of("units")));
    CleanJob.Request whole = request(spec, ROW_FILES, true, "sample");
    Job job =
        CleanJob.create(
            runner.configuration(),
            new CleanJob.Request(
                whole.source(),
                whole.zone(),
                sampled.cleaning(),
                whole.date(),
                whole.files(),
                whole.earlier(),
                whole.rowFiles(),
                whole.quarantineFiles(),
                whole.entity(),
                whole.partials(),
                whole.combined(),
                whole.profile(),
                whole.fingerprint(),
                whole.output()));
    runner.run(job);
    long kept =
        job.getCounters()
            .findCounter(CleanCounter.GROUP, CleanCounter.KEPT.counterName())
            .getValue();
    long left =
        job.getCounters()
            .findCounter(CleanCounter.GROUP, CleanCounter.SAMPLED_OUT.counterName())
            .getValue();
    assertTrue(left > 100, () -> left + " are not in the sample");
    assertEquals(kept, count(job.getCounters(), PartialsCounter.RECORDS_READ));
  }

  private static long count(Counters counters, PartialsCounter counter) {
    return counters.findCounter(PartialsCounter.GROUP, counter.counterName()).getValue();
  }

  /** The content of all data files below a folder, by their names. */
  private Map<String, String> bytes(String root) throws IOException {
    Map<String, String> bytes = new TreeMap<>();
    try (var paths = Files.walk(folder.resolve(root))) {
      for (Path path : paths.filter(found -> found.toString().endsWith(".avro")).toList()) {
        bytes.put(
            folder.resolve(root).relativize(path).toString(),
            new String(Files.readAllBytes(path), ISO_8859_1));
      }
    }
    return bytes;
  }
}
