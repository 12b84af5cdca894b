package io.millrace.job.shuffle;

import io.millrace.sort.SortedMerge;
import java.io.IOException;
import org.apache.hadoop.io.DataInputBuffer;
import org.apache.hadoop.mapred.RawKeyValueIterator;
import org.apache.hadoop.util.Progress;

/** Merged records as a reduce asks for them. */
final class MergedRecords implements RawKeyValueIterator {
  /** A reduce asks after each record how far it is; a new answer comes now and then. */
  private static final int RECORDS_OF_ONE_ANSWER = 1 << 12;

  private final SortedMerge merge;
  private final long bytes;
  private final DataInputBuffer key = new DataInputBuffer();
  private final DataInputBuffer value = new DataInputBuffer();
  private final Share progress = new Share();
  private int records;

  /**
   * @param bytes that come, about
   */
  MergedRecords(SortedMerge merge, long bytes) {
    this.merge = merge;
    this.bytes = bytes;
  }

  @Override
  public boolean next() throws IOException {
    if (!merge.next()) {
      progress.share = 1;
      return false;
    }
    key.reset(merge.array(), merge.keyOffset(), merge.keyLength());
    value.reset(merge.array(), merge.valueOffset(), merge.valueLength());
    if (++records % RECORDS_OF_ONE_ANSWER == 0) {
      progress.share = (float) merge.bytes() / bytes;
    }
    return true;
  }

  @Override
  public DataInputBuffer getKey() {
    return key;
  }

  @Override
  public DataInputBuffer getValue() {
    return value;
  }

  @Override
  public Progress getProgress() {
    return progress;
  }

  @Override
  public void close() {
    // whoever has opened the segments closes them
  }

  /** An answer without a lock: only the reduce's own thread asks, and it does so all the time. */
  private static final class Share extends Progress {
    private float share;

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // on purpose, as said above
    public float getProgress() {
      return share;
    }
  }
}
