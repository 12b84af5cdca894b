package io.millrace.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import io.millrace.spec.FormatSpec;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvDecoderTest {
  private static final RowType SALE =
      new RowType(
          "Sale",
          List.of(
              new Column("id", ColumnType.of(Kind.STRING)),
              new Column("amount", ColumnType.of(Kind.DOUBLE).withNullable(true)),
              new Column("count", ColumnType.of(Kind.INT))));

  @Test
  void shouldReadTypesAndNulls() {
    CsvLines lines = new CsvLines(CsvLines.format(true, "", "n/a"), SALE);
    lines.startFile("id,amount,count");

    assertEquals(List.of("a", "1.5", "7"), lines.read("a,1.5,7"));
    assertEquals(List.of(" a ", "1.5", "7"), lines.read(" a , 1.5\t, 7 "));
    assertEquals(List.of("a", "NULL", "7"), lines.read("a,,7"));
    assertEquals(List.of("a", "NULL", "7"), lines.read("a,   ,7"));
    assertEquals(List.of("a", "NULL", "7"), lines.read("a, n/a ,7"));
    assertEquals(List.of("a", "NULL", "7"), lines.read("a,\"n/a\",7"));
    assertEquals(List.of(" n/a", "NULL", "7"), lines.read(" n/a,\"\",\" 7 \""));
    assertEquals(List.of("n/a ", "1.0", "7"), lines.read("n/a ,1,7"));
  }

  @Test
  void shouldKeepEmptyTextThatIsNoNullMarker() {
    CsvLines lines = new CsvLines(CsvLines.format(false, "\\N"), CsvLines.text("a", "b"));

    assertEquals(List.of("", "NULL"), lines.read(",\\N"));
    assertEquals(List.of("\\n", " \\N"), lines.read("\\n, \\N"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "a,1.5          | csv.columns: found 2 fields, expected 3 as the header",
        "a,1.5,7,       | csv.columns: found 4 fields, expected 3 as the header",
        "a,1,5,7        | csv.columns: found 4 fields, expected 3 as the header",
        "a,\"1.5,7      | csv.quote: the quote at position 2 is not closed on its line; line breaks inside quotes cannot be read",
        "\"a\"b,1.5,7   | csv.quote: found text behind a closing quote at position 3, expected a separator or the end of the line; a quote inside quotes is written twice",
        "a 5\",1.5,7    | csv.quote: found a lone quote at position 3, in the value a 5\", which does not start with one; where the quote is meant, put the value in quotes and write the quote twice, or name another character in options.quote; where the record began on an earlier line, write it on one line",
        "a,1.5,7.0      | column.type: column count: found '7.0', expected INTEGER from -2147483648 to 2147483647",
        "a,12 EUR,7     | column.type: column amount: found '12 EUR', expected DOUBLE, a finite decimal number",
        "a,1.5,         | column.required: column count: found '', which is NULL, expected INTEGER that is not NULL",
        "n/a,1.5,7      | column.required: column id: found 'n/a', which is NULL, expected VARCHAR that is not NULL"
      })
  void shouldSayWhyALineIsNoRecord(String line, String expected) {
    CsvLines lines = new CsvLines(CsvLines.format(true, "", "n/a"), SALE);
    lines.startFile("id,amount,count");

    assertEquals(expected, lines.reject(line));
    assertEquals(List.of("a", "1.5", "7"), lines.read("a,1.5,7"));
  }

  @Test
  void shouldShortenTheTextFoundBetweenCharacters() {
    CsvLines lines = new CsvLines(CsvLines.format(false), SALE);

    assertEquals(
        "column.type: column amount: found '"
            + "😀".repeat(60)
            + "…', expected DOUBLE, a finite decimal number",
        lines.reject("a," + "😀".repeat(61) + ",7"));
  }

  @Test
  void shouldNameTheByteThatIsNotUtf8() {
    CsvLines lines = new CsvLines(CsvLines.format(false), CsvLines.text("a", "b"));

    assertEquals(
        LineDecoder.Outcome.REJECTED,
        lines.decode(new byte[] {'x', ',', 'c', 'a', 'f', (byte) 0xE9}));
    assertEquals(
        "csv.encoding: found byte 0xE9 at position 5, expected UTF-8; convert the file to UTF-8",
        lines.rejection());
    assertEquals(List.of("x", "café"), lines.read("x,café"));
  }

  @Test
  void shouldSkipBlankLinesUnlessTheFileHasOneColumn() {
    assertEquals(List.of(), new CsvLines(CsvLines.format(false), CsvLines.text("a", "b")).read(""));
    assertEquals(
        "csv.columns: found 1 fields, expected 2 as the schema",
        new CsvLines(CsvLines.format(false), CsvLines.text("a", "b")).reject(" "));
    assertEquals(List.of(""), new CsvLines(CsvLines.format(false), CsvLines.text("a")).read(""));
    assertEquals(
        List.of("NULL"), new CsvLines(CsvLines.format(false, ""), CsvLines.text("a")).read(""));
    assertEquals(
        List.of("NULL"),
        new CsvLines(CsvLines.format(true, ""), CsvLines.text("a")).startFile("a").read(""));
  }

  @Test
  void shouldFindColumnsByNameAliasAndMapping() {
    RowType type =
        RowType.fromAvro(
            new Schema.Parser()
                .parse(
                    """
                    {"type": "record", "name": "T", "fields": [
                      {"name": "id", "type": "string", "aliases": ["key"]},
                      {"name": "amount", "type": ["null", "double"]}]}"""));
    CsvLines lines =
        new CsvLines(CsvLines.mapped(Map.of("amount", "Amount in EUR")), type)
            .startFile("\uFEFF amount , \"Amount in EUR\",\"key\",,");

    assertEquals(List.of("k", "2.0"), lines.read("1,2,k,3,4"));
    assertEquals(List.of("amount", "", ""), lines.decoder().header().unknownColumns());
  }

  @Test
  void shouldSwapColumnsThatAreMappedCrosswise() {
    CsvLines lines =
        new CsvLines(CsvLines.mapped(Map.of("a", "b", "b", "a")), CsvLines.text("a", "b"))
            .startFile("a,b");

    assertEquals(List.of("2", "1"), lines.read("1,2"));
  }

  @Test
  void shouldFindAMappedColumnByItsOwnNameWhereAFileDoesNotHaveTheOther() {
    CsvLines lines =
        new CsvLines(CsvLines.mapped(Map.of("a", "Province/State")), CsvLines.text("a", "b"));

    assertEquals(List.of("1", "2"), lines.startFile("Province/State,b").read("1,2"));
    assertEquals(List.of("1", "2"), lines.startFile("a,b").read("1,2"));
    // the name that was given counts, where both are there
    assertEquals(List.of("3", "2"), lines.startFile("a,b,Province/State").read("1,2,3"));
    assertEquals(List.of("a"), lines.decoder().header().unknownColumns());
  }

  @Test
  void shouldFollowHeadersThatDifferFromFileToFile() {
    CsvLines lines = new CsvLines(CsvLines.format(true, ""), SALE);

    assertEquals(
        List.of("a", "1.5", "7"), lines.startFile("count,new,id,amount").read("7,?,a,1.5"));
    assertEquals(List.of("new"), lines.decoder().header().unknownColumns());
    assertEquals(
        "csv.header: The header of the file lacks amount, count; it has id, Amount."
            + " Give the field a default in the schema, or name it in options.columns",
        lines.startFile("id,Amount").reject("a,1.5"));
    assertEquals(List.of("a", "1.5", "7"), lines.startFile("id,amount,count").read("a,1.5,7"));
  }

  @Test
  void shouldFillColumnsThatAFileLacksWithTheirDefaults() {
    RowType type =
        RowType.fromAvro(
            new Schema.Parser()
                .parse(
                    """
                    {"type": "record", "name": "T", "fields": [
                      {"name": "id", "type": "string"},
                      {"name": "text", "type": "string", "default": "none"},
                      {"name": "flag", "type": "boolean", "default": true},
                      {"name": "count", "type": ["null", "long"], "default": null},
                      {"name": "share", "type": "float", "default": 0.1},
                      {"name": "price", "default": "\\u0000\\u00ff",
                       "type": {"type": "bytes", "logicalType": "decimal", "precision": 5, "scale": 2}},
                      {"name": "day", "type": {"type": "int", "logicalType": "date"}, "default": 3}]}"""));
    CsvLines lines = new CsvLines(CsvLines.format(true, ""), type).startFile("id");

    assertEquals(
        List.of("a", "none", "1", "NULL", Double.toString(0.1f), "255", "3"), lines.read("a"));
    assertEquals(
        List.of("b", "none", "1", "NULL", Double.toString(0.1f), "255", "3"), lines.read("b"));
    assertEquals(6, lines.decoder().header().absentColumns().size());
  }

  @Test
  void shouldRejectAHeaderThatNamesAColumnTwice() {
    CsvLines lines = new CsvLines(CsvLines.format(true), CsvLines.text("a", "b"));

    assertEquals(
        "csv.header: Cannot tell which field is column a: the header has 'a' as field 1 and 'a' as"
            + " field 3; one of them must go or be renamed",
        lines.startFile("a,b,a").reject("1,2,3"));
    assertEquals(List.of("1", "2"), lines.startFile("a,x,b,x").read("1,?,2,?"));
  }

  @Test
  void shouldRejectTheRecordsOfAFileWhoseHeaderCannotBeRead() {
    CsvLines lines = new CsvLines(CsvLines.format(true), CsvLines.text("a", "b"));

    assertEquals(
        "csv.header: Cannot read the header of the file: the quote at position 2 is not closed on"
            + " its line; line breaks inside quotes cannot be read",
        lines.startFile("a,\"b").reject("1,2"));
    lines.decoder().startFile(new byte[] {(byte) 0xFF, (byte) 0xFE, 'a', 0});
    assertEquals(
        "csv.header: Cannot read the header of the file: found byte 0xFF at position 0, expected"
            + " UTF-8; convert the file to UTF-8",
        lines.reject("1,2"));
    assertEquals(
        "csv.header: The header of the file lacks amount (options.columns names it for a); it"
            + " has x, b. Give the field a default in the schema, or name it in options.columns",
        new CsvLines(CsvLines.mapped(Map.of("a", "amount")), CsvLines.text("a", "b"))
            .startFile("x,b")
            .reject("1,2"));
    assertEquals(
        "csv.header: The header of the file has no column of the schema; it has x, expected a,"
            + " b, amount. Is the first line a header (options.header), and is options.separator right?",
        new CsvLines(CsvLines.mapped(Map.of("a", "amount")), CsvLines.text("a", "b"))
            .startFile("x")
            .reject("1"));
  }

  @Test
  void shouldUseAnotherSeparatorAndQuote() {
    FormatSpec.Csv format = new FormatSpec.Csv(false, '\t', '\'', List.of(), List.of(), Map.of());
    CsvLines lines = new CsvLines(format, CsvLines.text("a", "b", "c"));

    assertEquals(List.of("a,\"b", "it's", ""), lines.read("a,\"b\t'it''s'\t"));
    assertEquals(List.of("x", "\t", " "), lines.read("'x' \t'\t'\t "));
  }

  @Test
  void shouldLeaveFurtherSlotsAlone() {
    Row row = new Row(4);
    row.setLong(3, 42);
    LineDecoder decoder = LineDecoder.of(CsvLines.format(false), SALE, ZoneOffset.UTC);

    assertEquals(LineDecoder.Outcome.RECORD, decoder.decode(CsvLines.bytes("a,1,2"), 0, 5, row));
    assertEquals(42, row.longs[3]);
  }

  @Test
  void shouldKnowNoReasonBeforeARejection() {
    LineDecoder decoder = LineDecoder.of(CsvLines.format(false), SALE, ZoneOffset.UTC);

    assertThrows(IllegalStateException.class, decoder::rejection);
  }
}
