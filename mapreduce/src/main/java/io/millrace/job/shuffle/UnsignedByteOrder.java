package io.millrace.job.shuffle;

import org.apache.hadoop.io.RawComparator;

/**
 * A comparator that compares keys as their serialised, unsigned bytes, the shorter one first where
 * it is the beginning of the longer one. {@link RadixCollector} sorts by these bytes without asking
 * it.
 */
public interface UnsignedByteOrder<T> extends RawComparator<T> {}
