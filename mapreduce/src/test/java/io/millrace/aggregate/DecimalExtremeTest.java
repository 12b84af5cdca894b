package io.millrace.aggregate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ColumnType;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class DecimalExtremeTest {
  @Property
  void shouldStoreADecimalAsAvroDoes(
      @ForAll @LongRange(min = -999_999_999_999_999_999L, max = 999_999_999_999_999_999L)
          long unscaled) {
    byte[] bytes = BigInteger.valueOf(unscaled).toByteArray();
    byte[] expected = new ByteBuilder().putByte(2).putSlice(bytes, 0, bytes.length).toByteArray();
    ColumnType type = ColumnType.decimal(18, 2);
    assertArrayEquals(expected, new OneState("MAX", type).add(unscaled).encoded());
    assertEquals(unscaled, new OneState("MIN", type).mergeEncoded(expected).finish());
  }
}
