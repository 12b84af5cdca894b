package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.DayClock;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Turns partial states, entity after entity, into one row of features an entity. Windows are
 * nested: a state goes into the ring of the smallest window that has its day, and at the end of the
 * entity each window is the smaller one and its own ring. Not thread-safe.
 */
public final class WindowMerge {
  /** Takes encoded rows of features; what is handed over is valid during the call only. */
  @FunctionalInterface
  public interface Sink {
    void write(ByteBuilder row) throws IOException, InterruptedException;
  }

  private final Sink sink;
  private final long lastDay;
  private final int[] windows;
  private final long[] ages;
  private final GroupStates rings;
  private final WindowFinish finish;
  private final ByteBuilder record = new ByteBuilder();

  private boolean hasEvents;

  private long partials;
  private long outside;
  private long rows;

  public WindowMerge(WindowSettings settings, Sink sink) {
    this.sink = sink;
    lastDay = settings.lastDay();
    windows = settings.windows().stream().mapToInt(Integer::intValue).toArray();
    ages = ages(settings);
    List<Aggregate> aggregates = settings.newAggregates();
    rings = new GroupStates(aggregates);
    rings.resize(windows.length);
    finish = new WindowFinish(settings, aggregates, rings);
  }

  /** How long before the end of the windows the end of a day is, in microseconds, by its age. */
  private static long[] ages(WindowSettings settings) {
    DayClock clock = new DayClock(ZoneId.of(settings.zone()));
    long end = clock.startOfDay(settings.lastDay() + 1);
    long[] ages = new long[settings.windows().get(settings.windows().size() - 1)];
    for (int age = 0; age < ages.length; age++) {
      ages[age] = (end - clock.startOfDay(settings.lastDay() + 1 - age)) * 1000;
    }
    return ages;
  }

  /** Begins an entity, of which the encoded columns are given. */
  public void start(byte[] key, int offset, int length) {
    record.clear().putBytes(key, offset, length);
    hasEvents = false;
  }

  /**
   * Adds a partial state of the entity.
   *
   * @param state stands at the event day, which the states follow; it is read to their end
   */
  public void add(ByteCursor state) {
    partials++;
    long age = lastDay - state.readVarint();
    if (age < 0 || age >= windows[windows.length - 1]) {
      outside++;
      rings.skip(state);
      return;
    }
    int ring = 0;
    while (age >= windows[ring]) {
      ring++;
    }
    if (!hasEvents) {
      hasEvents = true;
      for (int i = 0; i < windows.length; i++) {
        rings.start(i);
      }
    }
    rings.ageMicros = ages[(int) age];
    rings.merge(ring, state);
  }

  /** Sends the entity's features to the sink, if it has events in any window. */
  public void finish() throws IOException, InterruptedException {
    if (hasEvents) {
      finish.encode(record);
      sink.write(record);
      rows++;
    }
  }

  public WindowCounts counts() {
    return new WindowCounts(partials, outside, rows, finish.errors());
  }

  /** The first value that could not be computed, for a person. */
  public Optional<String> firstError() {
    return finish.firstError();
  }
}
