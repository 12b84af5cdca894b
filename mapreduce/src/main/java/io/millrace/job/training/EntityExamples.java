package io.millrace.job.training;

import io.millrace.job.io.SortedFeatures;
import io.millrace.join.JoinSettings;
import io.millrace.learn.Example;
import io.millrace.learn.ExampleChoice;
import io.millrace.learn.ExampleEncoder;
import io.millrace.learn.ExampleSettings;
import io.millrace.row.ByteBuilder;
import io.millrace.row.Row;
import io.millrace.row.RowDecoder;
import io.millrace.row.RowType;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads the entities of a task's snapshots, one after the other in their order, and gives those the
 * label 1 that marks name, which come in the same order. Holds one record of each group. Not
 * thread-safe.
 */
final class EntityExamples implements Closeable {
  /** Takes encoded training rows; what is handed over is valid during the call only. */
  @FunctionalInterface
  interface Sink {
    void write(ByteBuilder row) throws IOException, InterruptedException;
  }

  private final TrainingInput input;
  private final int task;
  private final Configuration configuration;
  private final Sink sink;
  private final ExampleChoice choice;
  private final ExampleEncoder encoder;
  private final Example example = new Example();
  private final RowDecoder entityDecoder;
  private final Row entity;
  private final ByteBuilder source = new ByteBuilder();
  private final ByteBuilder encoded = new ByteBuilder();
  private final List<Integer> snapshots;
  private final List<SortedFeatures> groups = new ArrayList<>();
  private byte[][] noFeatures = {};

  /** How many of the task's snapshots were opened. */
  private int opened;

  private long rowsRead;
  private long rowsWritten;
  private long sampledOut;
  private long positive;
  private long marksLeft;

  EntityExamples(
      TrainingInput input,
      ExampleSettings settings,
      int task,
      Configuration configuration,
      Sink sink) {
    this.input = input;
    this.task = task;
    this.configuration = configuration;
    this.sink = sink;
    RowType rows = RowType.fromAvro(new Schema.Parser().parse(input.schema()));
    RowType scope = rows.select(rows.name(), input.entity().columns());
    choice = new ExampleChoice(settings, scope);
    encoder = new ExampleEncoder(settings, rows);
    entityDecoder = new RowDecoder(scope);
    entity = new Row(scope.size());
    snapshots =
        IntStream.range(0, input.snapshots().size())
            .filter(snapshot -> input.snapshots().get(snapshot).isReadBy(task))
            .boxed()
            .toList();
  }

  /** Takes a mark; they come in ascending order of snapshots, and of entities. */
  void mark(int snapshot, long hash, byte[] array, int offset, int length)
      throws IOException, InterruptedException {
    while (opened == 0 || example.day < snapshot) {
      finishSnapshot();
      openNext();
    }
    SortedFeatures first = groups.get(0);
    while (first.hasEntity() && order(first, hash, array, offset, length) < 0) {
      take(0);
    }
    if (first.hasEntity() && order(first, hash, array, offset, length) == 0) {
      take(1);
    } else {
      marksLeft++;
    }
  }

  /** Takes the entities that are left. */
  void finish() throws IOException, InterruptedException {
    finishSnapshot();
    while (opened < snapshots.size()) {
      openNext();
      finishSnapshot();
    }
  }

  private void finishSnapshot() throws IOException, InterruptedException {
    while (!groups.isEmpty() && groups.get(0).hasEntity()) {
      take(0);
    }
  }

  private void openNext() throws IOException {
    close();
    example.day = snapshots.get(opened);
    opened++;
    TrainingInput.Snapshot snapshot = input.snapshots().get(example.day);
    noFeatures = snapshot.noFeatures().ofGroups()[0];
    JoinSettings.Entity settings = input.entity();
    for (int group = 0; group < settings.groups().size(); group++) {
      groups.add(
          new SortedFeatures(
              settings,
              settings.groups().get(group),
              snapshot.groups().get(group),
              task - snapshot.firstTask(),
              snapshot.buckets(),
              configuration));
    }
  }

  private static int order(
      SortedFeatures features, long hash, byte[] array, int offset, int length) {
    int order = Long.compareUnsigned(features.hash(), hash);
    return order != 0
        ? order
        : Arrays.compareUnsigned(
            features.array(),
            features.entityOffset(),
            features.entityOffset() + features.entityLength(),
            array,
            offset,
            offset + length);
  }

  /** Makes a training row of the entity that is next, where it is kept, and moves behind it. */
  private void take(double label) throws IOException, InterruptedException {
    SortedFeatures first = groups.get(0);
    rowsRead++;
    entityDecoder.decode(first.array(), first.entityOffset(), first.entityLength(), entity);
    example.label = label;
    if (choice.takes(entity, label == 0, example)) {
      write(first);
    } else {
      sampledOut++;
    }
    first.next();
  }

  private void write(SortedFeatures first) throws IOException, InterruptedException {
    source.clear().putBytes(first.array(), first.entityOffset(), first.entityLength());
    first.putFeatures(source);
    for (int group = 1; group < groups.size(); group++) {
      SortedFeatures other = groups.get(group);
      if (other.find(first.array(), first.entityOffset(), first.entityLength(), first.hash())) {
        other.putFeatures(source);
      } else {
        source.putBytes(noFeatures[group]);
      }
    }
    encoder.encode(source.array(), 0, source.length(), example, encoded.clear());
    sink.write(encoded);
    rowsWritten++;
    positive += example.label == 1 ? 1 : 0;
  }

  /** The record that comes next, in words; empty before the first. */
  Optional<String> place() {
    return groups.isEmpty() || !groups.get(0).hasEntity()
        ? Optional.empty()
        : Optional.of(groups.get(0).place());
  }

  long rowsRead() {
    return rowsRead;
  }

  long rowsWritten() {
    return rowsWritten;
  }

  long sampledOut() {
    return sampledOut;
  }

  long positive() {
    return positive;
  }

  /** How many marks were of entities without a row: they had no event in any window. */
  long marksLeft() {
    return marksLeft;
  }

  @Override
  public void close() throws IOException {
    for (SortedFeatures group : groups) {
      group.close();
    }
    groups.clear();
  }
}
