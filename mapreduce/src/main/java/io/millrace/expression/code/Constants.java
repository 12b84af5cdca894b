package io.millrace.expression.code;

import io.millrace.expression.runtime.LongSet;
import io.millrace.expression.runtime.Slices;
import io.millrace.expression.tree.Expression.Literal;
import io.millrace.row.ByteBuilder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The bytes that all rows of a program start with; each text is there once. */
final class Constants {
  private final ByteBuilder bytes = new ByteBuilder();
  private final Map<String, Long> slices = new HashMap<>();

  /** The slice of a text. */
  long text(String text) {
    return slices.computeIfAbsent(
        text,
        added -> {
          int start = bytes.length();
          bytes.putBytes(added.getBytes(StandardCharsets.UTF_8));
          return sliceFrom(start);
        });
  }

  /** The slice of a list for {@link io.millrace.expression.runtime.TextSet}. */
  long texts(List<Literal> texts) {
    int start = bytes.length();
    for (Literal text : texts) {
      byte[] utf8 = ((String) text.value()).getBytes(StandardCharsets.UTF_8);
      bytes.putBigEndian(utf8.length).putBytes(utf8);
    }
    return sliceFrom(start);
  }

  /** The slice of a list for {@link LongSet}. */
  long numbers(List<Literal> numbers) {
    int start = bytes.length();
    numbers.stream()
        .mapToLong(
            number ->
                number.value() instanceof Double value
                    ? LongSet.bits(value)
                    : (Long) number.value())
        .sorted()
        .forEach(bytes::putBigEndian);
    return sliceFrom(start);
  }

  private long sliceFrom(int start) {
    return Slices.of(start, bytes.length() - start);
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
