package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Column;
import io.millrace.row.Row;
import io.millrace.row.RowEncoder;
import io.millrace.row.RowType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns partial states, sorted by entity, into one row of features an entity. Windows are nested: a
 * state goes into the ring of the smallest window that has its day, and at the end of the entity
 * each window is the smaller one and its own ring. Not thread-safe.
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
  private final int aggregates;
  private final GroupStates rings;
  private final Evaluator evaluator;
  private final Row row;
  private final RowEncoder encoder;
  private final ByteBuilder record = new ByteBuilder();

  private byte[] entity = new byte[64];
  private int entityLength;
  private boolean hasEvents;

  private long partials;
  private long outside;
  private long rows;
  private long finishErrors;
  private @Nullable String firstFinishError;

  public WindowMerge(WindowSettings settings, Sink sink) {
    this.sink = sink;
    lastDay = settings.lastDay();
    windows = settings.windows().stream().mapToInt(Integer::intValue).toArray();
    List<Aggregate> calls = settings.aggregates().stream().map(Aggregates::create).toList();
    aggregates = calls.size();
    rings = new GroupStates(calls);
    rings.resize(windows.length);
    evaluator = new Evaluator(results(calls), settings.computation());
    row = evaluator.newRow();
    encoder = new RowEncoder(evaluator.layout(), settings.outputs());
  }

  /** The columns {@code $i}: the results of the aggregates. */
  public static RowType results(List<Aggregate> aggregates) {
    List<Column> columns = new ArrayList<>();
    for (Aggregate aggregate : aggregates) {
      columns.add(new Column("$" + columns.size(), aggregate.resultType()));
    }
    return new RowType("results", columns);
  }

  /**
   * Adds a partial state; those of one entity come one behind the other.
   *
   * @param key the encoded entity columns
   * @param state stands at the event day, which the states follow
   */
  public void add(byte[] key, int offset, int length, ByteCursor state)
      throws IOException, InterruptedException {
    if (!Arrays.equals(entity, 0, entityLength, key, offset, offset + length)) {
      finish();
      start(key, offset, length);
    }
    partials++;
    long age = lastDay - state.readVarint();
    if (age < 0 || age >= windows[windows.length - 1]) {
      outside++;
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
    rings.merge(ring, state);
  }

  /** Sends the last entity's features to the sink. */
  public void finish() throws IOException, InterruptedException {
    if (!hasEvents) {
      return;
    }
    putWindows(record.clear().putBytes(entity, 0, entityLength));
    sink.write(record);
    rows++;
    hasEvents = false;
  }

  /**
   * Appends the features of an entity without events, of all windows: what those read who find no
   * row. To be called while no entity is being merged.
   */
  public void putNothing(ByteBuilder out) {
    for (int i = 0; i < windows.length; i++) {
      rings.start(i);
    }
    putWindows(out);
  }

  private void putWindows(ByteBuilder out) {
    for (int window = 0; window < windows.length; window++) {
      if (window > 0) {
        rings.merge(window, rings, window - 1);
      }
      row.clear();
      for (int i = 0; i < aggregates; i++) {
        finish(window, i);
      }
      evaluator.evaluate(row);
      encoder.encode(row, out);
    }
  }

  public WindowCounts counts() {
    return new WindowCounts(partials, outside, rows, finishErrors + evaluator.failures());
  }

  /** The first value that could not be computed, for a person. */
  public Optional<String> firstError() {
    return firstFinishError == null ? evaluator.firstFailure() : Optional.of(firstFinishError);
  }

  private void start(byte[] key, int offset, int length) {
    if (length > entity.length) {
      entity = new byte[2 * length];
    }
    System.arraycopy(key, offset, entity, 0, length);
    entityLength = length;
  }

  private void finish(int window, int aggregate) {
    try {
      rings.finish(window, aggregate, row, aggregate);
    } catch (ArithmeticException e) {
      row.setNull(aggregate);
      finishErrors++;
      if (firstFinishError == null) {
        firstFinishError = e.getMessage();
      }
    }
  }
}
