package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.DayClock;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowDecoder;
import io.millrace.row.RowEncoder;
import io.millrace.row.RowType;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Folds clean records into one state for each entity and event day, in bounded memory: when that is
 * full, all states go to the sink and it starts anew. Not thread-safe.
 */
public final class PartialAggregator {
  private static final int NO_SLOT = -1;

  private final PartialSink sink;
  private final Evaluator evaluator;
  private final Row row;
  private final RowDecoder decoder;
  private final ByteCursor cursor = new ByteCursor();
  private final int[] entitySlots;
  private final RowEncoder entityEncoder;
  private final ByteBuilder key = new ByteBuilder();
  private final int timeSlot;
  private final Kind timeKind;
  private final DayClock clock;
  private final boolean needsAge;
  private final int[] argumentSlots;
  private final GroupStates states;
  private final GroupTable table;
  private final ByteBuilder encoded = new ByteBuilder();

  private long taken;
  private long read;
  private long withoutEntity;
  private long withoutTime;
  private long filtered;
  private long filterErrors;
  private long written;

  /**
   * An aggregator without states.
   *
   * @param tableBytes memory for states
   */
  public PartialAggregator(PartialSettings settings, long tableBytes, PartialSink sink) {
    this.sink = sink;
    evaluator = new Evaluator(settings.cleanType(), settings.computation());
    RowType layout = evaluator.layout();
    row = evaluator.newRow();
    decoder = new RowDecoder(settings.writtenType(), layout, settings.read());
    entitySlots = layout.slots(settings.entity());
    entityEncoder = new RowEncoder(withoutNulls(layout), settings.entity());
    timeSlot = layout.slot(settings.eventTime());
    timeKind = layout.column(settings.eventTime()).type().kind();
    clock = new DayClock(ZoneId.of(settings.zone()));
    argumentSlots =
        settings.arguments().stream()
            .mapToInt(column -> column.isEmpty() ? NO_SLOT : layout.slot(column))
            .toArray();
    List<Aggregate> aggregates = settings.newAggregates();
    needsAge = aggregates.stream().anyMatch(Aggregate::needsAge);
    states = new GroupStates(aggregates);
    table = new GroupTable(states, tableBytes);
  }

  /** Adds so many encoded records, one behind the other. */
  public void add(byte[] block, int offset, int length, long records)
      throws IOException, InterruptedException {
    int start = row.load(block, offset, length);
    int end = row.end();
    cursor.reset(row.bytes, start, length);
    for (long i = 0; i < records; i++) {
      taken++;
      decoder.decode(cursor, row);
      add();
      row.truncate(end);
    }
  }

  /** How many records were begun, so that one that fails can be told. */
  public long taken() {
    return taken;
  }

  /** Sends what is in memory to the sink. */
  public void flush() throws IOException, InterruptedException {
    for (int group = 0; group < table.size(); group++) {
      states.encode(group, encoded.clear());
      sink.write(table.keys(), table.keyOffset(group), table.keyLength(group), encoded);
    }
    written += table.size();
    table.clear();
  }

  public PartialCounts counts() {
    return new PartialCounts(
        read, withoutEntity, withoutTime, filtered, filterErrors, evaluator.failures(), written);
  }

  /** The first error of an expression, for a person. */
  public Optional<String> firstError() {
    return evaluator.firstFailure();
  }

  private void add() throws IOException, InterruptedException {
    read++;
    for (int slot : entitySlots) {
      if (row.nulls[slot]) {
        withoutEntity++;
        return;
      }
    }
    if (row.nulls[timeSlot]) {
      withoutTime++;
      return;
    }
    switch (evaluator.evaluate(row)) {
      case COMPUTED -> {
        int group = group();
        states.eventTime = row.longs[timeSlot];
        if (needsAge) {
          states.ageMicros = clock.microsToEndOfDay(timeKind, row.longs[timeSlot]);
        }
        states.add(group, row, argumentSlots);
        if (table.isOverfull()) {
          flush();
        }
      }
      case FILTERED -> filtered++;
      case FILTER_FAILED -> filterErrors++;
    }
  }

  private int group() throws IOException, InterruptedException {
    entityEncoder.encode(row, key.clear().putBigEndian(0L));
    long day = clock.epochDay(timeKind, row.longs[timeSlot]);
    long hash = PartialKey.complete(key, day) + day;
    int group = table.group(key.array(), 0, key.length(), hash);
    if (group == GroupTable.NO_ROOM) {
      flush();
      group = table.group(key.array(), 0, key.length(), hash);
    }
    return group;
  }

  private static RowType withoutNulls(RowType layout) {
    List<Column> columns =
        layout.columns().stream()
            .map(column -> new Column(column.name(), notNull(column.type())))
            .toList();
    return new RowType(layout.name(), columns);
  }

  private static ColumnType notNull(ColumnType type) {
    return type.withNullable(false);
  }
}
