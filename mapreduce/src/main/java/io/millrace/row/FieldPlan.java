package io.millrace.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads the fields of well-formed binary Avro records into slots, one small operation a field. What
 * is checked is that no field and no record reaches beyond the bytes that there are; where one
 * does, or is written in an unusual way, it is left to somebody who can say what is wrong.
 */
final class FieldPlan {
  /** The slot of a field that is not wanted. */
  static final int SKIP = -1;

  private static final VarHandle LITTLE_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LITTLE_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int VALUE_BRANCH = 2;
  private static final int MOST_SHIFT = 63;
  private static final int MAX_VARINT = 10;

  private static final int NUMBER = 0;
  private static final int TEXT = 1;
  private static final int DOUBLE = 2;
  private static final int BOOLEAN = 3;
  private static final int FLOAT = 4;
  private static final int DECIMAL = 5;
  private static final int SKIP_NUMBER = 6;
  private static final int SKIP_BYTES = 7;
  private static final int SKIP_FIXED = 8;

  private final int[] operations;
  private final boolean[] nullable;

  /** The slots of values, and of {@link #SKIP_FIXED} how many bytes are passed over. */
  private final int[] operands;

  /**
   * @param slots of the fields, or {@link #SKIP}
   */
  FieldPlan(ColumnType[] types, int[] slots) {
    operations = new int[types.length];
    nullable = new boolean[types.length];
    operands = slots.clone();
    for (int i = 0; i < types.length; i++) {
      Kind kind = types[i].kind();
      nullable[i] = types[i].nullable();
      if (slots[i] == SKIP) {
        operations[i] = skipping(kind);
        operands[i] = width(kind);
      } else {
        operations[i] = reading(kind);
      }
    }
  }

  private static int reading(Kind kind) {
    return switch (kind) {
      case BOOLEAN -> BOOLEAN;
      case INT, LONG, DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS -> NUMBER;
      case FLOAT -> FLOAT;
      case DOUBLE -> DOUBLE;
      case DECIMAL -> DECIMAL;
      case STRING -> TEXT;
    };
  }

  private static int skipping(Kind kind) {
    return switch (kind) {
      case BOOLEAN, FLOAT, DOUBLE -> SKIP_FIXED;
      case INT, LONG, DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS -> SKIP_NUMBER;
      case DECIMAL, STRING -> SKIP_BYTES;
    };
  }

  private static int width(Kind kind) {
    return switch (kind) {
      case BOOLEAN -> 1;
      case FLOAT -> Float.BYTES;
      case DOUBLE -> Double.BYTES;
      case INT, LONG, DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS, DECIMAL, STRING -> 0;
    };
  }

  /**
   * Reads a record and leaves the cursor behind it; or returns false, with the cursor where it was,
   * and slots of the row filled or not.
   */
  boolean decode(ByteCursor cursor, Row row) {
    int start = cursor.position();
    int end;
    try {
      end = decode(cursor.array(), start, start + cursor.remaining(), row);
    } catch (IndexOutOfBoundsException e) {
      return false;
    }
    if (end < 0) {
      return false;
    }
    cursor.position(end);
    return true;
  }

  /** Where the record ends, or a number below zero. */
  private int decode(byte[] bytes, int start, int limit, Row row) {
    int at = start;
    for (int i = 0; i < operations.length; i++) {
      if (nullable[i]) {
        int branch = bytes[at++];
        if (branch != VALUE_BRANCH) {
          if (branch != 0) {
            return -1;
          }
          if (operations[i] < SKIP_NUMBER) {
            row.nulls[operands[i]] = true;
          }
          continue;
        }
      }
      switch (operations[i]) {
        case NUMBER -> {
          long bits = bytes[at++];
          if (bits < 0) {
            bits &= 0x7F;
            int shift = 7;
            long next;
            while ((next = bytes[at++]) < 0) {
              bits |= (next & 0x7F) << shift;
              shift += 7;
              if (shift > MOST_SHIFT) {
                return -1;
              }
            }
            bits |= next << shift;
          }
          row.setLong(operands[i], (bits >>> 1) ^ -(bits & 1));
        }
        case TEXT, SKIP_BYTES, DECIMAL -> {
          // lengths below 64 take one byte
          int length = bytes[at++];
          if (length < 0) {
            int next = bytes[at++];
            if (next < 0) {
              return -1; // 8192 bytes or more
            }
            length = (length & 0x7F) | next << 7;
          }
          if ((length & 1) != 0) {
            return -1;
          }
          length >>= 1;
          if (length > limit - at) {
            return -1;
          }
          if (operations[i] == TEXT) {
            row.setSlice(operands[i], at, length);
          } else if (operations[i] == DECIMAL) {
            row.setLong(operands[i], decimal(bytes, at, length));
          }
          at += length;
        }
        case DOUBLE -> {
          row.setDouble(operands[i], Double.longBitsToDouble((long) LITTLE_LONG.get(bytes, at)));
          at += Double.BYTES;
        }
        case BOOLEAN -> row.setLong(operands[i], bytes[at++]);
        case FLOAT -> {
          row.setDouble(operands[i], Float.intBitsToFloat((int) LITTLE_INT.get(bytes, at)));
          at += Float.BYTES;
        }
        case SKIP_FIXED -> at += operands[i];
        case SKIP_NUMBER -> {
          int from = at;
          while (bytes[at++] < 0) {
            if (at - from == MAX_VARINT) {
              return -1;
            }
          }
        }
        default -> throw new AssertionError(operations[i]);
      }
    }
    return at <= limit ? at : -1;
  }

  private static long decimal(byte[] bytes, int offset, int length) {
    long unscaled = length == 0 ? 0 : bytes[offset];
    for (int i = offset + 1; i < offset + length; i++) {
      unscaled = unscaled << Byte.SIZE | (bytes[i] & 0xFF);
    }
    return unscaled;
  }
}
