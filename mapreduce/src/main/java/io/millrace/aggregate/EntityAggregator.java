package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Folds clean records that come entity after entity into the stored partials of each, and holds the
 * states of one entity only. What it writes of an entity is what {@link PartialAggregator} and
 * {@link PartialMerge} make of the same records. Not thread-safe.
 */
public final class EntityAggregator {
  private static final int INITIAL_DAYS = 8;

  /** Room that is kept for the next entity; one with more days may stand alone. */
  private static final int USUAL_DAYS = 64;

  private final Sink sink;
  private final GroupRecords records;
  private final boolean needsAge;
  private final GroupStates states;
  private final ByteBuilder entity = new ByteBuilder();
  private final ByteBuilder record = new ByteBuilder();

  /** The entity's event days in ascending order, and the number of the states of each. */
  private long[] days = new long[INITIAL_DAYS];

  private int[] groups = new int[INITIAL_DAYS];
  private int size;

  /** Where the day of the last record stands: the next one is often of the same. */
  private int last;

  private long written;

  /** Takes stored partials, in the order of their files; they are valid during the call only. */
  @FunctionalInterface
  public interface Sink {
    void write(ByteBuilder partial) throws IOException, InterruptedException;
  }

  /** An aggregator that has met no entity yet. */
  public EntityAggregator(PartialSettings settings, Sink sink) {
    this.sink = sink;
    records = new GroupRecords(settings, 1);
    List<Aggregate> aggregates = settings.newAggregates();
    needsAge = aggregates.stream().anyMatch(Aggregate::needsAge);
    states = new GroupStates(aggregates);
    states.resize(days.length);
  }

  /**
   * Ends the last entity and begins with another one. Entities come in the order of {@link
   * PartialKey}.
   *
   * @param encoded holds the entity's columns as {@link PartialKey#entityEncoder} has them
   */
  public void begin(byte[] encoded, int offset, int length)
      throws IOException, InterruptedException {
    flush();
    entity.clear().putBytes(encoded, offset, length);
  }

  /** Adds an encoded record of the entity, or one without any, which is counted only. */
  public void add(byte[] source, int offset, int length) {
    records.load(source, offset, length);
    if (records.next()) {
      records.addTo(states, group(records.day(0)), 0, needsAge);
    }
  }

  /** Ends the last entity. */
  public void flush() throws IOException, InterruptedException {
    for (int place = 0; place < size; place++) {
      states.seal(groups[place]);
      record.clear().putBytes(entity.array(), 0, entity.length());
      record.putVarint(days[place]);
      states.encode(groups[place], record);
      sink.write(record);
    }
    written += size;
    size = 0;
    last = 0;
    if (days.length > USUAL_DAYS) {
      resize(INITIAL_DAYS);
    }
    states.clear();
  }

  /** What was met; states that were sent on are those that were written. */
  public PartialCounts counts() {
    return records.counts(written);
  }

  /** The first error of an expression, for a person. */
  public Optional<String> firstError() {
    return records.firstError();
  }

  private int group(long day) {
    if (last >= size || days[last] != day) {
      int place = Arrays.binarySearch(days, 0, size, day);
      last = place >= 0 ? place : insert(-place - 1, day);
    }
    return groups[last];
  }

  private int insert(int place, long day) {
    if (size == days.length) {
      resize(2 * size);
    }
    System.arraycopy(days, place, days, place + 1, size - place);
    System.arraycopy(groups, place, groups, place + 1, size - place);
    days[place] = day;
    groups[place] = size;
    states.start(size);
    size++;
    return place;
  }

  private void resize(int capacity) {
    days = Arrays.copyOf(days, capacity);
    groups = Arrays.copyOf(groups, capacity);
    states.resize(capacity);
  }
}
