package io.millrace.sort;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.io.WritableUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LengthCodeTest {
  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 126, 127, 128, 255, 256, 65_535, 65_536, 1 << 24, (1 << 24) - 1, 0x7fffffff})
  void shouldWriteAndReadLengthsAsHadoopDoes(int length) throws IOException {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    WritableUtils.writeVInt(new DataOutputStream(expected), length);
    byte[] target = new byte[10];
    int end = LengthCode.write(length, target, 2);
    assertArrayEquals(expected.toByteArray(), Arrays.copyOfRange(target, 2, end));
    assertEquals(end - 2, LengthCode.size(length));
    assertEquals(end - 2, LengthCode.sizeBy(target[2]));
    assertEquals(length, LengthCode.read(target, 2));
  }
}
