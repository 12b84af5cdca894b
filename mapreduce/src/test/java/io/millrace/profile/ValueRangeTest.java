package io.millrace.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ValueRangeTest {
  @Property(tries = 300)
  void shouldOnlyHaveInsideWhatIsNeitherLeastNorGreatest(
      @ForAll @Size(max = 11) byte[] one,
      @ForAll @Size(max = 11) byte[] other,
      @ForAll @Size(max = 11) byte[] value) {
    ValueRange range = new ValueRange();
    range.include(one, 0, one.length);
    range.include(other, 0, other.length);
    if (range.isInside(value, 0, value.length)) {
      int first = Arrays.compareUnsigned(one, value);
      int second = Arrays.compareUnsigned(other, value);
      assertTrue((first < 0 && second > 0) || (first > 0 && second < 0));
    }
  }

  @Test
  void shouldHaveInsideWhatLiesBetween() {
    ValueRange range = new ValueRange();
    assertFalse(isInside(range, "b"));
    include(range, "a");
    assertFalse(isInside(range, "b"));
    include(range, "c\u00e9");
    assertTrue(isInside(range, "b"));
    assertTrue(isInside(range, "c"));
    assertTrue(isInside(range, "ab"));
    assertFalse(isInside(range, "a"));
    assertFalse(isInside(range, "d"));
    assertFalse(isInside(range, ""));
  }

  @Test
  void shouldNotTellTextsApartThatBeginAlike() {
    ValueRange range = new ValueRange();
    include(range, "20260131-00000001");
    include(range, "20260131-00000009");
    assertEquals(false, isInside(range, "20260131-00000005"));
  }

  private static boolean isInside(ValueRange range, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return range.isInside(utf8, 0, utf8.length);
  }

  private static void include(ValueRange range, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    range.include(utf8, 0, utf8.length);
  }
}
