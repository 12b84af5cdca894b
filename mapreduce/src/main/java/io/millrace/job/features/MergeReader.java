package io.millrace.job.features;

import io.millrace.job.io.BucketFiles;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.Slice;
import io.millrace.job.io.SortedRecords;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/**
 * Merges a bucket's partials of all dates. The key is an encoded entity, the value its partials of
 * all dates, which are read as they are asked for. Both are valid until the next entity.
 */
final class MergeReader extends RecordReader<Slice, EntityPartials> implements EntityPartials {
  private final List<SortedRecords> inputs = new ArrayList<>();
  private final ByteBuilder entity = new ByteBuilder();
  private final Slice key = new Slice();
  private LoserTree tree;
  private boolean hasEntity;
  private long hash;

  /** Whether the tree's record was handed out already. */
  private boolean isTaken;

  @Override
  public void initialize(InputSplit split, TaskAttemptContext context) throws IOException {
    Configuration configuration = context.getConfiguration();
    FeaturesSettings settings = JobSettings.get(configuration, FeaturesSettings.class);
    List<Schema.Field> fields = new Schema.Parser().parse(settings.partialSchema()).getFields();
    ((BucketSplit) split).readBy(this);
    int bucket = ((BucketSplit) split).number();
    for (BucketFiles files : settings.inputs()) {
      inputs.add(
          new SortedRecords(
              files, bucket, settings.buckets(), fields, settings.entityFields(), configuration));
    }
    tree = new LoserTree(inputs);
  }

  @Override
  public boolean nextKeyValue() throws IOException {
    while (hasEntity && next()) {
      // what nobody asked for is passed over
    }
    hasEntity = tree.hasRecord();
    if (hasEntity) {
      SortedRecords first = tree.least();
      hash = first.hash();
      entity.clear().putBytes(first.array(), first.keyOffset(), first.keyLength());
      key.set(entity.array(), 0, entity.length());
    }
    return hasEntity;
  }

  @Override
  public boolean next() throws IOException {
    if (isTaken) {
      isTaken = false;
      tree.next();
    }
    isTaken = tree.hasRecord() && isOfEntity(tree.least());
    return isTaken;
  }

  private boolean isOfEntity(SortedRecords record) {
    return record.hash() == hash
        && Arrays.equals(
            record.array(),
            record.keyOffset(),
            record.keyOffset() + record.keyLength(),
            entity.array(),
            0,
            entity.length());
  }

  @Override
  public ByteCursor state() {
    return tree.least().rest();
  }

  /** The record that is current, in words. */
  Optional<String> place() {
    return isTaken ? Optional.of(tree.least().place()) : Optional.empty();
  }

  @Override
  public Slice getCurrentKey() {
    return key;
  }

  @Override
  public EntityPartials getCurrentValue() {
    return this;
  }

  @Override
  public float getProgress() {
    return inputs.isEmpty() ? 1 : 1 - (float) tree.open() / inputs.size();
  }

  @Override
  public void close() throws IOException {
    for (SortedRecords input : inputs) {
      input.close();
    }
  }
}
