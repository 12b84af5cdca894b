package io.millrace.learn;

import io.millrace.aggregate.Evaluator;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Column;
import io.millrace.row.DayClock;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowDecoder;
import io.millrace.row.RowEncoder;
import io.millrace.row.RowType;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the snapshots at which an event lies in an entity's future: an event of day E that landed
 * on L and meets the condition marks its entity at each snapshot S with S &lt; E ≤ S + within and S
 * &lt; L. What had landed by S may be in the features of S, and is no future. Not thread-safe.
 */
public final class EventMarks {
  /** Takes marks; what is handed over is valid during the call only. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes a mark.
     *
     * @param snapshot its number
     * @param entity encoded, as features have it
     */
    void mark(int snapshot, ByteBuilder entity) throws IOException, InterruptedException;
  }

  private final Sink sink;
  private final Evaluator condition;
  private final RowType clean;
  private final long[] snapshots;
  private final int withinDays;
  private final Row row;
  private final int[] entitySlots;
  private final RowEncoder entity;
  private final int timeSlot;
  private final Kind timeKind;
  private final DayClock clock;
  private final ByteCursor cursor = new ByteCursor();
  private final ByteBuilder key = new ByteBuilder();
  private @Nullable RowDecoder decoder;
  private long landed;
  private long taken;
  private long marking;
  private long errors;

  public EventMarks(MarkSettings settings, Sink sink) {
    this.sink = sink;
    clean = settings.cleanType();
    condition = new Evaluator(clean, settings.condition());
    snapshots = settings.snapshots().stream().mapToLong(Long::longValue).toArray();
    withinDays = settings.withinDays();
    RowType layout = condition.layout();
    row = condition.newRow();
    entitySlots = layout.slots(settings.entity());
    RowType never =
        new RowType(
            layout.name(),
            layout.columns().stream()
                .map(column -> new Column(column.name(), column.type().withNullable(false)))
                .toList());
    entity = new RowEncoder(never, settings.entity());
    timeSlot = layout.slot(settings.eventTime());
    timeKind = layout.column(settings.eventTime()).type().kind();
    clock = new DayClock(ZoneId.of(settings.zone()));
  }

  /**
   * Says of what file the records are that come next.
   *
   * @param written the columns that it has
   * @param newLanded the epoch day on which they landed
   */
  public void enter(RowType written, long newLanded) {
    decoder = new RowDecoder(written, condition.layout(), clean.names());
    landed = newLanded;
  }

  /** Adds so many encoded records, one behind the other. */
  public void add(byte[] block, int offset, int length, long records)
      throws IOException, InterruptedException {
    RowDecoder reader = decoder;
    if (reader == null) {
      throw new IllegalStateException(
          "Cannot read events before enter() says how they were written");
    }
    int start = row.load(block, offset, length);
    int end = row.end();
    cursor.reset(row.bytes, start, length);
    for (long i = 0; i < records; i++) {
      taken++;
      reader.decode(cursor, row);
      add();
      row.truncate(end);
    }
  }

  private void add() throws IOException, InterruptedException {
    if (row.nulls[timeSlot]) {
      return;
    }
    for (int slot : entitySlots) {
      if (row.nulls[slot]) {
        return;
      }
    }
    long day = clock.epochDay(timeKind, row.longs[timeSlot]);
    int first = firstFrom(day - withinDays);
    int end = firstFrom(Math.min(day, landed));
    if (first >= end) {
      return;
    }
    switch (condition.evaluate(row)) {
      case COMPUTED -> {
        marking++;
        entity.encode(row, key.clear());
        for (int snapshot = first; snapshot < end; snapshot++) {
          sink.mark(snapshot, key);
        }
      }
      case FILTERED -> {}
      case FILTER_FAILED -> errors++;
    }
  }

  /** The number of the first snapshot that does not lie before a day. */
  private int firstFrom(long day) {
    int found = Arrays.binarySearch(snapshots, day);
    return found >= 0 ? found : -found - 1;
  }

  /** How many records were begun, so that one that fails can be told. */
  public long taken() {
    return taken;
  }

  /** How many events marked their entity at any snapshot. */
  public long marking() {
    return marking;
  }

  /** For how many events that lie in a snapshot's future the condition could not be computed. */
  public long errors() {
    return errors;
  }

  /** The first error of the condition, for a person. */
  public Optional<String> firstError() {
    return condition.firstFailure();
  }
}
