package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Row;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The states of several aggregates for groups numbered from 0, in one array of longs; what does not
 * fit there lies in objects. A group must be started before anything else is done with it. Not
 * thread-safe.
 */
public final class GroupStates {
  private static final int OBJECT_HEADER_BYTES = 16;
  private static final int REFERENCE_BYTES = 4;

  long[] words = new long[0];
  @Nullable Object[] objects = new Object[0];

  /** When the record that is added happened, as its column has it. */
  long eventTime;

  /**
   * How long before the end of what is aggregated, in microseconds: from a record to the end of its
   * event day, from the end of an encoded state's event day to the end of the windows.
   */
  long ageMicros;

  private final Aggregate[] aggregates;
  private final FieldReader stored;
  private final int[] wordOf;
  private final int[] objectOf;
  private final int wordsPerGroup;
  private final int objectsPerGroup;
  private long objectBytes;

  public GroupStates(List<Aggregate> aggregates) {
    this.aggregates = aggregates.toArray(Aggregate[]::new);
    wordOf = new int[this.aggregates.length];
    objectOf = new int[this.aggregates.length];
    int word = 0;
    int object = 0;
    for (int i = 0; i < this.aggregates.length; i++) {
      wordOf[i] = word;
      objectOf[i] = object;
      word += this.aggregates[i].words();
      object += this.aggregates[i].objects();
    }
    stored = FieldReader.of(aggregates.stream().map(Aggregate::storedSchema).toList());
    wordsPerGroup = word;
    objectsPerGroup = object;
  }

  /** Makes room for groups below a number; those that are there keep their states. */
  public void resize(int groups) {
    words = Arrays.copyOf(words, Math.multiplyExact(groups, wordsPerGroup));
    objects = Arrays.copyOf(objects, Math.multiplyExact(groups, objectsPerGroup));
  }

  /** Sets a group to the states of nothing. */
  public void start(int group) {
    Arrays.fill(words, group * wordsPerGroup, (group + 1) * wordsPerGroup, 0);
    Arrays.fill(objects, group * objectsPerGroup, (group + 1) * objectsPerGroup, null);
  }

  /** Reads something of a group's states, so that they are in the processor's caches. */
  long touch(int group) {
    int word = group * wordsPerGroup;
    return wordsPerGroup == 0 ? 0 : words[word] + words[word + wordsPerGroup - 1];
  }

  /**
   * Adds a record.
   *
   * @param slots the slot of each aggregate's argument, or -1 where it has none
   */
  public void add(int group, Row row, int[] slots) {
    int word = group * wordsPerGroup;
    int object = group * objectsPerGroup;
    for (int i = 0; i < aggregates.length; i++) {
      int slot = slots[i];
      if (slot < 0 || !row.nulls[slot]) {
        aggregates[i].add(this, word + wordOf[i], object + objectOf[i], row, slot);
      }
    }
  }

  /** Adds encoded states and leaves the cursor behind them. */
  public void merge(int group, ByteCursor encoded) {
    int word = group * wordsPerGroup;
    int object = group * objectsPerGroup;
    for (int i = 0; i < aggregates.length; i++) {
      aggregates[i].merge(this, word + wordOf[i], object + objectOf[i], encoded);
    }
  }

  /** Leaves the cursor behind encoded states. */
  void skip(ByteCursor encoded) {
    stored.skip(encoded);
  }

  /** Adds the states of another group of the same aggregates. */
  public void merge(int group, GroupStates from, int other) {
    for (int i = 0; i < aggregates.length; i++) {
      aggregates[i].merge(
          this,
          group * wordsPerGroup + wordOf[i],
          group * objectsPerGroup + objectOf[i],
          from,
          other * wordsPerGroup + wordOf[i],
          other * objectsPerGroup + objectOf[i]);
    }
  }

  /** Appends a group's states, one Avro field after the other. */
  public void encode(int group, ByteBuilder out) {
    int word = group * wordsPerGroup;
    int object = group * objectsPerGroup;
    for (int i = 0; i < aggregates.length; i++) {
      aggregates[i].encode(this, word + wordOf[i], object + objectOf[i], out);
    }
  }

  /** Makes a group's states what is stored of them. */
  void seal(int group) {
    for (int i = 0; i < aggregates.length; i++) {
      aggregates[i].seal(
          this, group * wordsPerGroup + wordOf[i], group * objectsPerGroup + objectOf[i]);
    }
  }

  /**
   * Puts a result into a slot.
   *
   * @param aggregate the number of the one that it is a result of
   * @throws ArithmeticException where the result's type cannot hold it
   */
  void finish(int group, int aggregate, Result result, Row row, int slot) {
    result
        .finish()
        .put(
            this,
            group * wordsPerGroup + wordOf[aggregate],
            group * objectsPerGroup + objectOf[aggregate],
            row,
            slot);
  }

  /** Whether a value of this hash would change nothing in a state that is a sketch. */
  boolean isCounted(int group, int aggregate, long hash) {
    Object sketch = objects[group * objectsPerGroup + objectOf[aggregate]];
    return sketch instanceof DistinctSketch counted && counted.has(DistinctSketch.hash(hash));
  }

  /** Lets go of all objects; the groups have to be started anew. */
  public void clear() {
    Arrays.fill(objects, null);
    objectBytes = 0;
  }

  /** Bytes of a group apart from the objects that it holds. */
  int bytesPerGroup() {
    return wordsPerGroup * Long.BYTES + objectsPerGroup * REFERENCE_BYTES;
  }

  /** The most groups that there can be. */
  int maxGroups() {
    return (Integer.MAX_VALUE - 8) / Math.max(1, Math.max(wordsPerGroup, objectsPerGroup));
  }

  long objectBytes() {
    return objectBytes;
  }

  /** An object with so many bytes of data was put into a state. */
  void held(int bytes) {
    objectBytes += OBJECT_HEADER_BYTES + bytes;
  }

  /** An object with so many bytes of data was taken out of a state. */
  void released(int bytes) {
    objectBytes -= OBJECT_HEADER_BYTES + bytes;
  }
}
