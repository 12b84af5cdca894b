package io.millrace.example;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.millrace.example.Transaction.Scenario;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ScorecardTest {
  private static final double TOLERANCE = 1e-5;

  private static OrtEnvironment environment;
  private static OrtSession session;

  @BeforeAll
  static void open() throws OrtException {
    environment = OrtEnvironment.getEnvironment();
    environment.setTelemetry(false);
    session = environment.createSession(Scorecard.toOnnx());
  }

  @AfterAll
  static void close() throws OrtException {
    session.close();
  }

  @Test
  void shouldGiveTheSameBytesEveryTime() {
    assertArrayEquals(Scorecard.toOnnx(), Scorecard.toOnnx());
  }

  @Test
  void shouldTakeOneColumnAnInputAndGiveOneOutput() throws OrtException {
    assertEquals(Set.copyOf(Scorecard.inputs()), session.getInputNames());
    assertEquals(Set.of(Scorecard.OUTPUT), session.getOutputNames());
    for (String input : Scorecard.inputs()) {
      TensorInfo type = (TensorInfo) session.getInputInfo().get(input).getInfo();
      assertArrayEquals(new long[] {-1, 1}, type.getShape(), input);
    }
  }

  @Test
  void shouldScoreWhatAnExpertWorksOutByHand() throws OrtException {
    // nothing unusual, so the bias alone: 1 / (1 + e^5)
    Features usual = new Features(3, 21, 30, 30, 50, 0.2f, 0.2f, 0);
    // burst (12/20 - .3)/.5 = .6; spending (90/30 - 1.2)/2.8 * 2 = 1.2857; peak (285/30 - 4)/11 * 3
    // = 1.5; large 0; web (.8 - .1 - .2)/.7 * 1.5 = 1.0714; abroad (.55 - .1)/.9 * 2.5 = 1.25: with
    // the bias 0.7071, and 1 / (1 + e^-0.7071)
    Features suspicious = new Features(12, 20, 90, 30, 285, 0.8f, 0.1f, 0.55f);
    // all lines at their most: 11 points, and 1 / (1 + e^-6)
    Features theft = new Features(50, 50, 900, 30, 3000, 1, 0, 1);

    float[] risks = score(List.of(usual, suspicious, theft));

    assertEquals(0.0066929, risks[0], TOLERANCE);
    assertEquals(0.6697695, risks[1], TOLERANCE);
    assertEquals(0.9975274, risks[2], TOLERANCE);
  }

  @Test
  void shouldTakeWhatIsNotKnownAsNoEvidence() throws OrtException {
    float nan = Float.NaN;
    List<Features> rows =
        List.of(
            new Features(nan, nan, nan, nan, nan, nan, nan, nan),
            new Features(0, 5, nan, 40, nan, nan, 0.5f, nan),
            new Features(0, 0, 0, 0, 0, 0, 0, 0),
            // a mean of 0 or below, and no week before: no ratio
            new Features(9, 0, 80, 0, 100, 0, 0, 0),
            new Features(9, nan, 80, -10, 100, 0, 0, 0));
    for (float risk : score(rows)) {
      assertEquals(0.0066929, risk, TOLERANCE);
    }
    // what is known counts all the same: abroad alone is 2.5 points, and 1 / (1 + e^2.5)
    Features abroad = new Features(nan, nan, nan, nan, nan, nan, nan, 1);
    assertEquals(0.0758582, score(List.of(abroad))[0], TOLERANCE);
  }

  @Test
  void shouldAgreeWithPlainJavaOnAnyFeatures() throws OrtException {
    Random random = new Random(7);
    List<Features> rows = new ArrayList<>();
    for (int row = 0; row < 5_000; row++) {
      float[] values = new float[8];
      for (int column = 0; column < values.length; column++) {
        float scale = column < 2 ? 30 : column < 5 ? 1500 : 1.2f;
        int kind = random.nextInt(10);
        values[column] = kind == 0 ? Float.NaN : kind == 1 ? 0 : random.nextFloat() * scale;
      }
      rows.add(Features.of(values));
    }

    float[] risks = score(rows);

    for (int row = 0; row < risks.length; row++) {
      assertEquals(expectedRisk(rows.get(row)), risks[row], TOLERANCE, rows.get(row).toString());
    }
  }

  @Test
  void shouldRankCardsWithFraudAboveOthers() throws IOException, OrtException {
    // Cards that were used on the day; 0.5 is guessing. A terminal that was tampered with leaves no
    // trace in what a card's features show, so the scorecard cannot see a third of the cases.
    LocalDate from = LocalDate.parse("2026-01-01");
    CardFraudSettings settings =
        CardFraudSettings.of(from, 44)
            .withCards(1000)
            .withTransactions(4000)
            .withDefects(DefectShares.none());
    LandingFolder folder = new LandingFolder();
    new CardFraudGenerator(settings).generate(folder);
    CardWorld truth = new CardWorld(settings);
    Map<LocalDate, Map<String, List<Purchase>>> days = new HashMap<>();
    for (int day = 0; day < settings.days(); day++) {
      LocalDate date = from.plusDays(day);
      EventDay events = new EventDay(truth, date.toEpochDay());
      days.put(date, Purchase.byCard(folder.lines(date), events));
    }

    List<Features> rows = new ArrayList<>();
    List<Set<Scenario>> scenarios = new ArrayList<>();
    for (int day = 30; day < settings.days(); day++) {
      LocalDate date = from.plusDays(day);
      days.get(date)
          .forEach(
              (card, today) -> {
                rows.add(features(days, date, card));
                scenarios.add(today.stream().map(Purchase::scenario).collect(toSet()));
              });
    }
    float[] risks = score(rows);

    double all = areaUnderCurve(risks, scenarios, Set.of(Scenario.values()));
    double visible =
        areaUnderCurve(risks, scenarios, Set.of(Scenario.LARGE_AMOUNT, Scenario.STOLEN_CARD));
    assertTrue(all > 0.75, "AUC over all fraud: " + all);
    assertTrue(visible > 0.95, "AUC over fraud that shows on the card: " + visible);
  }

  /** The scorecard once more, as it would be written without a graph. */
  private static double expectedRisk(Features row) {
    double logOdds = -5;
    logOdds += points(ratio(row.txnCount1d, row.txnCount7d), 0.3, 0.8, 1);
    logOdds += points(ratio(row.amountMean1d, row.amountMean30d), 1.2, 4, 2);
    logOdds += points(ratio(row.amountMax1d, row.amountMean30d), 4, 15, 3);
    logOdds += points(row.amountMax1d, 300, 2000, 1);
    logOdds += points(row.webShare1d - row.webShare30d, 0.2, 0.9, 1.5);
    logOdds += points(row.abroadShare1d, 0.1, 1, 2.5);
    return 1 / (1 + Math.exp(-logOdds));
  }

  private static double ratio(double value, double base) {
    return base > 0 ? value / base : Double.NaN;
  }

  private static double points(double signal, double from, double to, double points) {
    if (Double.isNaN(signal) || signal <= from) {
      return 0;
    }
    return signal >= to ? points : points * (signal - from) / (to - from);
  }

  private static float[] score(List<Features> rows) throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      for (int column = 0; column < Scorecard.inputs().size(); column++) {
        FloatBuffer values = FloatBuffer.allocate(rows.size());
        for (Features row : rows) {
          values.put(row.toArray()[column]);
        }
        inputs.put(
            Scorecard.inputs().get(column),
            OnnxTensor.createTensor(environment, values.flip(), new long[] {rows.size(), 1}));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        float[][] risks = (float[][]) result.get(Scorecard.OUTPUT).orElseThrow().getValue();
        float[] column = new float[risks.length];
        for (int row = 0; row < column.length; row++) {
          column[row] = risks[row][0];
        }
        return column;
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  /** Window by window, purchase by purchase. */
  private static Features features(
      Map<LocalDate, Map<String, List<Purchase>>> days, LocalDate date, String card) {
    List<Purchase> day = window(days, date, card, 1);
    List<Purchase> week = window(days, date, card, 7);
    List<Purchase> month = window(days, date, card, 30);
    return new Features(
        day.size(),
        week.size(),
        meanAmount(day),
        meanAmount(month),
        (float) day.stream().mapToDouble(Purchase::amount).max().orElse(Double.NaN),
        share(day.stream().filter(Purchase::web).count(), day),
        share(month.stream().filter(Purchase::web).count(), month),
        share(day.stream().filter(Purchase::abroad).count(), day));
  }

  private static List<Purchase> window(
      Map<LocalDate, Map<String, List<Purchase>>> days, LocalDate date, String card, int length) {
    List<Purchase> window = new ArrayList<>();
    for (int back = 0; back < length; back++) {
      window.addAll(
          days.getOrDefault(date.minusDays(back), Map.of()).getOrDefault(card, List.of()));
    }
    return window;
  }

  private static float meanAmount(List<Purchase> purchases) {
    return (float) purchases.stream().mapToDouble(Purchase::amount).average().orElse(Double.NaN);
  }

  private static float share(long some, List<Purchase> all) {
    return (float) some / all.size();
  }

  /** How likely a card with such a fraud is ranked above one without any; ties count half. */
  private static double areaUnderCurve(
      float[] risks, List<Set<Scenario>> scenarios, Set<Scenario> frauds) {
    List<Float> positives = new ArrayList<>();
    List<Float> negatives = new ArrayList<>();
    for (int row = 0; row < risks.length; row++) {
      Set<Scenario> found = EnumSet.copyOf(scenarios.get(row));
      found.remove(Scenario.GENUINE);
      if (found.isEmpty()) {
        negatives.add(risks[row]);
      } else if (!Collections.disjoint(found, frauds)) {
        positives.add(risks[row]);
      }
    }
    double better = 0;
    for (float positive : positives) {
      for (float negative : negatives) {
        better += (Math.signum(positive - negative) + 1) / 2;
      }
    }
    return better / positives.size() / negatives.size();
  }

  /** A row of the features that the scorecard looks at, in the order of its inputs. */
  private record Features(
      float txnCount1d,
      float txnCount7d,
      float amountMean1d,
      float amountMean30d,
      float amountMax1d,
      float webShare1d,
      float webShare30d,
      float abroadShare1d) {
    static Features of(float[] values) {
      return new Features(
          values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7]);
    }

    float[] toArray() {
      return new float[] {
        txnCount1d,
        txnCount7d,
        amountMean1d,
        amountMean30d,
        amountMax1d,
        webShare1d,
        webShare30d,
        abroadShare1d
      };
    }
  }

  private record Purchase(double amount, boolean web, boolean abroad, Scenario scenario) {
    static Map<String, List<Purchase>> byCard(List<String> lines, EventDay events) {
      Map<String, List<Purchase>> cards = new HashMap<>();
      for (String line : lines) {
        // the merchant's name may hold commas; what stands behind it is counted from the end
        List<String> fields = Arrays.asList(line.split(",", -1));
        int last = fields.size() - 1;
        int index = Integer.parseInt(fields.get(0).substring("20260101-".length()));
        Scenario scenario = events.at(index).scenario();
        assertEquals(fields.get(last), Boolean.toString(scenario != Scenario.GENUINE));
        cards
            .computeIfAbsent(fields.get(2), card -> new ArrayList<>())
            .add(
                new Purchase(
                    Double.parseDouble(fields.get(last - 4)),
                    fields.get(last - 1).equals("web"),
                    !fields.get(last - 2).equals(fields.get(3)),
                    scenario));
      }
      return cards;
    }
  }
}
