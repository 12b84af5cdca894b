package io.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Landing files that are not what they should be. */
class OddLandingFilesTest {
  private static final String DATE = "2026-01-01";

  @TempDir Path home;
  private PipelineFolder pipeline;

  @BeforeEach
  void writeSpec() throws IOException {
    pipeline =
        new PipelineFolder(home)
            .fields("id string?", "n int?")
            .spec(
                """
                pipeline: odd
                warehouse: "${warehouse}"
                source: {path: "${landing}/${date}", schema: row.avsc, from: 2026-01-01}
                """);
  }

  private CommandResult run() {
    return pipeline.millrace("run", "--date", DATE);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void shouldRefuseLinesThatEndInCarriageReturnsAlone() throws IOException {
    pipeline.land(DATE, "mac.csv", "id,n\ra,1\rb,2\r".getBytes(UTF_8));
    CommandResult run = run().expect(ExitCode.FAILED);
    assertTrue(
        run.lastLineOfErr().contains("landing/2026-01-01/mac.csv: its first line has a carriage"),
        run::err);
    assertTrue(run.lastLineOfErr().endsWith("with: tr '\\r' '\\n'"), run::err);
    assertFalse(Files.exists(pipeline.partition("clean", DATE)));
    pipeline.land(DATE, "mac.csv", "id,n\r\na,1\r\nb\rc,2\r\n".getBytes(UTF_8));
    run().expect(ExitCode.DONE);
    assertEquals(List.of("a", "b\rc"), pipeline.values("clean", DATE, "id"));
  }

  @Test
  void shouldTellOfFilesThatAreEmpty() throws IOException {
    byte[] nothing = {};
    pipeline
        .land(DATE, "a.csv", nothing)
        .land(DATE, "c.csv.gz", gzip(""))
        .land(DATE, "d.csv", new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF})
        .land(DATE, "e.csv", "id,n\n".getBytes(UTF_8))
        .land(DATE, "f.csv", "id,n\na,1".getBytes(UTF_8));
    CommandResult run = run().expect(ExitCode.DONE);
    String note = "a.csv and 2 more files: the file is empty: it has not even a header";
    assertEquals(List.of(note), pipeline.notes("clean", DATE));
    assertTrue(run.err().contains(note), run::err);
    assertEquals(List.of("a 1"), pipeline.values("clean", DATE, "id", "n"));
  }

  @Test
  void shouldSetAsideFilesWhoseHeaderHasNoColumnOfTheSchema() throws IOException {
    pipeline
        .land(DATE, "a.csv", "id;n\na;1\nb;2\n".getBytes(UTF_8))
        .land(DATE, "b.csv", "c,3\nd,4\n".getBytes(UTF_8))
        .land(DATE, "c.csv", "n,other\n5,x\n".getBytes(UTF_8));
    run().expect(ExitCode.DONE);
    assertEquals(List.of("null 5"), pipeline.values("clean", DATE, "id", "n"));
    String hint = ". Is the first line a header (options.header), and is options.separator right?";
    String found = "The header of the file has no column of the schema; it has ";
    assertEquals(
        List.of(
            "a.csv csv.header " + found + "id;n, expected id, n" + hint,
            "a.csv csv.header " + found + "id;n, expected id, n" + hint,
            "b.csv csv.header " + found + "c, 3, expected id, n" + hint),
        pipeline.values("quarantine/clean", DATE, "file", "rule", "reason"));
  }

  @Test
  void shouldSayWhatToDoAboutALoneQuote() throws IOException {
    pipeline.land(DATE, "id,n", "5\" pipe,1", "\"5\"\" pipe\",2");
    run().expect(ExitCode.DONE);
    assertEquals(List.of("5\" pipe 2"), pipeline.values("clean", DATE, "id", "n"));
    assertEquals(
        List.of(
            "csv.quote found a lone quote at position 1, in the value 5\" pipe, which does not start"
                + " with one; where the quote is meant, put the value in quotes and write the quote"
                + " twice, or name another character in options.quote; where the record began on an"
                + " earlier line, write it on one line"),
        pipeline.values("quarantine/clean", DATE, "rule", "reason"));
  }

  @Test
  void shouldNameACompressedFileThatIsCutOff() throws IOException {
    StringBuilder text = new StringBuilder("id,n\n");
    for (int i = 0; i < 100_000; i++) {
      text.append(Integer.toHexString(i * 1_000_003)).append(',').append(i).append('\n');
    }
    byte[] whole = gzip(text.toString());
    pipeline.land(DATE, "a.csv.gz", Arrays.copyOf(whole, whole.length / 2));
    CommandResult run = run().expect(ExitCode.FAILED);
    assertTrue(
        run.lastLineOfErr()
            .matches(
                ".*Cannot read .*/2026-01-01/a\\.csv\\.gz behind byte [1-9]\\d{4,} of its"
                    + " decompressed text; the file may be damaged or incomplete: .*"),
        run::err);
    assertFalse(run.err().contains("\tat "), run::err);
  }

  @Test
  void shouldRefuseAPathThatIsTheSameEveryDay() throws IOException {
    pipeline.edit("/${date}", "");
    CommandResult validated = pipeline.millrace("validate").expect(ExitCode.USAGE);
    assertTrue(
        validated.err().contains("pipeline.yaml:3:16: `source.path` has no `${date}`"),
        validated::err);
  }
}
