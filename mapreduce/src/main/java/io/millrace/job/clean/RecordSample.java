package io.millrace.job.clean;

import io.millrace.job.io.Slice;
import io.millrace.quality.SampleFilter;
import io.millrace.row.Row;
import io.millrace.row.RowDecoder;
import io.millrace.row.RowType;
import org.apache.avro.Schema;

/** Tells of encoded clean records whether they are in the sample. Not thread-safe. */
final class RecordSample {
  private final SampleFilter filter;
  private final RowDecoder decoder;
  private final Row row;

  RecordSample(String rowSchema, CleanSettings.SampleSettings sample) {
    RowType rows = RowType.fromAvro(new Schema.Parser().parse(rowSchema));
    filter = new SampleFilter(rows, sample.columns(), sample.hashLimit());
    decoder = new RowDecoder(rows, rows, sample.columns());
    row = new Row(rows.size());
  }

  boolean takes(Slice record) {
    decoder.decode(record.array(), record.offset(), record.length(), row);
    return filter.hasEntity(row)
        ? filter.takes(row)
        : filter.takes(record.array(), record.offset(), record.length());
  }
}
