package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.model.TestModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
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
  private static final int SALES = 400;
  private static final double[] WEIGHTS = {1, -0.5, 3, 0.25, 7, -2, 0.125, 11};

  private static final String SPEC =
      """
      pipeline: sales
      warehouse: ${warehouse}
      source: {path: "${landing}/dt=${date}", schema: sale.avsc, event_time: ts, from: 2026-01-01}
      clean:
        derive: {half: amount / 2}
        rules: {not_below_zero: amount >= 0}
        deduplicate: none
      features:
        card:
          entity: card
          windows: [1d, 3d]
          aggregates: {n: COUNT(*), mean: AVG(amount), shop: MAX(shop)}
        pair:
          entity: [shop, card]
          windows: [2d]
          aggregates: {n: COUNT(*)}
        shop:
          entity: shop
          delay: 1d
          windows: [1d]
          aggregates: {top: MAX(amount), total: "COALESCE(SUM(amount), 0)"}
        online:
          entity: card
          where: online
          windows: [3d]
          aggregates: {n: COUNT(*)}
      score:
        rows: events
        model: linear.onnx
        inputs: [amount, half, card_n_3d, card_mean_1d, pair_n_2d, shop_top_1d, shop_total_1d, online_n_3d]
        missing: 0
        keep: [id, card, card_shop_1d, card_n_3d, card_mean_1d, pair_n_2d, shop_top_1d, shop_total_1d, online_n_3d]
      """;

  private static final String SCHEMA =
      """
      {"type": "record", "name": "Sale", "fields": [
        {"name": "id", "type": "string"},
        {"name": "card", "type": ["null", "string"], "default": null},
        {"name": "shop", "type": ["null", "int"], "default": null},
        {"name": "ts", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "amount", "type": "double"},
        {"name": "online", "type": ["null", "boolean"], "default": null}]}
      """;

  @TempDir static Path home;

  @BeforeAll
  static void run() throws IOException {
    Files.writeString(home.resolve("pipeline.yaml"), SPEC);
    Files.writeString(home.resolve("sale.avsc"), SCHEMA);
    Files.write(home.resolve("linear.onnx"), TestModels.linearOfDoubles(WEIGHTS));
    Random random = new Random(7);
    for (LocalDate date : FIRST.datesUntil(LAST.plusDays(1)).toList()) {
      Path folder = Files.createDirectories(home.resolve("landing/dt=" + date));
      Files.writeString(folder.resolve("sales.csv"), sales(date, random), StandardCharsets.UTF_8);
    }
    millrace("run", "--from", FIRST.toString(), "--to", LAST.toString()).expect(ExitCode.DONE);
  }

  private static CommandResult millrace(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command, home.resolve("pipeline.yaml").toString()));
    all.addAll(List.of("--set", "landing=" + home.resolve("landing")));
    all.addAll(List.of("--set", "warehouse=" + home.resolve("warehouse")));
    all.addAll(List.of(arguments));
    return CommandResult.of(all);
  }

  /** Every third sale is of one card; some have no card, some no shop, and cards come and go. */
  private static String sales(LocalDate date, Random random) {
    StringBuilder csv = new StringBuilder("id,card,shop,ts,amount,online\n");
    for (int i = 0; i < SALES; i++) {
      int who = random.nextInt(10);
      String card = who < 3 ? "hot" : who == 3 ? "" : "card-" + random.nextInt(60);
      String shop = random.nextInt(8) == 0 ? "" : String.valueOf(random.nextInt(9));
      csv.append(date.getDayOfMonth()).append('-').append(i).append(',');
      csv.append(card).append(',').append(shop).append(',');
      csv.append("%sT%02d:00:00Z,".formatted(date, random.nextInt(24)));
      csv.append(random.nextInt(100_000) / 100.0).append(',');
      csv.append(random.nextBoolean() ? "true" : random.nextBoolean() ? "false" : "").append('\n');
    }
    return csv.toString();
  }

  private static List<GenericRecord> records(String dataSet, LocalDate date) throws IOException {
    return new CardFraudFolder(
            CardFraudFolder.local(), new org.apache.hadoop.fs.Path(home.toUri()), List.of())
        .records(
            new org.apache.hadoop.fs.Path(
                home.resolve("warehouse/" + dataSet + "/dt=" + date).toUri()));
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
    List<GenericRecord> scores = records("scores", date);
    assertEquals(SALES, clean.size());
    assertEquals(clean.size(), scores.size());
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
      number(row.get("amount")) / 2,
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
  void shouldSayWhichFeaturesAreMissing() throws IOException {
    Path features = home.resolve("warehouse/features/shop/dt=" + LAST.minusDays(1));
    Path away = home.resolve("away");
    Files.move(features, away);
    try {
      CommandResult result = millrace("run", "--date", LAST.toString(), "--force");
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
