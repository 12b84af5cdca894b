package io.millrace.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RelativeBinsTest {
  @Property
  void shouldHaveAMiddleWithinOnePercent(@ForAll("normal") double value) {
    double middle = RelativeBins.middle(RelativeBins.of(value));
    assertTrue(Math.abs(middle - value) <= 0.01 * Math.abs(value), value + " -> " + middle);
  }

  @Property
  void shouldAscend(@ForAll("finite") double one, @ForAll("finite") double other) {
    int order = Integer.compare(RelativeBins.of(one), RelativeBins.of(other));
    assertTrue(order == 0 || order == Integer.signum((int) Math.signum(one - other)));
  }

  @Property
  void shouldMirrorNegativeNumbers(@ForAll("finite") double value) {
    assertEquals(-RelativeBins.of(value), RelativeBins.of(-value));
  }

  @Test
  void shouldMeetThePromiseAtEveryEdgeOfAnOctave() {
    for (double value = 1; value < 2; value += 0x1p-17) {
      double middle = RelativeBins.middle(RelativeBins.of(value));
      assertTrue(Math.abs(middle - value) <= 0.01 * value, value + " -> " + middle);
    }
  }

  @Test
  void shouldNumberTheEnds() {
    assertEquals(0, RelativeBins.of(0.0));
    assertEquals(0, RelativeBins.of(-0.0));
    assertEquals(1, RelativeBins.of(Double.MIN_VALUE));
    assertEquals(RelativeBins.GREATEST, RelativeBins.of(Double.MAX_VALUE));
    assertEquals(Double.MIN_VALUE, RelativeBins.middle(1));
    assertTrue(Double.isFinite(RelativeBins.middle(RelativeBins.GREATEST)));
  }

  @Test
  void shouldHave35BinsForEachPowerOfTwo() {
    for (int exponent = Double.MIN_EXPONENT - 52; exponent < Double.MAX_EXPONENT; exponent++) {
      assertEquals(
          RelativeBins.of(Math.scalb(1.0, exponent)) + 35,
          RelativeBins.of(Math.scalb(1.0, exponent + 1)));
    }
  }

  @Provide
  Arbitrary<Double> finite() {
    return Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
  }

  @Provide
  Arbitrary<Double> normal() {
    return finite().filter(value -> Math.abs(value) >= Double.MIN_NORMAL);
  }
}
