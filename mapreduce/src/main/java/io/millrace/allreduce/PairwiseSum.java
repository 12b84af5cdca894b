package io.millrace.allreduce;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Adds vectors of files along a binary tree that follows from the files' numbers alone: files 2k
 * and 2k + 1 first, then pairs of pairs, and so on; what is left over at the end is added from the
 * right. So the sum has the same bits whoever has added which subtree, and its rounding error grows
 * with the logarithm of the number of files (Higham, The Accuracy of Floating Point Summation,
 * 1993). Of n files, about log₂ n vectors are held. Not thread-safe.
 */
public final class PairwiseSum {
  /** The sum over files that make a whole subtree, {@code files} being a power of two. */
  public static final class Subtree {
    private final int firstFile;
    private final int files;
    private final double[] sums;

    /** A subtree; the array is the subtree's from now on. */
    public Subtree(int firstFile, int files, double[] sums) {
      if (firstFile < 0 || Integer.bitCount(files) != 1 || firstFile % files != 0) {
        throw new IllegalArgumentException(
            "Cannot add %d files from file %d on as one subtree".formatted(files, firstFile));
      }
      this.firstFile = firstFile;
      this.files = files;
      this.sums = sums;
    }

    public int firstFile() {
      return firstFile;
    }

    public int files() {
      return files;
    }

    /** Not to be changed. */
    public double[] sums() {
      return sums;
    }

    private int end() {
      return firstFile + files;
    }

    private boolean isSiblingOf(Subtree left) {
      return files == left.files && left.firstFile % (2 * files) == 0;
    }
  }

  private final Addition addition;
  private final int length;
  private final Deque<Subtree> subtrees = new ArrayDeque<>();

  /** A sum of nothing yet. */
  public PairwiseSum(Addition addition) {
    this.addition = addition;
    length = addition.zeros().length;
  }

  /** Adds the vector of the next file; the array is this object's from now on. */
  public void add(int file, double[] sums) {
    add(new Subtree(file, 1, sums));
  }

  /**
   * Adds the next subtree, to the right of all that were added.
   *
   * @throws IllegalArgumentException where files are left out, or come twice, or the vector has
   *     another length
   */
  public void add(Subtree next) {
    if (next.sums.length != length) {
      throw new IllegalArgumentException(
          "Cannot add %d numbers to sums of %d".formatted(next.sums.length, length));
    }
    if (!subtrees.isEmpty() && subtrees.getLast().end() != next.firstFile) {
      throw new IllegalArgumentException(
          "Cannot add file %d next, when file %d is due"
              .formatted(next.firstFile, subtrees.getLast().end()));
    }
    Subtree right = next;
    while (!subtrees.isEmpty() && right.isSiblingOf(subtrees.getLast())) {
      Subtree left = subtrees.removeLast();
      addition.add(left.sums, right.sums);
      right = new Subtree(left.firstFile, 2 * left.files, left.sums);
    }
    subtrees.addLast(right);
  }

  /** The subtrees of what was added, in the order of the files; as few as there can be. */
  public List<Subtree> subtrees() {
    return new ArrayList<>(subtrees);
  }

  /**
   * The sum over all files, which this object then no longer has.
   *
   * @throws IllegalStateException where other files than 0 to {@code files} - 1 were added
   */
  public double[] total(int files) {
    int first = subtrees.isEmpty() ? 0 : subtrees.getFirst().firstFile;
    int end = subtrees.isEmpty() ? 0 : subtrees.getLast().end();
    if (first != 0 || end != files) {
      throw new IllegalStateException(
          "Cannot sum %d files: files %d to %d were added".formatted(files, first, end - 1));
    }
    double[] total = addition.zeros();
    for (Iterator<Subtree> fromRight = subtrees.descendingIterator(); fromRight.hasNext(); ) {
      double[] sums = fromRight.next().sums;
      addition.add(sums, total);
      total = sums;
    }
    subtrees.clear();
    return total;
  }
}
