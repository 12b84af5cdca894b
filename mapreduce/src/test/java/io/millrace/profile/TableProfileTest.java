package io.millrace.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.avro.ColumnProfile;
import io.millrace.avro.FrequentValue;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowEncoder;
import io.millrace.row.RowType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableProfileTest {
  private static final RowType TYPE =
      new RowType(
          "Payment",
          List.of(
              new Column("id", ColumnType.of(Kind.STRING)),
              new Column("channel", ColumnType.of(Kind.STRING).withNullable(true)),
              new Column("amount", ColumnType.of(Kind.DOUBLE).withNullable(true)),
              new Column("units", ColumnType.of(Kind.INT)),
              new Column("fee", ColumnType.decimal(9, 2)),
              new Column("at", ColumnType.of(Kind.TIMESTAMP_MILLIS)),
              new Column("paid", ColumnType.of(Kind.BOOLEAN))));

  private record Payment(
      String id, String channel, Double amount, int units, BigDecimal fee, long at, boolean paid) {
    static Payment random(Random random, int number) {
      return new Payment(
          "id-" + number,
          random.nextInt(10) == 0
              ? null
              : List.of("web", "pos", "", "Zürich").get(random.nextInt(4)),
          random.nextInt(20) == 0 ? null : Math.exp(3 * random.nextGaussian()) - 1,
          random.nextInt(7) - 3,
          BigDecimal.valueOf(random.nextInt(100_000) - 500, 2),
          1_760_000_000_000L + random.nextInt(1_000_000_000),
          random.nextInt(3) == 0);
    }

    void putInto(Row row) {
      row.clear();
      row.setString(0, id);
      if (channel == null) {
        row.setNull(1);
      } else {
        row.setString(1, channel);
      }
      if (amount == null) {
        row.setNull(2);
      } else {
        row.setDouble(2, amount);
      }
      row.setLong(3, units);
      row.setLong(4, fee.unscaledValue().longValueExact());
      row.setLong(5, at);
      row.setLong(6, paid ? 1 : 0);
    }
  }

  private static List<Payment> payments(int count) {
    Random random = new Random(11);
    List<Payment> payments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      payments.add(Payment.random(random, i));
    }
    return payments;
  }

  private static TableProfile profile(List<Payment> payments) {
    TableProfile profile = new TableProfile(TYPE);
    Row row = new Row(TYPE.size());
    RowEncoder encoder = new RowEncoder(TYPE);
    ByteBuilder encoded = new ByteBuilder();
    for (Payment payment : payments) {
      payment.putInto(row);
      encoder.encode(row, encoded.clear());
      profile.add(encoded.array(), 0, encoded.length());
    }
    return profile;
  }

  private static ColumnProfile column(List<ColumnProfile> columns, String name) {
    return columns.stream().filter(c -> c.getColumn().equals(name)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 300, 20_000})
  void shouldSayWhatANaiveComputationSays(int count) {
    List<Payment> payments = payments(count);
    List<ColumnProfile> columns = profile(payments).records();
    assertEquals(TYPE.names(), columns.stream().map(ColumnProfile::getColumn).toList());
    assertText(column(columns, "id"), payments.stream().map(Payment::id).toList());
    assertText(column(columns, "channel"), payments.stream().map(Payment::channel).toList());
    assertNumbers(
        column(columns, "amount"),
        payments.stream()
            .map(p -> p.amount() == null ? null : new BigDecimal(p.amount()))
            .toList());
    assertNumbers(
        column(columns, "units"),
        payments.stream().map(p -> BigDecimal.valueOf(p.units())).toList());
    assertNumbers(column(columns, "fee"), payments.stream().map(Payment::fee).toList());
  }

  private static void assertText(ColumnProfile column, List<String> all) {
    List<String> values = all.stream().filter(Objects::nonNull).sorted().toList();
    assertCounts(column, all);
    if (values.isEmpty()) {
      assertNull(column.getMin());
      assertNull(column.getLengthMin());
      return;
    }
    assertEquals(values.get(0), column.getMin());
    assertEquals(values.get(values.size() - 1), column.getMax());
    var lengths =
        values.stream().mapToLong(v -> v.codePointCount(0, v.length())).summaryStatistics();
    assertEquals(lengths.getMin(), column.getLengthMin());
    assertEquals(lengths.getMax(), column.getLengthMax());
    assertEquals(lengths.getAverage(), column.getLengthMean());
    assertNull(column.getMean());
    assertNull(column.getP50());
  }

  private static void assertNumbers(ColumnProfile column, List<BigDecimal> all) {
    List<BigDecimal> values = all.stream().filter(Objects::nonNull).sorted().toList();
    assertCounts(column, all);
    int n = values.size();
    BigDecimal sum = values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    double mean = sum.divide(BigDecimal.valueOf(n), MathContext.DECIMAL128).doubleValue();
    assertEquals(mean, column.getMean(), Math.abs(mean) * 1e-15);
    if (n > 1) {
      BigDecimal squares =
          values.stream().map(v -> v.multiply(v)).reduce(BigDecimal.ZERO, BigDecimal::add);
      BigDecimal variance =
          squares
              .multiply(BigDecimal.valueOf(n))
              .subtract(sum.multiply(sum))
              .divide(
                  new BigDecimal(BigInteger.valueOf((long) n * (n - 1))), MathContext.DECIMAL128);
      double deviation = variance.sqrt(MathContext.DECIMAL128).doubleValue();
      assertEquals(deviation, column.getStddev(), deviation * 1e-15);
    } else {
      assertNull(column.getStddev());
    }
    Map<Double, Double> quantiles =
        Map.of(
            0.01, column.getP01(),
            0.05, column.getP05(),
            0.25, column.getP25(),
            0.5, column.getP50(),
            0.75, column.getP75(),
            0.95, column.getP95(),
            0.99, column.getP99());
    quantiles.forEach(
        (p, found) -> {
          double exact = values.get((int) Math.floor(p * (n - 1))).doubleValue();
          assertEquals(exact, found, 0.01 * Math.abs(exact), column.getColumn() + " " + p);
        });
    assertEquals(values.get(0).doubleValue(), Double.parseDouble(column.getMin()));
    assertEquals(values.get(n - 1).doubleValue(), Double.parseDouble(column.getMax()));
    assertNull(column.getLengthMin());
  }

  private static void assertCounts(ColumnProfile column, List<?> all) {
    assertEquals(all.size(), column.getRows());
    assertEquals(all.stream().filter(Objects::isNull).count(), column.getNulls());
    long distinct = new HashSet<>(all.stream().filter(Objects::nonNull).toList()).size();
    if (distinct <= 4096) {
      assertEquals(distinct, column.getDistinct());
    } else {
      assertEquals((double) distinct, (double) column.getDistinct(), 0.05 * distinct);
    }
    assertTrue(column.getFrequentError() <= column.getRows() / 257);
  }

  @Test
  void shouldFindTheMostFrequentValues() {
    List<Payment> payments = payments(5_000);
    ColumnProfile channel = column(profile(payments).records(), "channel");
    Map<String, Long> counts =
        payments.stream()
            .map(Payment::channel)
            .filter(Objects::nonNull)
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    assertEquals(
        counts,
        channel.getFrequent().stream()
            .collect(Collectors.toMap(FrequentValue::getValue, FrequentValue::getCount)));
    long[] found = channel.getFrequent().stream().mapToLong(FrequentValue::getCount).toArray();
    assertTrue(found[0] >= found[1] && found[1] >= found[2]);
    assertEquals(0, channel.getFrequentError());
    assertEquals(
        List.of("false", "true"),
        column(profile(payments).records(), "paid").getFrequent().stream()
            .map(FrequentValue::getValue)
            .toList());
  }

  @Test
  void shouldShowTimesAsInstants() {
    List<ColumnProfile> columns =
        profile(List.of(new Payment("a", null, null, 0, BigDecimal.ZERO.setScale(2), 1_500, false)))
            .records();
    assertEquals("1970-01-01T00:00:01.500Z", column(columns, "at").getMin());
    assertEquals("TIMESTAMP", column(columns, "at").getType());
    assertEquals("DECIMAL(9, 2)", column(columns, "fee").getType());
    assertEquals(1, column(columns, "amount").getNulls());
    assertNull(column(columns, "amount").getMean());
    assertEquals(List.of(), column(columns, "amount").getFrequent());
  }

  @Test
  void shouldProfileNoRows() {
    for (ColumnProfile column : new TableProfile(TYPE).records()) {
      assertEquals(0, column.getRows() + column.getNulls() + column.getDistinct());
      assertNull(column.getMin());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7})
  void shouldSayOfMergedPartsWhatItSaysOfTheWhole(int parts) {
    List<Payment> payments = payments(6_000);
    ProfileMerge stored = new ProfileMerge();
    TableProfile merged = new TableProfile(TYPE);
    for (int part = 0; part < parts; part++) {
      TableProfile profile =
          profile(
              payments.subList(
                  part * payments.size() / parts, (part + 1) * payments.size() / parts));
      ByteBuilder written = new ByteBuilder();
      profile.write(written);
      merged.merge(new ByteCursor().reset(written.array(), 0, written.length()));
      profile.records().forEach(c -> stored.add(c.getColumn(), c.getType(), c.getState()));
    }
    List<String> whole = exact(profile(payments).records());
    assertEquals(whole, exact(merged.records()));
    assertEquals(whole, exact(stored.records()));
  }

  /** All but the most frequent values, which follow from the order of rows where there are many. */
  private static List<String> exact(List<ColumnProfile> columns) {
    List<String> shown = new ArrayList<>();
    for (ColumnProfile column : columns) {
      boolean isManyValued = column.getDistinct() > FrequentValues.MOST;
      for (Schema.Field field : column.getSchema().getFields()) {
        boolean ofOrder = field.name().equals("state") || field.name().startsWith("frequent");
        if (!ofOrder || (field.name().equals("frequent") && !isManyValued)) {
          shown.add(field.name() + " " + column.get(field.pos()));
        }
      }
    }
    return shown;
  }

  @Test
  void shouldMakeTheSameBytesOfTheSameRows() {
    ByteBuilder one = new ByteBuilder();
    ByteBuilder other = new ByteBuilder();
    profile(payments(3_000)).write(one);
    profile(payments(3_000)).write(other);
    assertTrue(Arrays.equals(one.toByteArray(), other.toByteArray()));
  }
}
