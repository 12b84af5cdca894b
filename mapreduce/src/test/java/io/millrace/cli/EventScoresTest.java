package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scores of events over some days of random sales, compared with a join that the test makes of the
 * published clean records and features.
 */
class EventScoresTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  private static final LocalDate LAST = FIRST.plusDays(3);
  private static final double[] WEIGHTS = Sales.WEIGHTS;

  @TempDir static Path home;

  private static CardFraudFolder lookedUp;
  private static CardFraudFolder joined;

  @BeforeAll
  static void run() throws IOException {
    lookedUp = create("looked-up", "");
    joined = create("joined", "join: {memory: 0}\n");
    for (CardFraudFolder folder : List.of(lookedUp, joined)) {
      folder
          .millrace("run", "--from", FIRST.toString(), "--to", LAST.toString())
          .expect(ExitCode.DONE);
    }
  }

  private static CardFraudFolder create(String name, String more) throws IOException {
    return Sales.create(
        CardFraudFolder.local(),
        new org.apache.hadoop.fs.Path(home.resolve(name).toUri()),
        List.of(),
        more,
        LAST);
  }

  private static List<GenericRecord> records(String dataSet, LocalDate date) throws IOException {
    return lookedUp.records(lookedUp.partition(dataSet, date));
  }

  private static String entity(GenericRecord row, String... columns) {
    List<Object> values = new ArrayList<>();
    for (String column : columns) {
      if (row.get(column) == null) {
        return "none";
      }
      values.add(row.get(column));
    }
    return values.toString();
  }

  /** The features of a day by entity; before the first day there are none. */
  private static Map<String, GenericRecord> features(String group, LocalDate date, String... entity)
      throws IOException {
    Map<String, GenericRecord> features = new HashMap<>();
    if (!date.isBefore(FIRST)) {
      for (GenericRecord row : records("features/" + group, date)) {
        assertEquals(null, features.put(entity(row, entity), row));
      }
    }
    return features;
  }

  private static Object value(GenericRecord features, String column, Object nothing) {
    return features == null ? nothing : features.get(column);
  }

  private static void assertJoined(LocalDate date) throws IOException {
    Map<String, GenericRecord> cards = features("card", date.minusDays(1), "card");
    Map<String, GenericRecord> pairs = features("pair", date.minusDays(1), "shop", "card");
    Map<String, GenericRecord> shops = features("shop", date.minusDays(1), "shop");
    Map<String, GenericRecord> online = features("online", date.minusDays(1), "card");
    List<GenericRecord> clean = records("clean", date);
    assertEquals(Sales.SALES, clean.size());
    clean.removeIf(row -> row.get("half") == null);
    List<GenericRecord> scores = records("scores", date);
    assertEquals(clean.size(), scores.size());
    assertEquals(Sales.SALES - clean.size(), records("quarantine/score", date).size());
    for (int i = 0; i < clean.size(); i++) {
      GenericRecord row = clean.get(i);
      Map<String, Object> expected = new HashMap<>();
      GenericRecord card = cards.get(entity(row, "card"));
      GenericRecord shop = shops.get(entity(row, "shop"));
      expected.put("id", row.get("id"));
      expected.put("card", row.get("card"));
      expected.put("card_shop_1d", value(card, "card_shop_1d", null));
      expected.put("card_n_3d", value(card, "card_n_3d", 0L));
      expected.put("card_mean_1d", value(card, "card_mean_1d", null));
      expected.put("pair_n_2d", value(pairs.get(entity(row, "shop", "card")), "pair_n_2d", 0L));
      expected.put("shop_top_1d", value(shop, "shop_top_1d", null));
      expected.put("shop_total_1d", value(shop, "shop_total_1d", 0.0));
      expected.put("online_n_3d", value(online.get(entity(row, "card")), "online_n_3d", 0L));
      GenericRecord score = scores.get(i);
      expected.forEach((column, value) -> assertEquals(value, score.get(column), column));
      assertEquals(score(row, expected), (double) score.get("score"), 1e-9);
    }
  }

  private static double score(GenericRecord row, Map<String, Object> joined) {
    double[] inputs = {
      number(row.get("amount")),
      number(row.get("half")),
      number(joined.get("card_n_3d")),
      number(joined.get("card_mean_1d")),
      number(joined.get("pair_n_2d")),
      number(joined.get("shop_top_1d")),
      number(joined.get("shop_total_1d")),
      number(joined.get("online_n_3d"))
    };
    double score = 0;
    for (int i = 0; i < inputs.length; i++) {
      score += WEIGHTS[i] * inputs[i];
    }
    return score;
  }

  private static double number(Object value) {
    return value == null ? 0 : ((Number) value).doubleValue();
  }

  @Test
  void shouldScoreEachRecordWithTheFeaturesOfTheDayBefore() throws IOException {
    for (LocalDate date : FIRST.plusDays(1).datesUntil(LAST.plusDays(1)).toList()) {
      assertJoined(date);
    }
    List<GenericRecord> last = records("scores", LAST);
    Map<Boolean, Long> found =
        last.stream()
            .collect(
                Collectors.partitioningBy(
                    row -> (long) row.get("card_n_3d") > 0, Collectors.counting()));
    assertTrue(found.get(true) > 100 && found.get(false) > 20, found::toString);
  }

  @Test
  void shouldFindNoHistoryOnTheFirstDate() throws IOException {
    assertJoined(FIRST);
    assertTrue(
        records("scores", FIRST).stream()
            .allMatch(row -> row.get("card_mean_1d") == null && row.get("card_n_3d").equals(0L)));
  }

  @Test
  void shouldMakeTheSameBytesWhetherFeaturesAreLookedUpOrJoined() throws IOException {
    for (LocalDate date : FIRST.datesUntil(LAST.plusDays(1)).toList()) {
      for (String dataSet : List.of("scores", "quarantine/score")) {
        Path one = folder("looked-up", dataSet, date);
        Path other = folder("joined", dataSet, date);
        List<String> names = names(one);
        assertEquals(names, names(other));
        for (String name : names) {
          assertArrayEquals(
              Files.readAllBytes(one.resolve(name)), Files.readAllBytes(other.resolve(name)));
        }
      }
    }
    assertTrue(names(folder("looked-up", "quarantine/score", LAST)).size() > 0);
    assertTrue(Files.notExists(folder("looked-up", "joined", LAST)));
    assertTrue(Files.notExists(folder("joined", "joined", FIRST)));
    assertEquals(Sales.SALES, joined.records(joined.partition("joined", LAST)).size());
  }

  private static Path folder(String way, String dataSet, LocalDate date) {
    return home.resolve(way + "/warehouse/" + dataSet + "/dt=" + date);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("part-"))
          .sorted()
          .toList();
    }
  }

  @Test
  void shouldSayWhichFeaturesAreMissing() throws IOException {
    Path features = folder("looked-up", "features/shop", LAST.minusDays(1));
    Path away = home.resolve("away");
    Files.move(features, away);
    try {
      CommandResult result = lookedUp.millrace("run", "--date", LAST.toString(), "--force");
      result.expect(ExitCode.INPUT_MISSING);
      assertTrue(
          result.err().contains("features/shop/dt=" + LAST.minusDays(1) + ": not made yet"),
          result.err());
      assertTrue(
          result.err().contains("--from " + LAST.minusDays(1) + " --to " + LAST.minusDays(1)),
          result.err());
    } finally {
      Files.move(away, features);
    }
    assertNotNull(records("scores", LAST));
  }
}
