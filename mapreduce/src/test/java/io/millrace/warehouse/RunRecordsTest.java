package io.millrace.warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.warehouse.RunRecord.Retry;
import io.millrace.warehouse.RunRecord.StageRecord;
import io.millrace.warehouse.RunRecord.State;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordsTest {
  private static final Instant STARTED = Instant.parse("2026-11-02T02:00:00Z");

  @TempDir java.nio.file.Path folder;
  private RunRecords records;

  @BeforeEach
  void makeRecords() throws IOException {
    records = new RunRecords(new Warehouse(new Path(folder.toUri()), QuickLocalFs.configuration()));
  }

  @Test
  void shouldReplaceARecordWhenTheRunGoesOn() throws IOException {
    RunRecord running =
        record(
            null,
            new StageRecord(
                "clean",
                LocalDate.of(2026, 11, 1),
                State.RUNNING,
                "not made yet",
                new TreeMap<>(),
                null,
                null));
    records.write(running);
    assertEquals(Optional.of(running), records.read("run-1"));
    RunRecord done =
        record(
            STARTED.plusSeconds(60),
            new StageRecord(
                "clean",
                LocalDate.of(2026, 11, 1),
                State.DONE,
                "not made yet",
                new TreeMap<>(Map.of("read", 7L)),
                12.5,
                List.of(new Retry(STARTED.plusSeconds(20), "a service could not be reached"))));
    records.write(done);
    assertEquals(Optional.of(done), records.read("run-1"));
    try (var files = Files.list(folder.resolve("_runs/run-1"))) {
      assertEquals(List.of("run.json"), files.map(f -> f.getFileName().toString()).toList());
    }
  }

  @Test
  void shouldListRunsOldestFirst() throws IOException {
    assertEquals(List.of(), records.runs());
    assertEquals(Optional.empty(), records.read("run-1"));
    for (String run : List.of("20261102T020000000Z-b", "20261101T020000000Z-c")) {
      records.write(new RunRecord(run, STARTED, null, "run", "p", "0.1.0", List.of()));
    }
    assertEquals(List.of("20261101T020000000Z-c", "20261102T020000000Z-b"), records.runs());
  }

  private static RunRecord record(Instant finished, StageRecord stage) {
    return new RunRecord(
        "run-1", STARTED, finished, "run --date 2026-11-01", "card-fraud", "0.1.0", List.of(stage));
  }
}
