package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * How many values lie in each of the {@link RelativeBins}, and the exact least and greatest value.
 * Only bins that hold something take room, in ascending order; none are ever put together. Zeros of
 * both signs are one value. Not thread-safe.
 *
 * <p>Stored as the least value (Avro double) and the count of its bin (Avro long). Where there are
 * other values: the greatest value, and of each further bin in ascending order its distance from
 * the one before and its count (Avro longs).
 */
public final class Histogram implements HeldState {
  private static final int INITIAL_BINS = 2;
  private static final int OWN_BYTES = 56;

  private int[] bins = new int[INITIAL_BINS];
  private long[] counts = new long[INITIAL_BINS];
  private int size;
  private long total;
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;

  /** Adds a finite value. */
  public void add(double value) {
    add(value, 1);
  }

  /** Adds a finite value as often as it occurs, once at least. */
  public void add(double value, long times) {
    double unsigned = value + 0.0; // of zero, the sign goes
    add(RelativeBins.of(unsigned), times);
    spread(unsigned, unsigned);
  }

  /** Adds values of one bin; {@link #spread} has to follow. */
  void add(int bin, long count) {
    total += count;
    int at = size == 0 || bins[size - 1] < bin ? ~size : Arrays.binarySearch(bins, 0, size, bin);
    if (at >= 0) {
      counts[at] += count;
      return;
    }
    reserve(size + 1);
    int place = ~at;
    System.arraycopy(bins, place, bins, place + 1, size - place);
    System.arraycopy(counts, place, counts, place + 1, size - place);
    bins[place] = bin;
    counts[place] = count;
    size++;
  }

  /** Says between which values those lie that were added. */
  void spread(double low, double high) {
    least = Math.min(least, low);
    greatest = Math.max(greatest, high);
  }

  public void add(Histogram other) {
    total += other.total;
    spread(other.least, other.greatest);
    int mine = size - 1;
    int theirs = other.size - 1;
    size = union(other);
    reserve(size);
    // from the end, so that nothing is overwritten before it was read
    for (int to = size - 1; theirs >= 0; to--) {
      if (mine >= 0 && bins[mine] >= other.bins[theirs]) {
        boolean both = bins[mine] == other.bins[theirs];
        bins[to] = bins[mine];
        counts[to] = counts[mine] + (both ? other.counts[theirs] : 0);
        theirs -= both ? 1 : 0;
        mine--;
      } else {
        bins[to] = other.bins[theirs];
        counts[to] = other.counts[theirs];
        theirs--;
      }
    }
  }

  private int union(Histogram other) {
    int common = 0;
    int mine = 0;
    for (int theirs = 0; theirs < other.size && mine < size; theirs++) {
      while (mine < size && bins[mine] < other.bins[theirs]) {
        mine++;
      }
      if (mine < size && bins[mine] == other.bins[theirs]) {
        common++;
      }
    }
    return size + other.size - common;
  }

  public boolean isEmpty() {
    return total == 0;
  }

  /** How many bins hold something. */
  public int bins() {
    return size;
  }

  /**
   * The value that stands for those of a bin: less than 1 % from each of them.
   *
   * @param at from 0, in ascending order of the bins that hold something
   */
  public double value(int at) {
    return Math.min(greatest, Math.max(least, RelativeBins.middle(bins[at])));
  }

  /**
   * The number of a bin, ascending with its values and the same in all histograms; see {@link
   * #value}.
   */
  public int bin(int at) {
    return bins[at];
  }

  /** How many values are in a bin; see {@link #value}. */
  public long count(int at) {
    return counts[at];
  }

  /** The least value, exactly. */
  public double least() {
    return least;
  }

  /** The greatest value, exactly. */
  public double greatest() {
    return greatest;
  }

  /**
   * The value of rank {@code floor(p * (n - 1))}, counted from 0, of the n values in ascending
   * order: exact at both ends, elsewhere off by 1 % of the value at most.
   *
   * @param p from 0 to 1; a decimal, so that {@code 0.29 * 100} is 29
   */
  double percentile(BigDecimal p) {
    if (total == 0) {
      throw new IllegalStateException("Cannot take a percentile of nothing");
    }
    long rank = p.multiply(BigDecimal.valueOf(total - 1)).longValue();
    if (rank == 0) {
      return least;
    }
    if (rank >= total - 1) {
      return greatest;
    }
    int at = 0;
    for (long below = counts[0]; below <= rank; below += counts[at]) {
      at++;
    }
    return value(at);
  }

  void clear() {
    size = 0;
    total = 0;
    least = Double.POSITIVE_INFINITY;
    greatest = Double.NEGATIVE_INFINITY;
  }

  @Override
  public int bytes() {
    return OWN_BYTES + bins.length * (Integer.BYTES + Long.BYTES);
  }

  /** Appends it; there is a value at least. */
  public void write(ByteBuilder out) {
    out.putDouble(least).putVarint(counts[0]);
    if (least == greatest) {
      return;
    }
    out.putDouble(greatest);
    for (int i = 1; i < size; i++) {
      out.putVarint(bins[i] - (long) bins[i - 1]).putVarint(counts[i]);
    }
  }

  /** Becomes what was written, which ends where it says. */
  public void read(ByteCursor encoded, int end) {
    clear();
    double low = readFinite(encoded);
    int bin = RelativeBins.of(low);
    add(bin, readCount(encoded));
    double high = encoded.position() < end ? readFinite(encoded) : low;
    while (encoded.position() < end) {
      bin = Math.toIntExact(bin + encoded.readVarint());
      if (bin <= bins[size - 1] || bin > RelativeBins.GREATEST) {
        throw new IllegalArgumentException("Cannot read a histogram: its bins do not ascend");
      }
      add(bin, readCount(encoded));
    }
    spread(low, high);
    if (bin != RelativeBins.of(high)) {
      throw new IllegalArgumentException(
          "Cannot read a histogram: its greatest value is not in its last bin");
    }
  }

  private static double readFinite(ByteCursor encoded) {
    double value = encoded.readDouble();
    Fixed128.requireFinite(value);
    return value;
  }

  private static long readCount(ByteCursor encoded) {
    long count = encoded.readVarint();
    if (count <= 0) {
      throw new IllegalArgumentException("Cannot read a histogram: a bin holds " + count);
    }
    return count;
  }

  private void reserve(int needed) {
    if (needed > bins.length) {
      int capacity = Math.max(needed, 2 * bins.length);
      bins = Arrays.copyOf(bins, capacity);
      counts = Arrays.copyOf(counts, capacity);
    }
  }
}
