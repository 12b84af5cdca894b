package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import org.jspecify.annotations.Nullable;

/**
 * An exact sum of squares, as a part of states. It is a 256-bit number in four words; squares of
 * floating-point values that are too small or too large for it make it a {@link WideSum} in an
 * object.
 */
final class SquareSum {
  static final int WORDS = 4;

  /** Twice that of {@link Sum}: holds the squares of what its words hold. */
  private static final int FLOATING_UNIT = -160;

  private static final int MAX_BITS = WORDS * Long.SIZE - 2;

  private final boolean floating;

  /** The words count units of 2^unit. */
  private final int unit;

  private final Fixed128 term = new Fixed128();

  SquareSum(boolean floating) {
    this.floating = floating;
    unit = floating ? FLOATING_UNIT : 0;
  }

  int objects() {
    return floating ? 1 : 0;
  }

  /** Adds the square of {@code value * 2^exponent}. */
  void add(GroupStates states, int word, int object, long value, int exponent) {
    if (value == 0) {
      return;
    }
    int zeros = Long.numberOfTrailingZeros(value);
    long odd = value >> zeros;
    term.set(Math.multiplyHigh(odd, odd), odd * odd);
    int twice = 2 * (exponent + zeros);
    WideSum wide = wide(states, object);
    if (wide == null && !fits(term.bitLength(), twice)) {
      wide = widen(states, word, object);
    }
    if (wide != null) {
      wide.add(term, twice);
    } else {
      Limbs.add(states.words, word, WORDS, term, twice - unit);
      keepHeadroom(states, word, object);
    }
  }

  void merge(
      GroupStates states, int word, int object, GroupStates from, int fromWord, int fromObject) {
    WideSum other = wide(from, fromObject);
    if (other != null) {
      widen(states, word, object).add(other);
      return;
    }
    WideSum wide = wide(states, object);
    if (wide != null) {
      wide.add(from.words, fromWord, WORDS, unit);
    } else {
      Limbs.add(states.words, word, WORDS, from.words, fromWord);
      keepHeadroom(states, word, object);
    }
  }

  /** Adds an encoded sum and leaves the cursor behind it. */
  void merge(GroupStates states, int word, int object, ByteCursor encoded) {
    int length = encoded.readLength();
    if (length == 0) {
      return;
    }
    int end = encoded.position() + length;
    int exponent = Math.toIntExact(encoded.readVarint());
    int digits = end - encoded.position();
    int start = encoded.advance(digits);
    WideSum wide = wide(states, object);
    if (wide == null && !fits(digits * Byte.SIZE, exponent)) {
      wide = widen(states, word, object);
    }
    if (wide != null) {
      wide.add(encoded.array(), start, digits, exponent);
    } else {
      Limbs.add(states.words, word, WORDS, encoded.array(), start, digits, exponent - unit);
      keepHeadroom(states, word, object);
    }
  }

  void encode(GroupStates states, int word, int object, ByteBuilder out) {
    WideSum wide = wide(states, object);
    if (wide != null) {
      wide.toDyadic().write(out);
    } else {
      Limbs.write(states.words, word, WORDS, unit, out);
    }
  }

  Dyadic exact(GroupStates states, int word, int object) {
    WideSum wide = wide(states, object);
    return wide != null
        ? wide.toDyadic()
        : new Dyadic(Limbs.toBigInteger(states.words, word, WORDS), unit);
  }

  private boolean fits(int bits, int exponent) {
    return exponent >= unit && exponent - unit + bits <= MAX_BITS;
  }

  /** Leaves the words before the next number could overflow them. */
  private void keepHeadroom(GroupStates states, int word, int object) {
    if (states.words[word + WORDS - 1] >>> (MAX_BITS % Long.SIZE) != 0) {
      widen(states, word, object);
    }
  }

  /** The state's wide sum; made of its words where it has none yet. */
  private WideSum widen(GroupStates states, int word, int object) {
    WideSum wide = wide(states, object);
    if (wide == null) {
      if (!floating) {
        throw new IllegalArgumentException(
            "Cannot add a square: its sum is beyond 254 bits, which no number of records makes");
      }
      wide = WideSum.ofSquares();
      wide.add(states.words, word, WORDS, unit);
      states.objects[object] = wide;
      states.held(wide.bytes());
    }
    return wide;
  }

  private @Nullable WideSum wide(GroupStates states, int object) {
    return floating ? (WideSum) states.objects[object] : null;
  }
}
