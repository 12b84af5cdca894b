package io.millrace.job.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.millrace.expression.ExpressionException;
import io.millrace.job.FeatureGroups;
import io.millrace.job.LocalRunner;
import io.millrace.job.partials.PartialsJob;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.pipeline.FeatureWindows;
import io.millrace.plan.DataFile;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.RowType;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What depends on when events happened, from clean records to features, against naive sums. */
class EventTimeFeaturesTest {
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final RowType TYPE =
      new RowType(
          "Payment",
          List.of(
              new Column("card", ColumnType.of(Kind.STRING)),
              new Column("ts", ColumnType.of(Kind.TIMESTAMP_MICROS)),
              new Column("day", ColumnType.of(Kind.DATE)),
              new Column("amount", ColumnType.of(Kind.DOUBLE).withNullable(true)),
              new Column("channel", ColumnType.of(Kind.STRING))));

  /** The clocks go forward in the night to March 29: that day has 23 hours. */
  private static final LocalDate LAST = LocalDate.of(2026, 3, 31);

  private static final int DELAY = 1;
  private static final List<Integer> WINDOWS = List.of(1, 3, 5);
  private static final long END_MICROS = micros(Instant.parse("2026-03-30T22:00:00Z"));

  @TempDir java.nio.file.Path folder;

  private record Payment(String card, Instant time, Double amount, String channel) {
    LocalDate day() {
      return time.atZone(ZONE).toLocalDate();
    }

    GenericRecord toAvro() {
      GenericRecord record = new GenericData.Record(TYPE.toAvro());
      record.put("card", card);
      record.put("ts", micros(time));
      record.put("day", (int) day().toEpochDay());
      record.put("amount", amount);
      record.put("channel", channel);
      return record;
    }
  }

  private static long micros(Instant time) {
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
  }

  private static FeatureGroups groups(String eventTime) {
    return new FeatureGroups(TYPE, ZONE, eventTime)
        .entity("card")
        .windows(WINDOWS.toArray(Integer[]::new))
        .delay(DELAY)
        .aggregate("n", "COUNT(*)")
        .aggregate("first", "FIRST(amount)")
        .aggregate("last_web", "LAST(amount) FILTER (WHERE channel = 'web')")
        .aggregate("last_channel", "LAST(channel)")
        .aggregate("spread", "STDDEV(amount)")
        .aggregate("decayed", "DECAYED_SUM(amount, INTERVAL '36' HOUR)");
  }

  private static FeatureGroup byTimestamp() throws ExpressionException {
    return groups("ts")
        .aggregate("since", "TIMESTAMPDIFF(SECOND, MAX(ts), WINDOW_END)")
        .derive("trend", "decayed_1d / decayed_5d")
        .derive("more", "n_5d - n_1d")
        .derive("filled", "COALESCE(since_1d, -1) + 1")
        .derive("hour", "EXTRACT(HOUR FROM WINDOW_END)")
        .derive("channel", "last_channel_3d || '!'")
        .derive("failed", "LN(0 * n_5d)")
        .build();
  }

  private static List<Payment> random(LocalDate landed, int count, Random random) {
    List<Payment> payments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      LocalDate day = landed.minusDays(random.nextInt(3));
      // few different times: there are ties
      Instant time =
          day.atStartOfDay(ZONE)
              .toInstant()
              .plusSeconds(1800L * random.nextInt(40))
              .plusNanos(1000);
      payments.add(
          new Payment(
              "card-" + random.nextInt(60),
              time,
              random.nextInt(10) == 0 ? null : random.nextInt(100_000) / 100.0,
              List.of("web", "pos", "atm").get(random.nextInt(3))));
    }
    return payments;
  }

  private Map<String, GenericRecord> features(
      FeatureGroup group, Map<LocalDate, List<Payment>> landed, LocalRunner runner)
      throws Exception {
    List<PartialPartition> inputs = new ArrayList<>();
    for (Map.Entry<LocalDate, List<Payment>> date : landed.entrySet()) {
      Path clean =
          runner.write(
              "clean/" + date.getKey() + ".avro",
              TYPE.toAvro(),
              2000,
              date.getValue().stream().map(Payment::toAvro).toList());
      Path output = runner.path("partials/" + date.getKey());
      Job job =
          PartialsJob.create(
              runner.configuration(),
              group,
              List.of(clean),
              TYPE,
              2,
              LocalRunner.FINGERPRINT,
              output);
      List<DataFile> files = runner.run(job).files().get("partials/card");
      inputs.add(
          new PartialPartition(date.getKey(), new Path(output, "partials/card").toString(), files));
    }
    Path output = runner.path("out");
    runner.run(
        FeaturesJob.create(
            runner.configuration(),
            group,
            LAST,
            inputs,
            1,
            false,
            LocalRunner.FINGERPRINT,
            output));
    return LocalRunner.read(new Path(output, "features/card/part-m-00000.avro")).stream()
        .collect(Collectors.toMap(row -> row.get("card").toString(), row -> row));
  }

  private static Map<LocalDate, List<Payment>> landed() {
    Random random = new Random(5);
    Map<LocalDate, List<Payment>> landed = new TreeMap<>();
    for (int age = 4; age >= 0; age--) {
      landed.put(LAST.minusDays(age), random(LAST.minusDays(age), 150, random));
    }
    return landed;
  }

  private static List<Payment> window(
      Map<LocalDate, List<Payment>> landed, String card, int window) {
    LocalDate end = LAST.minusDays(DELAY);
    return landed.values().stream()
        .flatMap(List::stream)
        .filter(payment -> payment.card().equals(card))
        .filter(payment -> !payment.day().isAfter(end))
        .filter(payment -> payment.day().isAfter(end.minusDays(window)))
        .toList();
  }

  @Test
  void shouldAgreeWithANaiveComputation() throws Exception {
    Map<LocalDate, List<Payment>> landed = landed();
    Map<String, GenericRecord> found = features(byTimestamp(), landed, new LocalRunner(folder));
    assertEquals(
        landed.values().stream()
            .flatMap(List::stream)
            .map(Payment::card)
            .filter(card -> !window(landed, card, 5).isEmpty())
            .collect(Collectors.toSet()),
        found.keySet());
    found.forEach(
        (card, row) -> {
          for (int window : WINDOWS) {
            assertWindow(row, "_" + window + "d", window(landed, card, window), Payment::time);
            assertSince(row, window, window(landed, card, window));
          }
          assertDerived(row);
        });
  }

  private static void assertWindow(
      GenericRecord row, String suffix, List<Payment> payments, Function<Payment, Instant> time) {
    assertEquals((long) payments.size(), row.get("card_n" + suffix));
    Comparator<Payment> byTime = Comparator.comparing(time);
    List<Payment> known = payments.stream().filter(payment -> payment.amount() != null).toList();
    Comparator<Payment> byTimeAndAmount = byTime.thenComparing(Payment::amount);
    assertEquals(
        known.stream().min(byTimeAndAmount).map(Payment::amount).orElse(null),
        row.get("card_first" + suffix));
    assertEquals(
        known.stream()
            .filter(payment -> payment.channel().equals("web"))
            .max(byTimeAndAmount)
            .map(Payment::amount)
            .orElse(null),
        row.get("card_last_web" + suffix));
    assertEquals(
        payments.stream()
            .max(byTime.thenComparing(Payment::channel))
            .map(Payment::channel)
            .orElse(null),
        Optional.ofNullable(row.get("card_last_channel" + suffix))
            .map(Object::toString)
            .orElse(null));
    assertEquals(deviation(known), row.get("card_spread" + suffix));
    Double decayed = (Double) row.get("card_decayed" + suffix);
    if (known.isEmpty()) {
      assertNull(decayed);
    } else {
      double halfLife = 36 * 3600e6;
      double naive =
          known.stream()
              .mapToDouble(
                  payment ->
                      payment.amount()
                          * Math.pow(2, -(END_MICROS - micros(time.apply(payment))) / halfLife))
              .sum();
      assertEquals(naive, decayed, 1e-12 * naive);
    }
  }

  private static Double deviation(List<Payment> payments) {
    if (payments.size() < 2) {
      return null;
    }
    BigDecimal n = BigDecimal.valueOf(payments.size());
    List<BigDecimal> amounts =
        payments.stream().map(payment -> new BigDecimal(payment.amount())).toList();
    BigDecimal mean =
        amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add).divide(n, new MathContext(200));
    BigDecimal squares =
        amounts.stream()
            .map(amount -> amount.subtract(mean).pow(2))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return Math.sqrt(
        squares.divide(n.subtract(BigDecimal.ONE), new MathContext(100)).doubleValue());
  }

  /** Seconds since the last event, if there is one. */
  private static void assertSince(GenericRecord row, int window, List<Payment> payments) {
    assertEquals(
        payments.stream()
            .map(payment -> (END_MICROS - micros(payment.time())) / 1_000_000)
            .min(Long::compare)
            .orElse(null),
        row.get("card_since_" + window + "d"));
  }

  private static void assertDerived(GenericRecord row) {
    Double now = (Double) row.get("card_decayed_1d");
    Double all = (Double) row.get("card_decayed_5d");
    assertEquals(now == null || all == 0 ? null : now / all, row.get("card_trend"));
    assertEquals((long) row.get("card_n_5d") - (long) row.get("card_n_1d"), row.get("card_more"));
    Long since = (Long) row.get("card_since_1d");
    assertEquals(since == null ? 0 : since + 1, row.get("card_filled"));
    assertEquals(0L, row.get("card_hour"), "the end is a midnight of the zone");
    Object channel = row.get("card_last_channel_3d");
    assertEquals(
        channel == null ? null : channel + "!",
        Optional.ofNullable(row.get("card_channel")).map(Object::toString).orElse(null));
    assertNull(row.get("card_failed"), "LN(0)");
  }

  @Test
  void shouldTakeDatesForTheStartOfTheirDay() throws Exception {
    Map<LocalDate, List<Payment>> landed = landed();
    Map<String, GenericRecord> found =
        features(groups("day").build(), landed, new LocalRunner(folder));
    found.forEach(
        (card, row) -> {
          for (int window : WINDOWS) {
            assertWindow(
                row,
                "_" + window + "d",
                window(landed, card, window),
                payment -> payment.day().atStartOfDay(ZONE).toInstant());
          }
        });
  }

  @Test
  void shouldKnowWhatAnEntityWithoutEventsHas() throws ExpressionException, IOException {
    FeatureGroup group = byTimestamp();
    byte[] encoded = FeatureWindows.ofNothing(group, LAST);
    RowType type = group.featureType();
    RowType features = new RowType("Features", type.columns().subList(1, type.columns().size()));
    GenericRecord row =
        new GenericDatumReader<GenericRecord>(features.toAvro())
            .read(null, DecoderFactory.get().binaryDecoder(encoded, null));
    List<String> values =
        Stream.of(
                "n_1d", "n_5d", "last_channel_3d", "decayed_1d", "trend", "more", "filled", "hour")
            .map(name -> name + " " + row.get("card_" + name))
            .toList();
    assertEquals(
        List.of(
            "n_1d 0",
            "n_5d 0",
            "last_channel_3d null",
            "decayed_1d null",
            "trend null",
            "more 0",
            "filled 0",
            "hour 0"),
        values);
  }
}
