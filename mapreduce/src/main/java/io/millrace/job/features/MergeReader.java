package io.millrace.job.features;

import io.millrace.job.io.BucketFiles;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.Slice;
import io.millrace.job.io.SortedRecords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/**
 * Merges a bucket's partials of all dates by entity. The key is the encoded entity, the value what
 * follows it in the record: event day and states. Both are valid until the next record.
 */
final class MergeReader extends RecordReader<Slice, Slice> {
  private final List<SortedRecords> inputs = new ArrayList<>();
  private final PriorityQueue<SortedRecords> heap = new PriorityQueue<>();
  private final Slice key = new Slice();
  private final Slice value = new Slice();
  private SortedRecords current;

  @Override
  public void initialize(InputSplit split, TaskAttemptContext context) throws IOException {
    Configuration configuration = context.getConfiguration();
    FeaturesSettings settings = JobSettings.get(configuration, FeaturesSettings.class);
    List<Schema.Field> fields = new Schema.Parser().parse(settings.partialSchema()).getFields();
    ((BucketSplit) split).readBy(this);
    int bucket = ((BucketSplit) split).number();
    for (BucketFiles files : settings.inputs()) {
      SortedRecords input =
          new SortedRecords(
              files, bucket, settings.buckets(), fields, settings.entityFields(), configuration);
      inputs.add(input);
      if (input.next()) {
        heap.add(input);
      }
    }
  }

  @Override
  public boolean nextKeyValue() throws IOException {
    SortedRecords last = current;
    current = null;
    if (last != null && last.next()) {
      heap.add(last);
    }
    current = heap.poll();
    if (current == null) {
      return false;
    }
    key.set(current.array(), current.keyOffset(), current.keyLength());
    value.set(current.restArray(), current.restOffset(), current.restLength());
    return true;
  }

  /** The record that is current, in words. */
  Optional<String> place() {
    return Optional.ofNullable(current).map(SortedRecords::place);
  }

  @Override
  public Slice getCurrentKey() {
    return key;
  }

  @Override
  public Slice getCurrentValue() {
    return value;
  }

  @Override
  public float getProgress() {
    return inputs.isEmpty() ? 1 : 1 - (float) heap.size() / inputs.size();
  }

  @Override
  public void close() throws IOException {
    for (SortedRecords input : inputs) {
      input.close();
    }
  }
}
