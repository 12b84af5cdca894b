package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.example.CardFraudSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs of two days: the same bytes as ever, however the work is cut. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldenRunTest {
  private static final String REWRITE = "millrace.golden.rewrite";
  private static final Path GOLDEN = Path.of("src/test/resources/golden/card-fraud.txt");
  private static final LocalDate FIRST = CardFraudFolder.FIRST;
  private static final LocalDate LAST = FIRST.plusDays(1);
  private static final String[] BOTH_DAYS = {"--from", FIRST.toString(), "--to", LAST.toString()};

  // not compressed: the length of gzip's files is part of the fingerprint and varies with zlib
  private static final CardFraudSettings SETTINGS =
      CardFraudSettings.of(FIRST, 2)
          .withTransactions(1_500)
          .withCards(150)
          .withTerminals(40)
          .withFiles(3, 0);

  private CardFraudFolder usual;

  @BeforeAll
  void runWithUsualSettings(@TempDir Path folder) throws IOException {
    usual = CardFraudFolder.create(folder);
    usual.generate(SETTINGS);
    usual.millrace("run", BOTH_DAYS).expect(ExitCode.DONE);
  }

  @Test
  void shouldMakeTheContentOfTheGoldenFile() throws IOException {
    GoldenFile now =
        GoldenFile.of(
            usual.workspace(new Configuration()).outline().stages(), hashesButOfScores(usual));
    if (Boolean.getBoolean(REWRITE)) {
      now.write(
          GOLDEN,
          List.of(
              "What the example card-fraud makes of two small days, and the versions of the stages that make it.",
              "GoldenRunTest compares it; after a change that is meant, it is rewritten by",
              "mvn -q -pl mapreduce -am test -Dtest=GoldenRunTest -Dsurefire.failIfNoSpecifiedTests=false -D"
                  + REWRITE
                  + "=true"));
    }
    assertEquals("", String.join("\n", GoldenFile.read(GOLDEN).differences(now)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Dmillrace.input.split-bytes=30000 -Dmapreduce.map.output.compress=true"
            + " -Dmapreduce.local.map.tasks.maximum=4 -Dmapreduce.local.reduce.tasks.maximum=3",
        "-Dmillrace.input.split-bytes=50000000 -Dmillrace.input.block-bytes=1000"
            + " -Dmapreduce.map.output.compress=true"
            + " -Dmapreduce.map.output.compress.codec=org.apache.hadoop.io.compress.DefaultCodec"
            + " -Dmapreduce.fileoutputcommitter.algorithm.version=2"
            + " -Dmapreduce.local.map.tasks.maximum=1 -Dmapreduce.local.reduce.tasks.maximum=1",
        "-Dmapreduce.input.fileinputformat.split.maxsize=20000 -Dmapreduce.task.io.sort.mb=1"
            + " -Dmapreduce.map.sort.spill.percent=0.05 -Dmapreduce.task.io.sort.factor=2"
            + " -Dmapreduce.reduce.shuffle.input.buffer.percent=0.00001"
            + " -Dmillrace.partials.table-bytes=1",
        "-Dfs.file.impl=io.millrace.BackwardListings -Dfs.file.impl.disable.cache=true"
            + " -Dmillrace.input.split-bytes=40000 -Dmillrace.partials.table-bytes=5000",
        "--parallel=1",
        "--parallel=2"
      })
  void shouldMakeTheSameBytesHoweverTheWorkIsCut(String options, @TempDir Path folder)
      throws IOException {
    CardFraudFolder other = CardFraudFolder.create(folder, options.split(" "));
    other.generate(SETTINGS);
    other.millrace("run", BOTH_DAYS).expect(ExitCode.DONE);
    assertSameBytes(other);
  }

  @Test
  void shouldMakeTheSameBytesInAnyOrderOfStages(@TempDir Path folder) throws IOException {
    CardFraudFolder other = CardFraudFolder.create(folder);
    other.generate(SETTINGS);
    for (String stage : List.of("clean", "partials/terminal", "partials/card", "features/card")) {
      List<String> arguments = new ArrayList<>(Arrays.asList(BOTH_DAYS));
      arguments.addAll(List.of("--stage", stage));
      other.millrace("run", arguments.toArray(String[]::new)).expect(ExitCode.DONE);
    }
    other.millrace("run", BOTH_DAYS).expect(ExitCode.DONE);
    assertSameBytes(other);
  }

  @Test
  void shouldMakeTheSameContentHoweverADayIsCutIntoFiles(@TempDir Path folder) throws IOException {
    CardFraudFolder other = CardFraudFolder.create(folder);
    other.generate(SETTINGS.withFiles(5, 2));
    other.millrace("run", BOTH_DAYS).expect(ExitCode.DONE);
    // what is quarantined names its file and offset
    SortedMap<String, String> expected = hashes(usual);
    expected.keySet().removeIf(name -> name.startsWith("quarantine/"));
    SortedMap<String, String> hashes = hashes(other);
    hashes.keySet().removeIf(name -> name.startsWith("quarantine/"));
    assertEquals(expected, hashes);
  }

  private void assertSameBytes(CardFraudFolder other) throws IOException {
    SortedMap<String, org.apache.hadoop.fs.Path> expected = usual.dataFiles();
    SortedMap<String, org.apache.hadoop.fs.Path> files = other.dataFiles();
    assertEquals(expected.keySet(), files.keySet());
    for (String name : files.keySet()) {
      assertArrayEquals(usual.bytes(expected.get(name)), other.bytes(files.get(name)), name);
    }
  }

  private static SortedMap<String, String> hashes(CardFraudFolder folder) throws IOException {
    SortedMap<String, String> hashes = new TreeMap<>();
    for (var file : folder.dataFiles().entrySet()) {
      try (DataFileStream<GenericRecord> stream =
          new DataFileStream<>(
              folder.fileSystem().open(file.getValue()), new GenericDatumReader<>())) {
        hashes.put(file.getKey(), GoldenFile.hash(stream));
      }
    }
    return hashes;
  }

  /** The last bits of scores are the processor's. */
  private static SortedMap<String, String> hashesButOfScores(CardFraudFolder folder)
      throws IOException {
    SortedMap<String, String> hashes = hashes(folder);
    hashes.keySet().removeIf(name -> name.startsWith("scores/"));
    return hashes;
  }
}
