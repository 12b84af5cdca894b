package io.millrace.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.row.Row;
import io.millrace.spec.FormatSpec;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CsvRoundTripTest {
  @Property(tries = 3000)
  void shouldReadBackWhatAWriterQuotesWhereNeeded(
      @ForAll("tables") List<List<String>> table, @ForAll("separators") char separator) {
    assertReadBack(table, separator, false);
  }

  @Property
  void shouldReadBackWhatAWriterAlwaysQuotes(
      @ForAll("tables") List<List<String>> table, @ForAll("separators") char separator) {
    assertReadBack(table, separator, true);
  }

  @Property
  void shouldNeverThrow(@ForAll("bytes") byte[] line) {
    CsvLines lines = new CsvLines(CsvLines.format(false, "x"), CsvLines.text("a", "b"));
    if (lines.decode(line) == LineDecoder.Outcome.REJECTED) {
      lines.rejection();
    }
    CsvHeader.parse(line, CsvLines.format(true), CsvLines.text("a", "b"));
  }

  private static void assertReadBack(List<List<String>> table, char separator, boolean quoteAll) {
    int width = table.get(0).size();
    String[] names = IntStream.range(0, width).mapToObj(i -> "c" + i).toArray(String[]::new);
    FormatSpec.Csv format =
        new FormatSpec.Csv(false, separator, '"', List.of(), List.of(), Map.of());
    CsvLines lines = new CsvLines(format, CsvLines.text(names));
    for (List<String> record : table) {
      String line = write(record, separator, quoteAll);
      if (!line.isEmpty()) {
        assertEquals(record, lines.read(line), line);
      }
    }
  }

  /** A writer as RFC 4180 has it. */
  private static String write(List<String> record, char separator, boolean quoteAll) {
    return record.stream()
        .map(
            field ->
                quoteAll || field.indexOf(separator) >= 0 || field.indexOf('"') >= 0
                    ? '"' + field.replace("\"", "\"\"") + '"'
                    : field)
        .collect(Collectors.joining(String.valueOf(separator)));
  }

  @Provide
  Arbitrary<List<List<String>>> tables() {
    Arbitrary<String> field =
        Arbitraries.strings()
            .withChars(',', '"', ';', '\t', ' ', 'a', 'é', '漢', '\r')
            .withChars("😀")
            .ofMaxLength(12)
            .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    return Arbitraries.integers()
        .between(1, 40)
        .flatMap(width -> field.list().ofSize(width).list().ofMinSize(1).ofMaxSize(5));
  }

  @Provide
  Arbitrary<Character> separators() {
    return Arbitraries.of(',', ';', '\t', '|');
  }

  @Provide
  Arbitrary<byte[]> bytes() {
    return Arbitraries.of((int) '"', (int) ',', (int) ' ', (int) 'x', 0xC3, 0xA9, 0xFF, 0)
        .map(Integer::byteValue)
        .array(byte[].class)
        .ofMaxSize(30);
  }

  @Property(tries = 50)
  void shouldReadLinesOfAnyLength(@ForAll("lengths") int length) {
    Row row = new Row(2);
    String line = "a".repeat(length) + "," + "b".repeat(length);
    LineDecoder decoder =
        LineDecoder.of(CsvLines.format(false), CsvLines.text("a", "b"), ZoneOffset.UTC);

    assertEquals(
        LineDecoder.Outcome.RECORD, decoder.decode(CsvLines.bytes(line), 0, line.length(), row));
    assertEquals(length, row.lengths[0]);
    assertEquals("b".repeat(length), row.string(1));
  }

  @Provide
  Arbitrary<Integer> lengths() {
    return Arbitraries.integers().between(0, 100_000).edgeCases(c -> c.add(2047, 2048, 4095));
  }
}
