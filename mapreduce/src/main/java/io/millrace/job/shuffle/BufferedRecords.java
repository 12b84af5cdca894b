package io.millrace.job.shuffle;

import io.millrace.sort.RecordBuffer;
import io.millrace.sort.RecordView;
import org.apache.hadoop.io.DataInputBuffer;
import org.apache.hadoop.mapred.RawKeyValueIterator;
import org.apache.hadoop.util.Progress;
import org.jspecify.annotations.Nullable;

/** The sorted records of one partition in a buffer, as a combiner reads them. */
final class BufferedRecords implements RawKeyValueIterator {
  private final RecordBuffer buffer;
  private final RecordView view = new RecordView();
  private final DataInputBuffer key = new DataInputBuffer();
  private final DataInputBuffer value = new DataInputBuffer();
  private final int end;
  private int next;

  BufferedRecords(RecordBuffer buffer, int start, int end) {
    this.buffer = buffer;
    this.end = end;
    next = start;
  }

  @Override
  public boolean next() {
    if (next == end) {
      return false;
    }
    buffer.view(next++, view);
    key.reset(view.array(), view.keyOffset(), view.keyLength());
    value.reset(view.array(), view.valueOffset(), view.valueLength());
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
  public void close() {
    // the buffer stays the collector's
  }

  @Override
  public @Nullable Progress getProgress() {
    return null;
  }
}
