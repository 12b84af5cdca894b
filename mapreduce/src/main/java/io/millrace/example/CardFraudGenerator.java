package io.millrace.example;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes days of card transactions, with fraud and with defects, as CSV landing files {@code
 * dt=2026-01-31/part-0000.csv}. Cards and merchants have habits and fraud has scenarios, in the
 * spirit of the simulator in "Reproducible Machine Learning for Credit Card Fraud Detection" (Le
 * Borgne, Siblini, Lebichot, Bontempi 2022). The lines of a day are the same whichever other days
 * are made; compressed files may differ in their bytes between versions of zlib, never in their
 * lines.
 */
public final class CardFraudGenerator {
  /** Where {@link #generate} puts the model. */
  public static final String SCORECARD_PATH = "scorecard.onnx";

  private final CardFraudSettings settings;
  private final CardWorld world;

  public CardFraudGenerator(CardFraudSettings settings) {
    this.settings = settings;
    this.world = new CardWorld(settings);
  }

  /** Writes all days and the scorecard; what was written comes back by day. */
  public List<DefectCounts> generate(LandingSink sink) throws IOException {
    Scorecard.write(sink, SCORECARD_PATH);
    List<DefectCounts> counts = new ArrayList<>(settings.days());
    for (int day = 0; day < settings.days(); day++) {
      counts.add(generateDay(settings.from().plusDays(day), sink));
    }
    return counts;
  }

  /** Writes the files that land on a date, be it among the settings' days or not. */
  public DefectCounts generateDay(LocalDate date, LandingSink sink) throws IOException {
    return new LandingDay(world, date).write(sink);
  }
}
