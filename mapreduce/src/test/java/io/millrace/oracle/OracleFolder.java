package io.millrace.oracle;

import io.millrace.model.TestModels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/**
 * A folder with one of the specs of this package's resources, landing files and a warehouse.
 *
 * @param first the first date
 * @param settings for placeholders of the spec
 */
record OracleFolder(Path home, LocalDate first, Map<String, String> settings) {
  /** Of the model of the spec of events. */
  private static final double[] WEIGHTS = {0.5, -0.25, 3, 7};

  /** What that model computes. */
  static final String EVENT_SCORE =
      "0.5 * quantity - 0.25 * COALESCE(account_amount_mean_7d, 0)"
          + " + 3 * account_events_1d + 7 * COALESCE(device_flagged_3d, 0)";

  /** For files of {@link EventGenerator}. */
  static OracleFolder events(Path home, ZoneId zone, LocalDate first) throws IOException {
    OracleFolder folder = create(home, "events", "event.avsc", first, Map.of("zone", zone.getId()));
    folder.model(WEIGHTS);
    return folder;
  }

  /** For files of {@link TransactionGenerator}. */
  static OracleFolder transactions(Path home, LocalDate first) throws IOException {
    return create(home, "transactions", "transaction.avsc", first, Map.of());
  }

  private static OracleFolder create(
      Path home, String name, String schema, LocalDate first, Map<String, String> more)
      throws IOException {
    for (String file : new String[] {"pipeline.yaml", schema}) {
      try (InputStream in = OracleFolder.class.getResourceAsStream(name + "/" + file)) {
        Files.copy(in, home.resolve(file));
      }
    }
    Map<String, String> settings = new HashMap<>(more);
    settings.put("landing", home.resolve("landing").toString());
    settings.put("warehouse", home.resolve("warehouse").toString());
    settings.put("from", first.toString());
    return new OracleFolder(home, first, settings);
  }

  Path spec() {
    return home.resolve("pipeline.yaml");
  }

  /** Changes the spec's text, which must have {@code old} in it. */
  void edit(String old, String replacement) throws IOException {
    String text = Files.readString(spec());
    if (!text.contains(old)) {
      throw new IllegalArgumentException("Cannot edit the spec: there is no " + old);
    }
    Files.writeString(spec(), text.replace(old, replacement));
  }

  /** Writes the model {@code linear.onnx}: a weighted sum. */
  void model(double... weights) throws IOException {
    Files.write(home.resolve("linear.onnx"), TestModels.linearOfDoubles(weights));
  }

  /** Writes landing files of the first days for the spec of events. */
  void generate(int days, int rowsADay, int accounts, long seed) throws IOException {
    ZoneId zone = ZoneId.of(settings.get("zone"));
    new EventGenerator(first, zone, rowsADay, accounts, seed).write(home.resolve("landing"), days);
  }

  /** The first days. */
  OracleRun days(int days) {
    return new OracleRun(spec(), settings, first, first.plusDays(days - 1L));
  }
}
