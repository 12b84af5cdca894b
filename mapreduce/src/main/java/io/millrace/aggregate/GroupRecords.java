package io.millrace.aggregate;

import io.millrace.row.ByteCursor;
import io.millrace.row.DayClock;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowDecoder;
import io.millrace.row.RowType;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;

/**
 * Encoded clean records as a feature group takes them: those that count, with their arguments and
 * their event day, one or several at a time. Counts what it leaves out. Not thread-safe.
 */
final class GroupRecords {
  private static final int NO_SLOT = -1;

  private final Evaluator evaluator;

  /** For the records that are held; they share a buffer. */
  private final Row[] rows;

  /** Of each record that is held, how many records were begun with it. */
  private final long[] numbers;

  private final RowDecoder decoder;
  private final ByteCursor cursor = new ByteCursor();
  private final int[] entitySlots;
  private final int timeSlot;
  private final Kind timeKind;
  private final DayClock clock;
  private final int[] argumentSlots;
  private int held;

  /** The row whose buffer holds the block, which ends at {@link #end}, and what was computed. */
  private Row buffer;

  private int end;

  private long taken;

  /** The number of the record that is worked on. */
  private long current;

  private long read;
  private long withoutEntity;
  private long withoutTime;
  private long filtered;
  private long filterErrors;

  /**
   * Without records.
   *
   * @param most how many are held at a time
   */
  GroupRecords(PartialSettings settings, int most) {
    evaluator = new Evaluator(settings.cleanType(), settings.computation());
    RowType layout = evaluator.layout();
    rows = new Row[most];
    Arrays.setAll(rows, i -> evaluator.newRow());
    buffer = rows[0];
    numbers = new long[most];
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

  /** The columns of a {@link #row}. */
  RowType layout() {
    return evaluator.layout();
  }

  /** Begins with encoded records, which lie one behind the other; none is held then. */
  void load(byte[] block, int offset, int length) {
    int start = buffer.load(block, offset, length);
    end = buffer.end();
    cursor.reset(buffer.bytes, start, length);
    held = 0;
  }

  /** A record that is held, by its number from 0 on. */
  Row row(int record) {
    return rows[record];
  }

  /** Holds no records any longer. */
  void release() {
    held = 0;
    buffer.truncate(end);
    current = taken;
  }

  /** Takes the next record, and says whether it counts; if so it is held behind the others. */
  boolean next() {
    current = ++taken;
    Row row = rows[held];
    row.goOnBehind(buffer);
    buffer = row;
    int behind = row.end();
    if (!take(row)) {
      row.truncate(behind);
      return false;
    }
    numbers[held++] = taken;
    return true;
  }

  private boolean take(Row row) {
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

  /** The event day of a record that is held. */
  long day(int record) {
    return clock.epochDay(timeKind, rows[record].longs[timeSlot]);
  }

  /**
   * Adds a record that is held to states.
   *
   * @param needsAge whether one of them asks for the record's age
   */
  void addTo(GroupStates states, int group, int record, boolean needsAge) {
    current = numbers[record];
    Row row = rows[record];
    states.eventTime = row.longs[timeSlot];
    if (needsAge) {
      states.ageMicros = clock.microsToEndOfDay(timeKind, row.longs[timeSlot]);
    }
    states.add(group, row, argumentSlots);
  }

  /** The number of the record that was worked on last, so that one that fails can be told. */
  long current() {
    return current;
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
