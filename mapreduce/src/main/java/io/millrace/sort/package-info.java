/**
 * Records of the shuffle put in order in memory: by partition, then by the unsigned bytes of the
 * key, then as they came. Plain arrays, no Hadoop.
 *
 * <p>{@link io.millrace.sort.RecordArena} holds the bytes in chunks that are allocated as they are
 * needed. {@link io.millrace.sort.RadixSort} never moves them: it moves pairs of numbers, the next
 * eight bytes of a record's key and where the record lies, a digit of a few bits at a time, and few
 * of them by insertion. Where keys agree in these eight bytes, what they have in common is skipped
 * and the eight bytes behind it take their turn. {@link io.millrace.sort.RecordBuffer} is the two
 * together, within a number of bytes. {@link io.millrace.sort.SortedMerge} merges what several
 * buffers have come to, a window of each at a time.
 */
@NullMarked
package io.millrace.sort;

import org.jspecify.annotations.NullMarked;
