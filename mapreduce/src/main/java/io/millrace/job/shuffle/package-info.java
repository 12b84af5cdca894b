/**
 * How what maps send is put in order: a map output collector for Hadoop that sorts by radix instead
 * of comparing keys pair by pair, for keys and values that are bytes and keys that compare as
 * bytes. Its files are those of Hadoop's own collector, and so are its settings, counters and
 * progress; what it does not do (encrypted intermediate data, other orders of keys) is left to
 * Hadoop's.
 *
 * <p>{@link io.millrace.job.shuffle.RadixCollector} collects records in a {@link
 * io.millrace.sort.RecordBuffer}; {@link io.millrace.job.shuffle.Spills} writes them to disk when
 * the buffer is full, and makes one file of all at the end. {@link
 * io.millrace.job.shuffle.LocalShuffle} brings them to reduces of the same process.
 */
package io.millrace.job.shuffle;
