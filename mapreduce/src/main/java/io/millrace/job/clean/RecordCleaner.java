package io.millrace.job.clean;

import io.millrace.avro.Quarantined;
import io.millrace.job.io.Slice;
import io.millrace.quality.EventTimeLimits;
import io.millrace.quality.Rejection;
import io.millrace.quality.RowCheck;
import io.millrace.quality.SampleFilter;
import io.millrace.row.ByteBuilder;
import io.millrace.row.Row;
import io.millrace.row.RowEncoder;
import io.millrace.row.RowType;
import io.millrace.source.LineDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Turns one line after the other into a key and a value of the clean shuffle: the clean row, or the
 * quarantined record with its reason. Not thread-safe.
 */
final class RecordCleaner {
  private static final int NO_SLOT = -1;
  private static final Slice NOTHING = new Slice();

  private final LineDecoder decoder;
  private final RowCheck check;
  private final Row row;
  private final RowEncoder recordEncoder;
  private final boolean byKey;
  private final int eventTimeSlot;
  private final RowKeys keys;
  private final RecordSink sink;
  private final @Nullable SampleFilter sample;
  private final boolean sampleRows;

  private final CleanKey quarantineKey = new CleanKey();
  private final ByteBuilder value = new ByteBuilder();
  private final Slice valueSlice = new Slice();
  private String file = "";
  private long sampledOut;

  RecordCleaner(CleanSettings settings, RecordSink sink) {
    this.sink = sink;
    ZoneId zone = ZoneId.of(settings.zone());
    RowType rows = rowType(settings.rowSchema());
    decoder = LineDecoder.of(settings.format(), rowType(settings.sourceSchema()), zone);
    String eventTime = settings.eventTime();
    EventTimeLimits limits =
        eventTime == null
            ? null
            : new EventTimeLimits(
                rows,
                eventTime,
                zone,
                LocalDate.parse(settings.landingDate()),
                settings.latenessDays());
    check = new RowCheck(rows, settings.program().load(), settings.steps(), limits);
    row = settings.program().newRow(rows.size());
    recordEncoder = new RowEncoder(rows);
    keys = new RowKeys(rows, settings);
    byKey = settings.duplicates().byKey();
    eventTimeSlot = eventTime == null ? NO_SLOT : rows.slot(eventTime);
    CleanSettings.SampleSettings share = settings.sample();
    sample = share == null ? null : new SampleFilter(rows, share.columns(), share.hashLimit());
    sampleRows = share != null && !share.afterDuplicates();
  }

  private static RowType rowType(String schema) {
    return RowType.fromAvro(new Schema.Parser().parse(schema));
  }

  /** The lines that follow come from this file. */
  void startFile(String name, byte[] header) {
    file = name;
    decoder.startFile(header);
  }

  /** Columns of the file that the schema does not know; they are not read. */
  List<String> unknownColumns() {
    return decoder.unknownColumns();
  }

  /** All columns of the file that are not read, those of a file that cannot be read included. */
  List<String> ignoredColumns() {
    return decoder.ignoredColumns();
  }

  /** Cleans one line. Returns whether there was a record on it. */
  boolean clean(byte[] bytes, int offset, int length, long position)
      throws IOException, InterruptedException {
    LineDecoder.Outcome outcome = decoder.decode(bytes, offset, length, row);
    if (outcome == LineDecoder.Outcome.BLANK) {
      return false;
    }
    Rejection rejection =
        outcome == LineDecoder.Outcome.REJECTED ? decoder.rejection() : check.check(row);
    if (isSampledOut(rejection, bytes, offset, length)) {
      sampledOut++;
    } else if (rejection == null) {
      emitRow();
    } else {
      quarantine(rejection, bytes, offset, length, position);
    }
    return true;
  }

  /**
   * Rejected records go by their bytes: they may have no entity, or one that is not repaired yet.
   */
  private boolean isSampledOut(
      @Nullable Rejection rejection, byte[] bytes, int offset, int length) {
    if (sample == null || (rejection == null && !sampleRows)) {
      return false;
    }
    return (rejection == null && sample.hasEntity(row))
        ? !sample.takes(row)
        : !sample.takes(bytes, offset, length);
  }

  /** How many records were left out, as their entities are not in the sample. */
  long sampledOut() {
    return sampledOut;
  }

  private void emitRow() throws IOException, InterruptedException {
    if (byKey) {
      value.clear();
      DuplicateFilter.putTime(value, row.longs[eventTimeSlot]);
      recordEncoder.encode(row, value);
      sink.accept(keys.of(row), valueSlice.set(value.array(), 0, value.length()));
    } else {
      sink.accept(keys.of(row), NOTHING);
    }
  }

  /** A {@link Quarantined}, field by field. */
  private void quarantine(Rejection rejection, byte[] bytes, int offset, int length, long position)
      throws IOException, InterruptedException {
    value.clear();
    putText(file);
    value.putVarint(position);
    putText(rejection.rule());
    putText(rejection.reason());
    value.putSlice(bytes, offset, length);
    sink.accept(
        quarantineKey.quarantined(file, position),
        valueSlice.set(value.array(), 0, value.length()));
  }

  private void putText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    value.putSlice(utf8, 0, utf8.length);
  }

  /** The schema of what is quarantined. */
  static Schema quarantineSchema() {
    return Quarantined.getClassSchema();
  }
}
