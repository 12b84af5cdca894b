package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.PublicData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sixty real days of case counts, in which the header grows, byte order marks come and go, and
 * times are written in three ways. What is right is counted by DuckDB.
 */
class JhuCovidIT {
  private static final LocalDate FIRST = LocalDate.of(2020, 1, 22);
  private static final LocalDate LAST = LocalDate.of(2020, 3, 21);

  @TempDir Path home;
  private Path data;

  /** What a day has: records, those kept, sum of the confirmed, and how many have a latitude. */
  private record Day(long read, long kept, long confirmed, long placed) {}

  @BeforeEach
  void findData() {
    data = PublicData.find("jhu_covid_daily");
  }

  private PipelineFolder pipeline() throws IOException {
    Files.createSymbolicLink(home.resolve("landing"), data);
    return new PipelineFolder(home)
        .fields(
            "province string?",
            "country string",
            "last_update timestamp-millis",
            "confirmed int?",
            "latitude double?")
        .spec(
            """
            pipeline: jhu
            warehouse: "${warehouse}"
            source:
              path: "${landing}/${date:MM-dd-yyyy}.csv"
              schema: row.avsc
              event_time: last_update
              from: 2020-01-22
              options:
                timestamps: ["yyyy-MM-dd'T'HH:mm:ss", "M/d/yyyy H:mm", "M/d/yy H:mm"]
                columns:
                  province: Province/State
                  country: Country/Region
                  last_update: Last Update
                  confirmed: Confirmed
                  latitude: Latitude
            features:
              country:
                entity: country
                windows: 60d
                aggregates: {reports: COUNT(*), most: MAX(confirmed), placed: COUNT(latitude)}
            """);
  }

  private static final String READ =
      """
      SELECT *,
        CASE WHEN "Last Update" LIKE '____-__-__T%%' THEN CAST(substr("Last Update", 1, 10) AS DATE)
          ELSE make_date(
            2000 + CAST(right(split_part(split_part("Last Update", ' ', 1), '/', 3), 2) AS INT),
            CAST(split_part("Last Update", '/', 1) AS INT),
            CAST(split_part("Last Update", '/', 2) AS INT)) END AS day,
        strptime(regexp_extract(filename, '([0-9-]+)[.]csv$', 1), '%%m-%%d-%%Y')::DATE AS dt
      FROM read_csv('%s/*.csv', header = true, all_varchar = true, union_by_name = true,
        filename = true)
      """;

  @Test
  void shouldCountWhatDuckDbCounts() throws IOException, SQLException {
    PipelineFolder pipeline = pipeline();
    pipeline.run(FIRST.toString(), LAST.toString());
    Map<String, Day> found = new TreeMap<>();
    for (LocalDate date : FIRST.datesUntil(LAST.plusDays(1)).toList()) {
      long confirmed = 0;
      long placed = 0;
      long kept = 0;
      for (GenericRecord row : pipeline.records("clean", date.toString())) {
        kept++;
        confirmed += row.get("confirmed") == null ? 0 : (int) row.get("confirmed");
        placed += row.get("latitude") == null ? 0 : 1;
      }
      long read = pipeline.counts("clean", date.toString()).get("clean_records_read_total");
      found.put(date.toString(), new Day(read, kept, confirmed, placed));
    }
    Map<String, Day> expected = new TreeMap<>();
    Map<String, String> expectedFeatures = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE r AS " + READ.formatted(data));
      ResultSet days =
          statement.executeQuery(
              """
              SELECT dt, count(*), count(*) FILTER (day <= dt),
                coalesce(sum(CAST(Confirmed AS INT)) FILTER (day <= dt), 0),
                count(Latitude) FILTER (day <= dt)
              FROM r GROUP BY dt
              """);
      while (days.next()) {
        expected.put(
            days.getString(1),
            new Day(days.getLong(2), days.getLong(3), days.getLong(4), days.getLong(5)));
      }
      ResultSet countries =
          statement.executeQuery(
              """
              SELECT "Country/Region", count(*), max(CAST(Confirmed AS INT)), count(Latitude)
              FROM r WHERE day <= dt GROUP BY 1
              """);
      while (countries.next()) {
        expectedFeatures.put(
            countries.getString(1),
            "%d %s %d"
                .formatted(countries.getLong(2), countries.getString(3), countries.getLong(4)));
      }
    }
    assertEquals(expected, found);
    Map<String, String> features = new TreeMap<>();
    for (GenericRecord row : pipeline.records("features/country", LAST.toString())) {
      features.put(
          row.get("country").toString(),
          "%s %s %s"
              .formatted(
                  row.get("country_reports_60d"),
                  row.get("country_most_60d"),
                  row.get("country_placed_60d")));
    }
    assertEquals(expectedFeatures, features);
    assertTrue(found.get("2020-02-29").placed() == 0 && found.get("2020-03-21").placed() > 300);
  }
}
