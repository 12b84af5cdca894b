package io.millrace.aggregate;

import io.millrace.row.ByteCursor;
import io.millrace.row.DayClock;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowDecoder;
import io.millrace.row.RowType;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Encoded clean records as a feature group takes them, one after the other: those that count, with
 * their arguments and their event day. Counts what it leaves out. Not thread-safe.
 */
final class GroupRecords {
  private static final int NO_SLOT = -1;

  private final Evaluator evaluator;
  private final Row row;
  private final RowDecoder decoder;
  private final ByteCursor cursor = new ByteCursor();
  private final int[] entitySlots;
  private final int timeSlot;
  private final Kind timeKind;
  private final DayClock clock;
  private final int[] argumentSlots;
  private int end;

  private long taken;
  private long read;
  private long withoutEntity;
  private long withoutTime;
  private long filtered;
  private long filterErrors;

  GroupRecords(PartialSettings settings) {
    evaluator = new Evaluator(settings.cleanType(), settings.computation());
    RowType layout = evaluator.layout();
    row = evaluator.newRow();
    decoder = new RowDecoder(settings.writtenType(), layout, settings.read());
    entitySlots = layout.slots(settings.entity());
    timeSlot = layout.slot(settings.eventTime());
    timeKind = layout.column(settings.eventTime()).type().kind();
    clock = new DayClock(ZoneId.of(settings.zone()));
    argumentSlots =
        settings.arguments().stream()
            .mapToInt(column -> column.isEmpty() ? NO_SLOT : layout.slot(column))
            .toArray();
  }

  /** The columns of {@link #row()}. */
  RowType layout() {
    return evaluator.layout();
  }

  /** The record that was taken last. */
  Row row() {
    return row;
  }

  /** Begins with encoded records, which lie one behind the other. */
  void load(byte[] block, int offset, int length) {
    int start = row.load(block, offset, length);
    end = row.end();
    cursor.reset(row.bytes, start, length);
  }

  /** Takes the next record, and says whether it counts. */
  boolean next() {
    taken++;
    row.truncate(end);
    decoder.decode(cursor, row);
    read++;
    for (int slot : entitySlots) {
      if (row.nulls[slot]) {
        withoutEntity++;
        return false;
      }
    }
    if (row.nulls[timeSlot]) {
      withoutTime++;
      return false;
    }
    return switch (evaluator.evaluate(row)) {
      case COMPUTED -> true;
      case FILTERED -> {
        filtered++;
        yield false;
      }
      case FILTER_FAILED -> {
        filterErrors++;
        yield false;
      }
    };
  }

  /** The event day of a record that counts. */
  long day() {
    return clock.epochDay(timeKind, row.longs[timeSlot]);
  }

  /**
   * Adds a record that counts to states.
   *
   * @param needsAge whether one of them asks for the record's age
   */
  void addTo(GroupStates states, int group, boolean needsAge) {
    states.eventTime = row.longs[timeSlot];
    if (needsAge) {
      states.ageMicros = clock.microsToEndOfDay(timeKind, row.longs[timeSlot]);
    }
    states.add(group, row, argumentSlots);
  }

  /** How many records were begun, so that one that fails can be told. */
  long taken() {
    return taken;
  }

  /**
   * What was met.
   *
   * @param sentOn how many states
   */
  PartialCounts counts(long sentOn) {
    return new PartialCounts(
        read, withoutEntity, withoutTime, filtered, filterErrors, evaluator.failures(), sentOn);
  }

  /** The first error of an expression, for a person. */
  Optional<String> firstError() {
    return evaluator.firstFailure();
  }
}
