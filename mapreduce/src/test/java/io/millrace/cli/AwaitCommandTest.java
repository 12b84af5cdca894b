package io.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwaitCommandTest {
  private static final String DATE = "2026-01-01";

  @TempDir Path home;
  private PipelineFolder pipeline;

  @BeforeEach
  void writeSpec() throws IOException {
    pipeline =
        new PipelineFolder(home)
            .fields("id string")
            .spec(
                """
                pipeline: waiting
                warehouse: "${warehouse}"
                source: {path: "${landing}/${date}", schema: row.avsc, from: 2026-01-01, done_flag: _OK}
                """);
  }

  private CommandResult await(String... more) {
    String[] words =
        Stream.concat(Stream.of("--date", DATE), Stream.of(more)).toArray(String[]::new);
    return pipeline.millrace("await", words);
  }

  private void land(String file) throws IOException {
    pipeline.land(DATE, file, "id\na\n".getBytes(UTF_8));
  }

  @Test
  void shouldSayWhatIsThereAndWhatIsNot() throws IOException {
    CommandResult nothing = await("--for", "0").expect(ExitCode.INPUT_MISSING);
    assertTrue(
        nothing
            .lastLineOfErr()
            .startsWith("The input of 2026-01-01 has not landed: no file is there (looked for in "),
        nothing::err);
    land("a.csv");
    CommandResult half = await("--for", "0").expect(ExitCode.INPUT_MISSING);
    assertTrue(
        half.lastLineOfErr()
            .contains("1 file is there, but not _OK, which its producer writes last (looked for"),
        half::err);
    land("_OK");
    CommandResult whole = await("--for", "0").expect(ExitCode.DONE);
    assertTrue(
        whole.lastLineOfErr().startsWith("The input of 2026-01-01 has landed: 1 file in "),
        whole::err);
  }

  @Test
  void shouldTellWhatItWaitsForUntilItIsThere() throws Exception {
    Thread producer =
        new Thread(
            () -> {
              try {
                Thread.sleep(300);
                land("a.csv");
                Thread.sleep(300);
                land("_OK");
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    producer.start();
    CommandResult result = await("--for", "30s", "--every", "50ms").expect(ExitCode.DONE);
    producer.join();
    assertEquals(
        """
        Waiting for the input of 2026-01-01: no file is there.
        Waiting for the input of 2026-01-01: 1 file is there, but not _OK, which its producer writes last.
        """,
        result.err().substring(0, result.err().indexOf("The input")));
  }

  @Test
  void shouldSettleByTheClockOfTheFileSystem() throws IOException {
    pipeline.edit("done_flag: _OK", "settle: 3h");
    land("a.csv");
    Path day = home.resolve("landing").resolve(DATE);
    FileTime fourHoursAgo = FileTime.from(Instant.now().minusSeconds(4 * 3600));
    Files.setLastModifiedTime(day.resolve("a.csv"), fourHoursAgo);
    Files.setLastModifiedTime(day, fourHoursAgo);
    await("--for", "0").expect(ExitCode.DONE);
    pipeline.edit("settle: 3h", "settle: 0m");
    land("b.csv");
    await("--for", "0").expect(ExitCode.DONE);
  }

  @Test
  void shouldCallADateWithoutRecordsOverWhenItsTimeIs() throws IOException {
    pipeline.edit("done_flag: _OK", "done_flag: _OK, missing: empty");
    CommandResult early =
        await("--for", "0", "--until", "2999-01-01T00:00:00+01:00").expect(ExitCode.INPUT_MISSING);
    assertFalse(early.err().contains("missing: empty"), early::err);
    CommandResult late = await("--until", "2026-01-02T09:00:00Z").expect(ExitCode.DONE);
    assertTrue(
        late.lastLineOfErr().startsWith("Nothing has landed of 2026-01-01 in ")
            && late.lastLineOfErr().endsWith("so the date counts as one without records."),
        late::err);
  }

  @Test
  void shouldRefuseWhatCannotCome() throws IOException {
    CommandResult before =
        pipeline.millrace("await", "--date", "2025-12-31").expect(ExitCode.USAGE);
    assertEquals(
        "Cannot await the input of 2025-12-31: the pipeline begins on 2026-01-01 (`source.from`).",
        before.lastLineOfErr());
    Files.createDirectories(home.resolve("landing"));
    Files.writeString(home.resolve("landing").resolve(DATE), "id\na\n");
    CommandResult file = await("--for", "0").expect(ExitCode.USAGE);
    assertTrue(
        file.lastLineOfErr().startsWith("Cannot look for the done-flag _OK of 2026-01-01: "),
        file::err);
    CommandResult time = await("--until", "tomorrow").expect(ExitCode.USAGE);
    assertTrue(time.lastLineOfErr().contains("Cannot read time: tomorrow."), time::err);
  }

  @Test
  void shouldNotMakeHalfADateWhereThatIsAskedFor() throws IOException {
    pipeline.millrace("run", "--date", DATE, "--if-landed").expect(ExitCode.INPUT_MISSING);
    land("a.csv");
    CommandResult half =
        pipeline.millrace("run", "--date", DATE, "--if-landed").expect(ExitCode.INPUT_MISSING);
    assertTrue(half.lastLineOfErr().contains("1 file is there, but not _OK"), half::err);
    assertFalse(Files.exists(pipeline.partition("clean", DATE)));
    land("_OK");
    pipeline.millrace("run", "--date", DATE, "--if-landed").expect(ExitCode.DONE);
  }
}
