package io.millrace.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {
  private static final int MANY = 20_000;

  enum Distribution {
    UNIFORM(random -> random.nextDouble()),
    NORMAL(random -> 3 + 2 * random.nextGaussian()),
    LOGNORMAL(random -> Math.exp(4 * random.nextGaussian())),
    PARETO(random -> Math.pow(1 - random.nextDouble(), -1 / 0.7)),
    FEW_VALUES(random -> random.nextInt(5) - 2),
    ALL_MAGNITUDES(random -> Math.scalb(random.nextGaussian(), random.nextInt(2000) - 1000));

    @SuppressWarnings("ImmutableEnumChecker") // these keep no state
    private final ToDoubleFunction<Random> next;

    Distribution(ToDoubleFunction<Random> next) {
      this.next = next;
    }

    double[] values(int count) {
      Random random = new Random(42);
      return DoubleStream.generate(() -> next.applyAsDouble(random)).limit(count).toArray();
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldBeWithinOnePercentOfTheExactValue(Distribution distribution) {
    double[] values = distribution.values(MANY);
    Histogram histogram = of(values);
    Arrays.sort(values);
    for (String p : new String[] {"0", "0.001", "0.05", "0.25", "0.5", "0.75", "0.99", "1"}) {
      double exact = values[(int) Math.floor(Double.parseDouble(p) * (values.length - 1))];
      double found = histogram.percentile(new BigDecimal(p));
      assertTrue(
          Math.abs(found - exact) <= 0.01 * Math.abs(exact),
          distribution + " p=" + p + ": " + found + " for " + exact);
    }
    assertEquals(values[0], histogram.percentile(BigDecimal.ZERO));
    assertEquals(values[MANY - 1], histogram.percentile(BigDecimal.ONE));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 17.3, -1e300, Double.MIN_VALUE, Double.MAX_VALUE})
  void shouldGiveASingleValueAsItIs(double value) {
    assertEquals(value, of(value).percentile(new BigDecimal("0.5")));
    assertEquals(value, of(value, value, value).percentile(new BigDecimal("0.5")));
  }

  @Test
  void shouldTakeTheLowerOfTwoInTheMiddle() {
    assertEquals(10, of(30, 10).percentile(new BigDecimal("0.5")));
    assertEquals(30, of(30, 10).percentile(BigDecimal.ONE));
  }

  @Test
  void shouldTakeTheRankOfTheDecimalAsItIsWritten() {
    // as doubles, 0.29 * 100 is 28.999999999999996
    double[] powers = new double[101];
    Arrays.setAll(powers, i -> Math.scalb(1.0, i));
    double found = of(powers).percentile(new BigDecimal("0.29"));
    assertEquals(powers[29], found, 0.01 * powers[29]);
  }

  @Test
  void shouldWriteWhatThePageSays() {
    // 1.0 and 2 lie 35 bins apart; doubles are little-endian, longs zig-zag
    assertEquals("000000000000f03f02", hex(of(1)));
    assertEquals("000000000000f03f02" + "0000000000000040" + "4604", hex(of(1, 2, 2)));
    assertEquals("000000000000000002", hex(of(-0.0)));
  }

  @Test
  void shouldRefuseWhatIsNoHistogram() {
    for (String hex :
        new String[] {
          "000000000000f03f00", // no value in the first bin
          "000000000000f03f020000000000000040", // the last bin is not that of the greatest
          "000000000000f03f0200000000000000400002", // bins do not ascend
          "000000000000f07f02" // infinite
        }) {
      byte[] bytes = HexFormat.of().parseHex(hex);
      assertThrows(
          RuntimeException.class,
          () -> new Histogram().read(new ByteCursor().reset(bytes, 0, bytes.length), bytes.length),
          hex);
    }
  }

  @Test
  void shouldStayFarBelowTheSizeOfTheValues() {
    Histogram histogram = of(Distribution.LOGNORMAL.values(MANY));
    ByteBuilder out = new ByteBuilder();
    histogram.write(out);
    assertTrue(out.length() < 4000, out.length() + " bytes");
  }

  private static Histogram of(double... values) {
    Histogram histogram = new Histogram();
    Arrays.stream(values).forEach(histogram::add);
    return histogram;
  }

  private static String hex(Histogram histogram) {
    ByteBuilder out = new ByteBuilder();
    histogram.write(out);
    return HexFormat.of().formatHex(out.toByteArray());
  }
}
