package io.millrace.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.PublicData;
import io.millrace.avro.ColumnProfile;
import io.millrace.row.ByteBuilder;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowEncoder;
import io.millrace.row.RowType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hours of a bicycle rental, against figures that are published of them. */
class BikeSharingProfileTest {
  private static final List<String> HEADER =
      List.of(
          "instant,dteday,season,yr,mnth,hr,holiday,weekday,workingday,weathersit,temp,atemp,hum,windspeed,casual,registered,cnt"
              .split(","));

  private static final RowType TYPE =
      new RowType(
          "Hour",
          List.of(
              new Column("dteday", ColumnType.of(Kind.STRING)),
              new Column("temp", ColumnType.of(Kind.DOUBLE)),
              new Column("weathersit", ColumnType.of(Kind.INT)),
              new Column("casual", ColumnType.of(Kind.INT)),
              new Column("registered", ColumnType.of(Kind.INT)),
              new Column("cnt", ColumnType.of(Kind.INT))));

  @Test
  void shouldSayWhatIsPublished() throws IOException {
    Path hours = PublicData.find("bike_sharing", "hour.csv");
    List<ColumnProfile> columns = profile(Files.readAllLines(hours)).records();
    assertNumbers(columns.get(5), 189.463088, 181.387599, 1, 40, 142, 281, 977);
    assertNumbers(columns.get(4), 153.786869, 151.357286, 0, 34, 115, 220, 886);
    assertNumbers(columns.get(3), 35.676218, 49.305030, 0, 4, 17, 48, 367);
    assertNumbers(columns.get(1), 0.496987, 0.192556, 0.02, 0.34, 0.5, 0.66, 1);
    assertEquals(731, columns.get(0).getDistinct());
    assertEquals("2011-01-01", columns.get(0).getMin());
    assertEquals("2012-12-31", columns.get(0).getMax());
    assertEquals(
        List.of("1 11413", "2 4544", "3 1419", "4 3"),
        columns.get(2).getFrequent().stream().map(v -> v.getValue() + " " + v.getCount()).toList());
  }

  private static void assertNumbers(
      ColumnProfile column,
      double mean,
      double deviation,
      double least,
      double first,
      double median,
      double third,
      double greatest) {
    assertEquals(17_379, column.getRows());
    assertEquals(mean, column.getMean(), 5e-7);
    assertEquals(deviation, column.getStddev(), 5e-7);
    assertEquals(least, Double.parseDouble(column.getMin()));
    assertEquals(first, column.getP25(), 0.01 * first);
    assertEquals(median, column.getP50(), 0.01 * median);
    assertEquals(third, column.getP75(), 0.01 * third);
    assertEquals(greatest, Double.parseDouble(column.getMax()));
  }

  private static TableProfile profile(List<String> lines) {
    TableProfile profile = new TableProfile(TYPE);
    Row row = new Row(TYPE.size());
    RowEncoder encoder = new RowEncoder(TYPE);
    ByteBuilder encoded = new ByteBuilder();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      row.clear();
      for (Column column : TYPE.columns()) {
        String field = fields[HEADER.indexOf(column.name())];
        int slot = TYPE.slot(column.name());
        switch (column.type().kind().storage()) {
          case SLICE -> row.setString(slot, field);
          case DOUBLE -> row.setDouble(slot, Double.parseDouble(field));
          case LONG -> row.setLong(slot, Long.parseLong(field));
        }
      }
      encoder.encode(row, encoded.clear());
      profile.add(encoded.array(), 0, encoded.length());
    }
    return profile;
  }
}
