package io.millrace.learn.trees;

import io.millrace.learn.prepare.Preparation;
import io.millrace.learn.prepare.PreparedInput;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The columns of a design matrix, as trees see them.
 *
 * @param zeroOrOne those that hold nothing else, ever
 */
public record DesignColumns(int width, List<Integer> zeroOrOne) {
  /** Values beyond become this one: XGBoost refuses infinity, and doubles what is largest. */
  private static final float MOST = Float.MAX_VALUE / 4;

  public DesignColumns {
    zeroOrOne = List.copyOf(zeroOrOne);
  }

  /** The columns that a preparation makes. */
  public static DesignColumns of(Preparation preparation) {
    List<Integer> zeroOrOne = new ArrayList<>();
    int first = 0;
    for (PreparedInput input : preparation.inputs()) {
      int behind = first + input.columns().size();
      // of a number itself, and of a text's place in an order, the first column is a number
      boolean beginsWithNumber =
          input instanceof PreparedInput.Numeric || input instanceof PreparedInput.TextOrder;
      int from = beginsWithNumber ? first + 1 : first;
      for (int column = from; column < behind; column++) {
        zeroOrOne.add(column);
      }
      first = behind;
    }
    return new DesignColumns(first, zeroOrOne);
  }

  /** Columns of numbers, ascending. */
  int[] numbers() {
    BitSet numbers = zeroOrOneSet();
    numbers.flip(0, width);
    return numbers.stream().toArray();
  }

  BitSet zeroOrOneSet() {
    BitSet set = new BitSet(width);
    zeroOrOne.forEach(set::set);
    return set;
  }

  /** A value as trees compare it. */
  float rounded(double value) {
    return (float) Math.max(-MOST, Math.min(value, MOST));
  }
}
