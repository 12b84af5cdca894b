package io.millrace.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberParsersTest {
  private static final ColumnType INT = ColumnType.of(Kind.INT);
  private static final ColumnType LONG = ColumnType.of(Kind.LONG);

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "+7, 7",
    "007, 7",
    "-2147483648, -2147483648",
    "2147483647, 2147483647",
    "000000000000000000000000000012, 12"
  })
  void shouldReadInts(String text, long expected) {
    assertEquals(OptionalLong.of(expected), Parsed.whole(INT, text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2147483648", "-2147483649", "-", "+", "1.0", "1e3", "1 2", "0x1", "١", "--1"})
  void shouldRefuseWhatIsNoInt(String text) {
    assertEquals(OptionalLong.empty(), Parsed.whole(INT, text));
  }

  @ParameterizedTest
  @CsvSource({
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
    "-0009223372036854775808, -9223372036854775808"
  })
  void shouldReadLongsToTheEndsOfTheirRange(String text, long expected) {
    assertEquals(OptionalLong.of(expected), Parsed.whole(LONG, text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551616",
        "99999999999999999999"
      })
  void shouldRefuseLongsBeyondTheirRange(String text) {
    assertEquals(OptionalLong.empty(), Parsed.whole(LONG, text));
  }

  @Property
  void shouldReadLongsAsBigIntegerDoes(@ForAll BigInteger number) {
    OptionalLong expected =
        number.bitLength() < Long.SIZE
            ? OptionalLong.of(number.longValueExact())
            : OptionalLong.empty();
    assertEquals(expected, Parsed.whole(LONG, number.toString()));
  }

  @Property
  void shouldReadEveryDoubleThatJavaWrites(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    OptionalDouble expected =
        Double.isFinite(value) ? OptionalDouble.of(value + 0.0) : OptionalDouble.empty();
    assertEquals(expected, Parsed.floating(Kind.DOUBLE, Double.toString(value)));
  }

  @Property
  void shouldReadEveryFloatThatJavaWrites(@ForAll int bits) {
    float value = Float.intBitsToFloat(bits);
    OptionalDouble expected =
        Float.isFinite(value) ? OptionalDouble.of(value + 0.0) : OptionalDouble.empty();
    assertEquals(expected, Parsed.floating(Kind.FLOAT, Float.toString(value)));
  }

  @Property(tries = 5000)
  void shouldReadDecimalTextAsJavaDoes(@ForAll("decimalTexts") String text) {
    double value = Double.parseDouble(text);
    assertEquals(
        Double.isInfinite(value) ? OptionalDouble.empty() : OptionalDouble.of(value + 0.0),
        Parsed.floating(Kind.DOUBLE, text));
    float narrow = Float.parseFloat(text);
    assertEquals(
        Float.isInfinite(narrow) ? OptionalDouble.empty() : OptionalDouble.of(narrow + 0.0),
        Parsed.floating(Kind.FLOAT, text));
  }

  @Provide
  Arbitrary<String> decimalTexts() {
    Arbitrary<String> sign = Arbitraries.of("", "-", "+");
    Arbitrary<String> whole = Arbitraries.strings().numeric().ofMaxLength(19);
    Arbitrary<String> fraction = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(19);
    Arbitrary<String> exponent =
        Arbitraries.oneOf(
            Arbitraries.just(""),
            Arbitraries.integers().between(-40, 40).map(n -> "e" + n),
            Arbitraries.integers().between(-400, 400).map(n -> "E" + n));
    return Combinators.combine(sign, whole, fraction, exponent)
        .as((s, w, f, e) -> s + w + "." + f + e);
  }

  @Property
  void shouldRoundFloatsOnceNearTheMiddleOfTwo(
      @ForAll @IntRange(min = 0x3F000000, max = 0x4B000000) int bits,
      @ForAll @LongRange(min = -2, max = 2) long nudge) {
    BigDecimal low = new BigDecimal(Float.intBitsToFloat(bits));
    BigDecimal high = new BigDecimal(Float.intBitsToFloat(bits + 1));
    BigDecimal middle = low.add(high).divide(BigDecimal.valueOf(2));
    BigDecimal near =
        middle.round(new java.math.MathContext(17)).add(BigDecimal.valueOf(nudge, middle.scale()));
    String text = near.toPlainString();
    assertEquals(
        OptionalDouble.of(Float.parseFloat(text)), Parsed.floating(Kind.FLOAT, text), text);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1.0",
    "1., 1.0",
    ".5, 0.5",
    "-0, 0.0",
    "-0.000, 0.0",
    "-0e-400, 0.0",
    "1e-400, 0.0",
    "-1e-400, 0.0",
    "0.1, 0.1",
    "1E5, 100000.0",
    "1e+5, 100000.0",
    "9007199254740993, 9007199254740992",
    "1e22, 1e22",
    "1e23, 1e23",
    "4.9e-324, 4.9e-324",
    "1.7976931348623157e308, 1.7976931348623157e308",
    "2.2250738585072012e-308, 2.2250738585072012e-308"
  })
  void shouldReadDoubles(String text, String expected) {
    double value = Parsed.floating(Kind.DOUBLE, text).orElseThrow();
    assertEquals(
        Double.doubleToRawLongBits(Double.parseDouble(expected)),
        Double.doubleToRawLongBits(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN",
        "nan",
        "Infinity",
        "-inf",
        "1e309",
        "0x1p3",
        "1d",
        "1f",
        ".",
        "-",
        "e5",
        "1e",
        "1e+",
        "1.2.3",
        "1,5",
        "1 000",
        "1_000",
        "- 1"
      })
  void shouldRefuseWhatIsNoFiniteDecimalNumber(String text) {
    assertEquals(OptionalDouble.empty(), Parsed.floating(Kind.DOUBLE, text));
    assertEquals(OptionalDouble.empty(), Parsed.floating(Kind.FLOAT, text));
  }

  @Property(tries = 3000)
  void shouldReadDecimalsAsBigDecimalDoes(
      @ForAll @IntRange(min = 1, max = 18) int precision,
      @ForAll @IntRange(max = 18) int scale,
      @ForAll @LongRange(min = -999_999_999_999_999_999L, max = 999_999_999_999_999_999L)
          long unscaled,
      @ForAll @IntRange(max = 22) int textScale) {
    ColumnType type = ColumnType.decimal(precision, Math.min(scale, precision));
    BigDecimal number = BigDecimal.valueOf(unscaled, textScale);
    OptionalLong expected = OptionalLong.empty();
    try {
      BigDecimal exact = number.setScale(type.scale(), RoundingMode.UNNECESSARY);
      if (exact.precision() <= precision) {
        expected = OptionalLong.of(exact.unscaledValue().longValueExact());
      }
    } catch (ArithmeticException e) {
      // it has more digits behind the point: refused
    }
    assertEquals(expected, Parsed.whole(type, number.toPlainString()), number + " as " + type);
  }

  @ParameterizedTest
  @CsvSource({
    "12.34, 1234",
    "12.3, 1230",
    "12, 1200",
    "12., 1200",
    ".5, 50",
    "-0.01, -1",
    "12.3400, 1234",
    "999.99, 99999",
    "-999.99, -99999",
    "000999.99, 99999",
    "0.000000000000000000000000, 0"
  })
  void shouldReadDecimals(String text, long unscaled) {
    assertEquals(OptionalLong.of(unscaled), Parsed.whole(ColumnType.decimal(5, 2), text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"12.345", "1000", "-1000.00", "1e2", ".", "-", "1.2.3", "99999999999999"})
  void shouldRefuseDecimalsThatDoNotFit(String text) {
    assertEquals(OptionalLong.empty(), Parsed.whole(ColumnType.decimal(5, 2), text));
  }

  @ParameterizedTest
  @CsvSource({
    "true, 1",
    "TRUE, 1",
    "True, 1",
    "t, 1",
    "T, 1",
    "yes, 1",
    "Y, 1",
    "1, 1",
    "false, 0",
    "FALSE, 0",
    "f, 0",
    "No, 0",
    "n, 0",
    "0, 0"
  })
  void shouldReadBooleans(String text, long expected) {
    assertEquals(OptionalLong.of(expected), Parsed.whole(ColumnType.of(Kind.BOOLEAN), text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "on", "tru", "truee", "ja", "01", "-1", "\u0011", "falsefalse"})
  void shouldRefuseWhatIsNoBoolean(String text) {
    assertEquals(OptionalLong.empty(), Parsed.whole(ColumnType.of(Kind.BOOLEAN), text));
  }
}
