package io.millrace.source;

import io.millrace.quality.Rejection;
import io.millrace.row.Column;
import io.millrace.row.ColumnDefault;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import io.millrace.spec.FormatSpec;
import io.millrace.spec.Located;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

/**
 * CSV, one record a line (RFC 4180 without line breaks inside quotes). Text is kept as it is; other
 * types are read without the blanks around them, and nothing but blanks is NULL. A line of zero
 * length is blank, but for files of one column.
 */
public final class CsvDecoder implements LineDecoder {
  private static final int MOST_CHARACTERS_SHOWN = 60;

  private enum Failure {
    NONE,
    HEADER,
    FIELDS,
    COUNT,
    TYPE,
    REQUIRED
  }

  /** What a field of the file fills. */
  private static final class Target {
    final Column column;
    final int slot;
    final boolean nullable;
    final boolean text;
    final FieldParser parser;

    Target(Column column, int slot, FieldParser parser) {
      this.column = column;
      this.slot = slot;
      this.nullable = column.type().nullable();
      this.text = column.type().kind() == Kind.STRING;
      this.parser = parser;
    }
  }

  private final FormatSpec.Csv format;
  private final RowType type;
  private final CsvFields fields;
  private final NullMarkers nulls;
  private final Target[] columns;

  private byte[] headerLine = new byte[0];
  private CsvHeader header;
  private int width;
  private int[] wanted = new int[0];
  private Target[] targets = new Target[0];
  private ColumnDefault[] defaults = new ColumnDefault[0];

  private Failure failure = Failure.NONE;
  private CsvFields.Result split = CsvFields.Result.FINE;
  private int failedField;
  private int lineStart;
  private Row failedRow = new Row(0);

  /**
   * @param type the columns of the source; they fill the first slots of the rows
   * @param zone of timestamps that are written without one
   */
  public CsvDecoder(FormatSpec.Csv format, RowType type, ZoneId zone) {
    this.format = format;
    this.type = type;
    fields = new CsvFields(format);
    nulls = new NullMarkers(format.nulls());
    List<String> timestamps = format.timestamps().stream().map(Located::value).toList();
    columns = new Target[type.size()];
    for (int slot = 0; slot < columns.length; slot++) {
      Column column = type.columns().get(slot);
      columns[slot] = new Target(column, slot, FieldParser.of(column.type(), timestamps, zone));
    }
    header = CsvHeader.ofSchema(type);
    use(header);
  }

  @Override
  public void startFile(byte[] line) {
    if (format.header() && (headerLine.length == 0 || !Arrays.equals(line, headerLine))) {
      headerLine = line.clone();
      header = CsvHeader.parse(line, format, type);
      use(header);
    }
  }

  @Override
  public List<String> unknownColumns() {
    return header.unknownColumns();
  }

  @Override
  public List<String> ignoredColumns() {
    return header.ignoredColumns();
  }

  /** The header in force. */
  public CsvHeader header() {
    return header;
  }

  private void use(CsvHeader used) {
    width = used.names().size();
    wanted = new int[width];
    targets = new Target[width];
    int count = 0;
    for (int field = 0; field < width; field++) {
      int slot = used.slot(field);
      if (slot != CsvHeader.IGNORED) {
        wanted[count] = field;
        targets[count++] = columns[slot];
      }
    }
    wanted = Arrays.copyOf(wanted, count);
    targets = Arrays.copyOf(targets, count);
    defaults =
        used.absentColumns().stream()
            .filter(column -> column.defaultValue() != null)
            .map(column -> ColumnDefault.written(column, type.slot(column.name())))
            .toArray(ColumnDefault[]::new);
  }

  @Override
  public Outcome decode(byte[] bytes, int offset, int length, Row row) {
    if (length == 0 && width != 1) {
      return Outcome.BLANK;
    }
    lineStart = row.load(bytes, offset, length);
    if (header.rejection().isPresent()) {
      return reject(Failure.HEADER, 0, row);
    }
    split = fields.split(row, lineStart);
    if (split != CsvFields.Result.FINE) {
      return reject(Failure.FIELDS, 0, row);
    }
    if (fields.count() != width) {
      return reject(Failure.COUNT, 0, row);
    }
    if (!fill(row)) {
      return Outcome.REJECTED;
    }
    for (ColumnDefault each : defaults) {
      each.fill(row);
    }
    return Outcome.RECORD;
  }

  private boolean fill(Row row) {
    byte[] bytes = row.bytes;
    for (int i = 0; i < targets.length; i++) {
      Target target = targets[i];
      int from = fields.start(wanted[i]);
      int to = fields.end(wanted[i]);
      Failure found = Failure.NONE;
      if (nulls.contains(bytes, from, to)) {
        found = fillNull(target, row);
      } else if (target.text) {
        row.setSlice(target.slot, from, to - from);
      } else {
        found = fillTrimmed(target, bytes, from, to, row);
      }
      if (found != Failure.NONE) {
        reject(found, i, row);
        return false;
      }
    }
    return true;
  }

  private Failure fillTrimmed(Target target, byte[] bytes, int start, int end, Row row) {
    int from = start;
    int to = end;
    while (from < to && CsvFields.isBlank(bytes[from])) {
      from++;
    }
    while (from < to && CsvFields.isBlank(bytes[to - 1])) {
      to--;
    }
    if (from == to || (to - from != end - start && nulls.contains(bytes, from, to))) {
      return fillNull(target, row);
    }
    return target.parser.parse(bytes, from, to, row, target.slot) ? Failure.NONE : Failure.TYPE;
  }

  private static Failure fillNull(Target target, Row row) {
    row.setNull(target.slot);
    return target.nullable ? Failure.NONE : Failure.REQUIRED;
  }

  private Outcome reject(Failure why, int field, Row row) {
    failure = why;
    failedField = field;
    failedRow = row;
    return Outcome.REJECTED;
  }

  @Override
  public Rejection rejection() {
    return switch (failure) {
      case NONE -> throw new IllegalStateException("Cannot say why: no line was rejected");
      case HEADER -> header.rejection().orElseThrow();
      case FIELDS ->
          new Rejection(
              split == CsvFields.Result.NOT_UTF8 ? Rejection.ENCODING : Rejection.QUOTE,
              CsvProblems.of(split, fields, failedRow, lineStart));
      case COUNT ->
          new Rejection(
              Rejection.COLUMNS,
              "found "
                  + fields.count()
                  + " fields, expected "
                  + width
                  + (format.header() ? " as the header" : " as the schema"));
      case TYPE ->
          new Rejection(
              Rejection.TYPE, found() + ", expected " + targets[failedField].parser.expected());
      case REQUIRED ->
          new Rejection(
              Rejection.REQUIRED,
              found()
                  + ", which is NULL, expected "
                  + targets[failedField].column.type().sqlName()
                  + " that is not NULL");
    };
  }

  private String found() {
    return "column " + targets[failedField].column.name() + ": found '" + failedText() + "'";
  }

  private String failedText() {
    int field = wanted[failedField];
    String text =
        new String(
            failedRow.bytes,
            fields.start(field),
            fields.end(field) - fields.start(field),
            StandardCharsets.UTF_8);
    if (text.codePointCount(0, text.length()) <= MOST_CHARACTERS_SHOWN) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, MOST_CHARACTERS_SHOWN)) + "…";
  }
}
