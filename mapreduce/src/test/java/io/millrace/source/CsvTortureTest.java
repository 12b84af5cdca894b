package io.millrace.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.PublicData;
import io.millrace.spec.FormatSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that others wrote to test their CSV parsers, with the results that they expect. */
class CsvTortureTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Path folder(String name) {
    return PublicData.find("csv_torture", name);
  }

  /** Lines without their ends, {@code \n} or {@code \r\n}. */
  private static List<String> lines(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>(List.of(text.split("\r?\n", -1)));
    if (lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  // newlines, newlines_crlf and quotes_and_newlines need records of several lines: see below
  @ParameterizedTest
  @ValueSource(
      strings = {
        "comma_in_quotes",
        "empty",
        "empty_crlf",
        "escaped_quotes",
        "json",
        "simple",
        "simple_crlf",
        "utf8"
      })
  void shouldReadCsvSpectrum(String name) throws IOException {
    Path spectrum = folder("csv-spectrum");
    JsonNode expected = JSON.readTree(spectrum.resolve("json/" + name + ".json").toFile());
    List<String> fields = new ArrayList<>();
    expected.get(0).fieldNames().forEachRemaining(fields::add);
    String[] names = fields.toArray(new String[0]);
    List<String> lines = lines(spectrum.resolve("csvs/" + name + ".csv"));
    CsvLines csv =
        new CsvLines(CsvLines.format(true), CsvLines.text(names)).startFile(lines.get(0));

    List<List<String>> found = lines.subList(1, lines.size()).stream().map(csv::read).toList();

    List<List<String>> wanted = new ArrayList<>();
    for (JsonNode record : expected) {
      List<String> values = new ArrayList<>();
      record.elements().forEachRemaining(value -> values.add(value.textValue()));
      wanted.add(values);
    }
    assertEquals(wanted, found);
  }

  @ParameterizedTest
  @ValueSource(strings = {"newlines", "newlines_crlf", "quotes_and_newlines"})
  void shouldRejectTheLinesOfABrokenRecordAlone(String name) throws IOException {
    List<String> lines = lines(folder("csv-spectrum").resolve("csvs/" + name + ".csv"));
    String[] names = lines.get(0).split(",", -1);
    CsvLines csv =
        new CsvLines(CsvLines.format(true), CsvLines.text(names)).startFile(lines.get(0));

    List<String> outcomes =
        lines.subList(1, lines.size()).stream()
            .map(csv::reject)
            .map(text -> text.replaceFirst(":.*", ""))
            .toList();

    // what stands before and behind is read, and no line of the broken record is taken for another
    List<String> expected =
        name.startsWith("newlines")
            ? List.of("RECORD", "csv.quote", "csv.quote", "RECORD")
            : List.of("csv.quote", "csv.quote", "csv.quote", "RECORD");
    assertEquals(expected, outcomes);
  }

  /**
   * test.csv with the results in test_default.txt and test_rfc4180.txt. The settings that trim
   * unquoted text, know comments or ignore quotes have no counterpart. The lines that start with #
   * have one field there; here they have the wrong number.
   */
  @Test
  void shouldReadTheTestFileOfCommonsCsv() throws IOException {
    Path folder = folder("commons-csv").resolve("CSVFileParser");
    CsvLines csv = new CsvLines(CsvLines.format(false), CsvLines.text("a", "b", "c", "d"));

    List<String> found = new ArrayList<>();
    for (String line : lines(folder.resolve("test.csv"))) {
      if (line.startsWith("#")) {
        assertEquals("csv.columns: found 1 fields, expected 4 as the schema", csv.reject(line));
      } else if (!line.isEmpty()) {
        found.add("4:[" + String.join(", ", csv.read(line)) + "]");
      }
    }

    for (String results : List.of("test_default.txt", "test_rfc4180.txt")) {
      List<String> wanted =
          lines(folder.resolve(results)).stream().filter(line -> line.startsWith("4:")).toList();
      assertEquals(wanted, found);
    }
  }

  // CSV-141 and CSV-290 write quotes with a backslash or spread records over lines; CSV-167 too
  @Test
  void shouldReadFurtherFilesOfCommonsCsv() throws IOException {
    Path folder = folder("commons-csv");
    List<String> patch = lines(folder.resolve("CSV-213/999751170.patch.csv"));
    CsvLines semicolons =
        new CsvLines(
            new FormatSpec.Csv(true, ';', '"', List.of(""), List.of(), Map.of()),
            CsvLines.text("CHANELID", "ADDRESS"));
    semicolons.startFile(patch.get(0));
    assertEquals(List.of("27", CsvLines.NULL), semicolons.read(patch.get(1)));

    CsvLines three = new CsvLines(CsvLines.format(false, ""), CsvLines.text("a", "b", "c"));
    assertEquals(
        List.of(
            List.of("AA", "33", "NULL"),
            List.of("AA", "NULL", "NULL"),
            List.of("NULL", "33", "CC")),
        lines(folder.resolve("CSV-254/csv-254.csv")).stream().map(three::read).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"emoji", "japanese"})
  void shouldReadTextOfSeveralBytesACharacter(String name) throws IOException {
    List<String> lines = lines(folder("commons-csv").resolve("CSV-196/" + name + ".csv"));
    String[] names = lines.get(0).split(",", -1);
    CsvLines csv =
        new CsvLines(CsvLines.format(true), CsvLines.text(names)).startFile(lines.get(0));

    IntStream.range(1, lines.size())
        .forEach(i -> assertEquals(List.of(lines.get(i).split(",", -1)), csv.read(lines.get(i))));
  }

  @Test
  void shouldReadAFileWithAByteOrderMark() throws IOException {
    List<String> lines = lines(folder("commons-csv").resolve("CSVFileParser/bom.csv"));
    CsvLines csv =
        new CsvLines(CsvLines.format(true), CsvLines.text("Date", "Volume"))
            .startFile(lines.get(0));

    assertEquals('\uFEFF', lines.get(0).charAt(0));
    assertEquals(List.of("14-Mar-14", "79448141"), csv.read(lines.get(1)));
    assertEquals(List.of("Open", "High", "Low", "Close"), csv.decoder().header().unknownColumns());
  }
}
