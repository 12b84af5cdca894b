package io.millrace.job.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineBlockReaderTest {
  private static final int MAX_LINE = 1000;

  private record Line(long offset, String text) {}

  @Property(tries = 5000)
  void shouldDeliverEachLineOnceHoweverAFileIsCut(
      @ForAll("texts") String text,
      @ForAll("cuts") List<Integer> cuts,
      @ForAll @IntRange(min = 1, max = 40) int blockBytes,
      @ForAll boolean header)
      throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    if (header && text.replace("\r\n", "\n").split("\n", 2)[0].contains("\r")) {
      IOException refused =
          assertThrows(IOException.class, () -> readPart(bytes, 0, bytes.length, blockBytes, true));
      assertTrue(refused.getMessage().contains("has a carriage return"), refused.getMessage());
      return;
    }
    TreeSet<Integer> bounds = new TreeSet<>(cuts);
    bounds.removeIf(cut -> cut >= bytes.length);
    bounds.add(0);
    bounds.add(bytes.length);
    List<Line> found = new ArrayList<>();
    Integer start = bounds.pollFirst();
    for (int end : bounds) {
      found.addAll(readPart(bytes, start, end, blockBytes, header));
      start = end;
    }
    List<Line> expected = naively(text);
    if (header && !expected.isEmpty()) {
      expected.remove(0);
    }
    assertEquals(bytes.length == 0 ? List.of() : expected, found);
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> body =
        Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.of("a", "bc", "é", "漢字,\"x\"")),
                Tuple.of(3, Arbitraries.of("\n", "\r\n")),
                Tuple.of(1, Arbitraries.of("\r", "\n\n", "zzzzzzzzzzzzzzzzzzzzzzzzzz")))
            .list()
            .ofMaxSize(40)
            .map(parts -> String.join("", parts));
    return Combinators.combine(Arbitraries.of("", "", "\uFEFF"), body)
        .as((mark, rest) -> mark + rest);
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(1, 120).list().ofMaxSize(8);
  }

  /** Split by hand, character by character. */
  private static List<Line> naively(String text) {
    List<Line> lines = new ArrayList<>();
    long offset = text.startsWith("\uFEFF") ? 3 : 0;
    String rest = text.startsWith("\uFEFF") ? text.substring(1) : text;
    while (!rest.isEmpty()) {
      int lineFeed = rest.indexOf('\n');
      String whole = lineFeed < 0 ? rest : rest.substring(0, lineFeed + 1);
      String line = whole.replaceFirst("\r?\n$", "");
      lines.add(new Line(offset, line));
      offset += whole.getBytes(UTF_8).length;
      rest = rest.substring(whole.length());
    }
    return lines;
  }

  private static List<Line> readPart(
      byte[] bytes, int start, int end, int blockBytes, boolean header) throws IOException {
    LandingFile file = new LandingFile("file:/landing/a.csv", "a.csv", bytes.length);
    LineBlockReader.Settings settings = new LineBlockReader.Settings(blockBytes, MAX_LINE, header);
    InputStream in = new ByteArrayInputStream(bytes, start, bytes.length - start);
    try (LineBlockReader reader =
        start == 0
            ? LineBlockReader.ofHead(file, in, end, settings)
            : LineBlockReader.ofTail(file, in, start, end, new byte[0], settings)) {
      return lines(reader);
    }
  }

  private static List<Line> lines(LineBlockReader reader) throws IOException {
    List<Line> lines = new ArrayList<>();
    LineBlock block = new LineBlock();
    LineCursor cursor = new LineCursor();
    while (reader.next(block)) {
      assertTrue(block.length() > 0);
      cursor.reset(block);
      while (cursor.next()) {
        lines.add(
            new Line(
                cursor.fileOffset(),
                new String(block.bytes(), cursor.start(), cursor.length(), UTF_8)));
      }
    }
    return lines;
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "'a,b', 'a,b'",
    "'a,b\n', 'a,b'",
    "'a,b\r\n1,2', 'a,b'",
    "'\uFEFFa,b\r\n1,2', 'a,b'",
    "'\uFEFF', ''",
    "'\n1,2', ''"
  })
  void shouldReadTheHeader(String text, String expected) throws IOException {
    for (int blockBytes = 1; blockBytes < 20; blockBytes++) {
      LineBlockReader reader =
          LineBlockReader.ofHead(
              new LandingFile("a.csv", "a.csv", 1),
              new ByteArrayInputStream(text.getBytes(UTF_8)),
              LineBlockReader.UNBOUNDED,
              new LineBlockReader.Settings(blockBytes, MAX_LINE, true));
      LineBlock block = new LineBlock();
      boolean any = reader.next(block);

      assertArrayEquals(expected.getBytes(UTF_8), reader.header());
      assertEquals(text.endsWith("1,2"), any);
      assertArrayEquals(any ? expected.getBytes(UTF_8) : new byte[0], block.header());
    }
  }

  @Test
  void shouldReadALineAsLongAsTheLimitAndNoLongerOne() throws IOException {
    for (int blockBytes : new int[] {16, 4096}) {
      String longest = "x\n" + "y".repeat(MAX_LINE) + "\r\nz";
      byte[] bytes = longest.getBytes(UTF_8);
      assertEquals(naively(longest), readPart(bytes, 0, bytes.length, blockBytes, false));
      byte[] tooLong = ("x\n" + "y".repeat(MAX_LINE + 3) + "\nz").getBytes(UTF_8);
      IOException e =
          assertThrows(
              IOException.class, () -> readPart(tooLong, 0, tooLong.length, blockBytes, false));
      assertEquals(
          "Cannot read file:/landing/a.csv at byte 2: the line is longer than 1000 bytes;"
              + " if this is a text file, raise millrace.input.max-line-bytes",
          e.getMessage());
    }
  }

  @Test
  void shouldNoticeAFileThatHasShrunk() {
    byte[] bytes = "a\nb\n".getBytes(UTF_8);
    LandingFile file = new LandingFile("file:/landing/a.csv", "a.csv", 10);
    LineBlockReader.Settings settings = new LineBlockReader.Settings(100, MAX_LINE, false);

    IOException e =
        assertThrows(
            IOException.class,
            () ->
                lines(LineBlockReader.ofHead(file, new ByteArrayInputStream(bytes), 10, settings)));

    assertTrue(
        e.getMessage()
            .startsWith("Cannot read file:/landing/a.csv: it ends at byte 4, but had at least 10"),
        e.getMessage());
  }

  @Test
  void shouldSayWhereReadingFailed() throws IOException {
    InputStream closed = InputStream.nullInputStream();
    closed.close();
    InputStream broken =
        new SequenceInputStream(new ByteArrayInputStream("abc\nefg".getBytes(UTF_8)), closed);
    LandingFile file = new LandingFile("hdfs://nn/a.csv", "a.csv", 10);
    LineBlockReader.Settings settings = new LineBlockReader.Settings(4, MAX_LINE, false);

    IOException e =
        assertThrows(
            IOException.class, () -> lines(LineBlockReader.ofHead(file, broken, 10, settings)));

    assertTrue(
        e.getMessage().matches("Cannot read hdfs://nn/a.csv behind byte \\d: Stream closed"),
        e.getMessage());
  }

  @Test
  void shouldCopyABlockThroughItsSerialForm() throws IOException {
    byte[] bytes = "xa\nb\nx".getBytes(UTF_8);
    LineBlock block = new LineBlock().set("d/a.csv", 70, "h".getBytes(UTF_8), bytes, 1, 4);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    block.write(new DataOutputStream(out));
    LineBlock copy = new LineBlock();
    copy.readFields(new DataInputStream(new ByteArrayInputStream(out.toByteArray())));

    LineCursor cursor = new LineCursor().reset(copy);
    assertTrue(cursor.next());
    assertTrue(cursor.next());
    assertEquals(72, cursor.fileOffset());
    assertEquals("b", new String(copy.bytes(), cursor.start(), cursor.length(), UTF_8));
    assertEquals("d/a.csv at byte 70: 4 bytes", copy.toString());
    assertArrayEquals(block.header(), copy.header());
  }
}
