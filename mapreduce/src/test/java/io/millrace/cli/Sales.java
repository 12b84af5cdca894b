package io.millrace.cli;

import io.millrace.model.TestModels;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A pipeline that scores random sales, with features of cards, of shops, and of both. */
final class Sales {
  static final int SALES = 400;
  static final double[] WEIGHTS = {1, -0.5, 3, 0.25, 7, -2, 0.125, 11};

  private static final String SPEC =
      """
      pipeline: sales
      warehouse: ${warehouse}
      source: {path: "${landing}/dt=${date}", schema: sale.avsc, event_time: ts, from: 2026-01-01}
      clean:
        derive: {half: CASE WHEN amount < 900 THEN amount / 2 END}
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
        missing: {half: reject, otherwise: 0}
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

  private Sales() {}

  /**
   * Writes spec, schema, model and landing files.
   *
   * @param more keys of the spec
   */
  static CardFraudFolder create(
      FileSystem fileSystem, Path home, List<String> options, String more, LocalDate last)
      throws IOException {
    CardFraudFolder folder =
        new CardFraudFolder(fileSystem, fileSystem.makeQualified(home), options);
    folder.write(folder.spec(), SPEC + more);
    folder.write(new Path(folder.home(), "sale.avsc"), SCHEMA);
    try (OutputStream out = fileSystem.create(new Path(folder.home(), "linear.onnx"), true)) {
      out.write(TestModels.linearOfDoubles(WEIGHTS));
    }
    Random random = new Random(7);
    for (LocalDate date : CardFraudFolder.FIRST.datesUntil(last.plusDays(1)).toList()) {
      folder.write(new Path(folder.landing(), "dt=" + date + "/sales.csv"), sales(date, random));
    }
    return folder;
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
}
