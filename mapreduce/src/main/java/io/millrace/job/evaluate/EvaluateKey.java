package io.millrace.job.evaluate;

import io.millrace.learn.Part;
import io.millrace.learn.metrics.Segment;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Key of an evaluation: first the group of rows (number of the model, part, scope), then what the
 * value is. A scope is 0 for all rows; the number of a segment's column, from 1, and the value; or
 * {@link #PERMUTED} and the number of the shuffled input, from 1, where 0 are the same rows
 * unshuffled. Of a group what is added up comes first, then scores, highest first.
 */
final class EvaluateKey {
  /** Totals of the rows with a score. */
  static final int TOTALS = 0;

  /** A tally of the rows without a score. */
  static final int UNSCORED = 1;

  /** A tally of the rows with one score; number of the class (0 where there are none), score. */
  static final int SCORE = 2;

  static final int PERMUTED = 0xFF;

  /** Columns of segments, at most. */
  static final int MOST_SEGMENTS = PERMUTED - 1;

  private static final int END = 0;
  private static final int NULL = 0;
  private static final int VALUE = 1;
  private static final int ESCAPE = 1;
  private static final List<Part> PARTS = List.of(Part.values());

  private EvaluateKey() {}

  /** Begins a key with the group of all rows of a part. */
  static ByteBuilder begin(int model, Part part, ByteBuilder key) {
    return key.clear().putByte(model).putByte(PARTS.indexOf(part));
  }

  static ByteBuilder putAllRows(ByteBuilder key) {
    return key.putByte(0);
  }

  static ByteBuilder putPermuted(int input, ByteBuilder key) {
    return key.putByte(PERMUTED).putByte(input >>> 8).putByte(input);
  }

  /**
   * Appends a segment: values sort as their bytes do, and none begins another.
   *
   * @param column its number, from 1
   */
  static ByteBuilder putSegment(int column, byte[] utf8, ByteBuilder key) {
    key.putByte(column).putByte(VALUE);
    for (byte each : utf8) {
      if (each == END || each == ESCAPE) {
        key.putByte(ESCAPE).putByte(each + 1);
      } else {
        key.putByte(each);
      }
    }
    return key.putByte(END);
  }

  /** Appends the segment of NULL, which sorts first. */
  static ByteBuilder putNullSegment(int column, ByteBuilder key) {
    return key.putByte(column).putByte(NULL);
  }

  /** Appends what the value is, of a score. */
  static ByteBuilder putScore(int classNumber, double score, ByteBuilder key) {
    // both zeros are one score; greater numbers have lesser bits
    long bits = Double.doubleToLongBits(score + 0.0);
    long ascending = bits ^ (bits >> 63 | Long.MIN_VALUE);
    return key.putByte(SCORE)
        .putByte(classNumber >>> 8)
        .putByte(classNumber)
        .putBigEndian(~ascending);
  }

  static double readScore(ByteCursor key) {
    long ascending = ~key.readBigEndian();
    long bits = ascending < 0 ? ascending ^ Long.MIN_VALUE : ~ascending;
    return Double.longBitsToDouble(bits);
  }

  /** The number of the partition of a key, where each model's parts have their own. */
  static int partition(byte[] key, int offset) {
    return key[offset] * PARTS.size() + key[offset + 1];
  }

  static int partitions(int models) {
    return models * PARTS.size();
  }

  /**
   * The group of rows of a key.
   *
   * @param permuted the number of the shuffled input, or -1
   */
  record Group(int model, Part part, Optional<Segment> segment, int permuted) {
    boolean isPermuted() {
      return permuted >= 0;
    }
  }

  /** Reads the group, and leaves the cursor behind it. */
  static Group readGroup(ByteCursor key, List<String> segments) {
    int model = key.readByte();
    Part part = PARTS.get(key.readByte());
    int scope = key.readByte() & 0xFF;
    if (scope == PERMUTED) {
      return new Group(model, part, Optional.empty(), readShort(key));
    }
    if (scope == 0) {
      return new Group(model, part, Optional.empty(), -1);
    }
    Optional<String> value = key.readByte() == NULL ? Optional.empty() : Optional.of(readText(key));
    return new Group(model, part, Optional.of(new Segment(segments.get(scope - 1), value)), -1);
  }

  static int readShort(ByteCursor key) {
    return (key.readByte() & 0xFF) << 8 | (key.readByte() & 0xFF);
  }

  private static String readText(ByteCursor key) {
    ByteArrayOutputStream utf8 = new ByteArrayOutputStream();
    for (byte each = key.readByte(); each != END; each = key.readByte()) {
      utf8.write(each == ESCAPE ? key.readByte() - 1 : each);
    }
    return utf8.toString(StandardCharsets.UTF_8);
  }
}
