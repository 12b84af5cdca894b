package io.millrace.job.io;

import io.millrace.job.shuffle.UnsignedByteOrder;
import java.util.Arrays;

/** Unsigned order of the bytes as they lie in the shuffle: nothing is deserialised to compare. */
public final class SliceComparator implements UnsignedByteOrder<Slice> {
  @Override
  public int compare(byte[] a, int aOffset, int aLength, byte[] b, int bOffset, int bLength) {
    return Arrays.compareUnsigned(a, aOffset, aOffset + aLength, b, bOffset, bOffset + bLength);
  }

  @Override
  public int compare(Slice a, Slice b) {
    return a.compareTo(b);
  }
}
