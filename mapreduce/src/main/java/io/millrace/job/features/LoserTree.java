package io.millrace.job.features;

import io.millrace.job.io.SortedRecords;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the least record of sorted inputs, again and again: each input has lost to another at one
 * place of a tree, so that a record costs one comparison a level. Inputs are told apart by the
 * hashes of their records, mostly, which lie side by side. Not thread-safe.
 *
 * <p>D. E. Knuth, The Art of Computer Programming 3, 5.4.1.
 */
final class LoserTree {
  private static final int NOBODY = -1;

  private final SortedRecords[] inputs;

  /** Of each input's record, in the order of signed numbers; the greatest of one at its end. */
  private final long[] hashes;

  private final boolean[] ended;

  /** Behind the first, which has won, the children of {@code i} are {@code 2i} and {@code 2i+1}. */
  private final int[] losers;

  private int open;

  /**
   * A tree whose inputs stand before their first records.
   *
   * @param inputs at least one
   */
  LoserTree(List<SortedRecords> inputs) throws IOException {
    this.inputs = inputs.toArray(SortedRecords[]::new);
    int count = this.inputs.length;
    hashes = new long[count];
    ended = new boolean[count];
    losers = new int[count];
    open = count;
    Arrays.fill(losers, NOBODY);
    for (int input = 0; input < count; input++) {
      read(input);
      play(input);
    }
  }

  /** Whether there is a record; {@link #least} has it. */
  boolean hasRecord() {
    return open > 0;
  }

  /** The input whose record comes first; of several of the same entity any one. */
  SortedRecords least() {
    return inputs[losers[0]];
  }

  /** Moves on to the record that follows in order. */
  void next() throws IOException {
    int input = losers[0];
    read(input);
    play(input);
  }

  /** How many inputs have records left. */
  int open() {
    return open;
  }

  private void read(int input) throws IOException {
    if (inputs[input].next()) {
      hashes[input] = inputs[input].hash() ^ Long.MIN_VALUE;
    } else {
      hashes[input] = Long.MAX_VALUE;
      ended[input] = true;
      open--;
    }
  }

  /** Lets an input that has another record play against those that lost to it. */
  private void play(int input) {
    int winner = input;
    for (int place = (losers.length + input) >> 1; place > 0; place >>= 1) {
      int loser = losers[place];
      if (loser == NOBODY) {
        // at the start: the other half of the tree has not come to this place yet
        losers[place] = winner;
        return;
      }
      if (isBefore(loser, winner)) {
        losers[place] = winner;
        winner = loser;
      }
    }
    losers[0] = winner;
  }

  private boolean isBefore(int left, int right) {
    long leftHash = hashes[left];
    long rightHash = hashes[right];
    if (leftHash != rightHash) {
      return leftHash < rightHash;
    }
    if (ended[left] || ended[right]) {
      return !ended[left];
    }
    return inputs[left].compareTo(inputs[right]) < 0;
  }
}
