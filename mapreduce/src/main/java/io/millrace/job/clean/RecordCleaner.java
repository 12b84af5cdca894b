package io.millrace.job.clean;

import io.millrace.avro.Quarantined;
import io.millrace.expression.Program;
import io.millrace.job.io.Slice;
import io.millrace.quality.EventTimeLimits;
import io.millrace.quality.Rejection;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ColumnType;
import io.millrace.row.Row;
import io.millrace.row.RowEncoder;
import io.millrace.row.RowType;
import io.millrace.row.ValueText;
import io.millrace.source.LineDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Turns one line after the other into a key and a value of the clean shuffle: the clean row, or the
 * quarantined record with its reason. Not thread-safe.
 */
final class RecordCleaner {
  private static final Slice NOTHING = new Slice();

  private final LineDecoder decoder;
  private final RowType rows;
  private final Row row;
  private final Program program;
  private final List<CleanSettings.StepText> steps;
  private final Optional<EventTimeLimits> eventTimeLimits;
  private final int eventTimeSlot;
  private final boolean byKey;
  private final RowEncoder recordEncoder;
  private final RowEncoder keyEncoder;
  private final RecordSink sink;

  private final CleanKey key = new CleanKey();
  private final ByteBuilder value = new ByteBuilder();
  private final Slice valueSlice = new Slice();
  private String file = "";

  RecordCleaner(CleanSettings settings, RecordSink sink) {
    this.sink = sink;
    Schema.Parser schemas = new Schema.Parser();
    rows = RowType.fromAvro(schemas.parse(settings.rowSchema()));
    RowType source = RowType.fromAvro(new Schema.Parser().parse(settings.sourceSchema()));
    ZoneId zone = ZoneId.of(settings.zone());
    decoder = LineDecoder.of(settings.format(), source, zone);
    program = settings.program().load();
    row = settings.program().newRow(rows.size());
    steps = settings.steps();
    if (settings.eventTime().isEmpty()) {
      eventTimeSlot = -1;
      eventTimeLimits = Optional.empty();
    } else {
      eventTimeSlot = rows.slot(settings.eventTime());
      eventTimeLimits =
          Optional.of(
              new EventTimeLimits(
                  eventTimeSlot,
                  settings.eventTime(),
                  rows.column(settings.eventTime()).type(),
                  zone,
                  LocalDate.parse(settings.landingDate()),
                  settings.lateness()));
    }
    byKey = settings.duplicates().byKey();
    recordEncoder = new RowEncoder(rows);
    keyEncoder = new RowEncoder(rows, settings.keyColumns());
  }

  /** The lines that follow come from this file. */
  void startFile(String name, byte[] header) {
    file = name;
    decoder.startFile(header);
  }

  /** Cleans one line. Returns whether there was a record on it. */
  boolean clean(byte[] bytes, int offset, int length, long position)
      throws IOException, InterruptedException {
    LineDecoder.Outcome outcome = decoder.decode(bytes, offset, length, row);
    if (outcome == LineDecoder.Outcome.BLANK) {
      return false;
    }
    Rejection rejection = outcome == LineDecoder.Outcome.REJECTED ? decoder.rejection() : check();
    if (rejection == null) {
      emitRow();
    } else {
      quarantine(rejection, bytes, offset, length, position);
    }
    return true;
  }

  /** Why the row is not taken, or null. */
  private Rejection check() {
    int failed;
    try {
      failed = program.run(row);
    } catch (ArithmeticException | IllegalArgumentException e) {
      CleanSettings.StepText step = steps.get(row.step);
      return new Rejection(step.name(), e.getMessage() + ", in " + step.sql() + values(step));
    }
    if (failed != Program.ALL_HELD) {
      CleanSettings.StepText step = steps.get(failed);
      return new Rejection(step.name(), step.sql() + " is not true" + values(step));
    }
    return eventTimeLimits.isPresent() ? eventTimeLimits.get().check(row) : null;
  }

  private String values(CleanSettings.StepText step) {
    StringBuilder text = new StringBuilder();
    for (String column : step.columns()) {
      ColumnType type = rows.column(column).type();
      text.append(text.isEmpty() ? ": " : ", ").append(column).append(" = ");
      text.append(ValueText.of(row, rows.slot(column), type));
    }
    return text.toString();
  }

  private void emitRow() throws IOException, InterruptedException {
    if (byKey) {
      keyEncoder.encode(row, key.beginRow());
      value.clear();
      DuplicateFilter.putTime(value, row.longs[eventTimeSlot]);
      recordEncoder.encode(row, value);
      sink.accept(key.endRow(), valueSlice.set(value.array(), 0, value.length()));
    } else {
      recordEncoder.encode(row, key.beginRow());
      sink.accept(key.endRow(), NOTHING);
    }
  }

  private void quarantine(Rejection rejection, byte[] bytes, int offset, int length, long position)
      throws IOException, InterruptedException {
    value.clear();
    putText(file);
    value.putVarint(position);
    putText(rejection.rule());
    putText(rejection.reason());
    value.putSlice(bytes, offset, length);
    sink.accept(key.quarantined(file, position), valueSlice.set(value.array(), 0, value.length()));
  }

  private void putText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    value.putSlice(utf8, 0, utf8.length);
  }

  /** The schema of what {@link #quarantine} writes; its fields are in this order. */
  static Schema quarantineSchema() {
    return Quarantined.getClassSchema();
  }
}
