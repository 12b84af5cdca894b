package io.millrace.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.row.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class CsvFieldsTest {
  private static final String[] PIECES = {
    ",", ",", "\"", "\"\"", "\",", ",\"", "\",\"", "a", "bc", " ", "é", "€", "something long"
  };

  /** Splitting one character after the other, as the format is told in words. */
  private static final class PlainFields {
    final List<String> fields = new ArrayList<>();
    CsvFields.Result result = CsvFields.Result.FINE;

    PlainFields(String line) {
      int unpaired = 0;
      int at = 0;
      do {
        StringBuilder field = new StringBuilder();
        if (at < line.length() && line.charAt(at) == '"') {
          at++;
          while (at < line.length() && !closes(line, at)) {
            field.append(line.charAt(at));
            at += line.charAt(at) == '"' ? 2 : 1;
          }
          if (at >= line.length()) {
            result = CsvFields.Result.QUOTE_NOT_CLOSED;
            return;
          }
          at++;
          while (at < line.length() && line.charAt(at) == ' ') {
            at++;
          }
          if (at < line.length() && line.charAt(at) != ',') {
            result = CsvFields.Result.TEXT_AFTER_QUOTE;
            return;
          }
        } else {
          while (at < line.length() && line.charAt(at) != ',') {
            unpaired += line.charAt(at) == '"' ? 1 : 0;
            field.append(line.charAt(at++));
          }
        }
        fields.add(field.toString());
      } while (at++ < line.length());
      if (unpaired % 2 == 1) {
        result = CsvFields.Result.QUOTE_NOT_PAIRED;
      }
    }

    private static boolean closes(String line, int at) {
      return line.charAt(at) == '"' && (at + 1 == line.length() || line.charAt(at + 1) != '"');
    }
  }

  @Property(tries = 3000)
  void shouldSplitAsThePlainWayDoes(
      @ForAll @LongRange(min = 0) long seed, @ForAll @IntRange(max = 150) int pieces) {
    Random random = new Random(seed);
    // seldom quotes, or often
    int first = random.nextInt(3) == 0 ? 0 : 7;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      int from = random.nextInt(8) == 0 ? 0 : first;
      text.append(
          random.nextInt(4) == 0 ? "," : PIECES[from + random.nextInt(PIECES.length - from)]);
    }
    PlainFields plain = new PlainFields(text.toString());

    byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
    Row row = new Row(1);
    // what the last line left behind must not show
    row.load("\"é,".repeat(500).getBytes(StandardCharsets.UTF_8), 0, 2000);
    int start = row.load(utf8, 0, utf8.length);
    CsvFields fields = new CsvFields(CsvLines.format(false));
    assertEquals(plain.result, fields.split(row, start));
    if (plain.result == CsvFields.Result.FINE) {
      List<String> found = new ArrayList<>();
      for (int i = 0; i < fields.count(); i++) {
        int from = fields.start(i);
        found.add(new String(row.bytes, from, fields.end(i) - from, StandardCharsets.UTF_8));
      }
      assertEquals(plain.fields, found);
    }
  }
}
