package io.millrace.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextCodesTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 64, 65_536})
  void shouldFindEachText(int count) {
    TextCodes codes =
        new TextCodes(
            IntStream.range(0, count).mapToObj(i -> ("text " + i).getBytes(UTF_8)).toList(),
            IntStream.range(0, count).mapToLong(i -> 3L * i).toArray(),
            -1);
    for (int i = 0; i < count; i++) {
      byte[] padded = ("--text " + i + "--").getBytes(UTF_8);
      assertEquals(3L * i, codes.of(padded, 2, padded.length - 4));
      assertEquals(-1, codes.of(padded, 1, padded.length - 3));
    }
    assertEquals(-1, codes.of(new byte[0], 0, 0));
  }

  @Test
  void shouldTakeTheFirstOfTextsThatAreEqual() {
    TextCodes codes =
        new TextCodes(List.of(new byte[0], new byte[] {'a'}, new byte[0]), new long[] {5, 6, 7}, 0);
    assertEquals(5, codes.of(new byte[] {'a'}, 1, 0));
    assertEquals(6, codes.of(new byte[] {'a'}, 0, 1));
  }
}
