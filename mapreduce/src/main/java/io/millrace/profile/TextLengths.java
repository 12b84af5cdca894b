package io.millrace.profile;

import io.millrace.aggregate.Totals;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import java.util.List;
import java.util.stream.Stream;

/** How long texts are, in code points. Not thread-safe. */
final class TextLengths {
  private static final int COUNTED_APART = 256;
  private static final int LEAST = 0;
  private static final int SUM = 1;
  private static final int GREATEST = 2;

  private final Totals totals =
      new Totals(
          Stream.of("MIN", "SUM_DOUBLE", "MAX")
              .map(f -> new Totals.Call(f, ColumnType.of(Kind.LONG), 0, List.of()))
              .toList());
  private final Row row = new Row(3);

  /** How many texts there are of each of the usual lengths that the totals do not have yet. */
  private final long[] counts = new long[COUNTED_APART];

  void add(byte[] utf8, int offset, int length, long times) {
    int characters = characters(utf8, offset, length);
    if (characters < COUNTED_APART) {
      counts[characters] += times;
    } else {
      total(characters, times);
    }
  }

  void write(ByteBuilder out) {
    total();
    totals.write(out);
  }

  void merge(ByteCursor encoded) {
    totals.merge(encoded);
  }

  long least() {
    return finished().longs[LEAST];
  }

  double sum() {
    return finished().doubles[SUM];
  }

  long greatest() {
    return finished().longs[GREATEST];
  }

  private Row finished() {
    total();
    totals.finish(row);
    return row;
  }

  private void total() {
    for (int length = 0; length < COUNTED_APART; length++) {
      if (counts[length] > 0) {
        total(length, counts[length]);
        counts[length] = 0;
      }
    }
  }

  private void total(long length, long times) {
    row.setLong(0, length);
    totals.add(row, times);
  }

  /** All bytes of UTF-8 but those that continue a code point. */
  private static int characters(byte[] utf8, int offset, int length) {
    int characters = 0;
    for (int i = offset; i < offset + length; i++) {
      characters += utf8[i] >> 6 == -2 ? 0 : 1;
    }
    return characters;
  }
}
