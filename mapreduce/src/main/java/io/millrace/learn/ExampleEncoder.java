package io.millrace.learn;

import static java.util.Objects.requireNonNull;

import io.millrace.row.ByteBuilder;
import io.millrace.row.Column;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowDecoder;
import io.millrace.row.RowEncoder;
import io.millrace.row.RowType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Writes training rows. Not thread-safe. */
public final class ExampleEncoder {
  /** Date, split, label and weight. */
  private static final int EXAMPLE_COLUMNS = 4;

  private final long[] dates;
  private final RowDecoder decoder;
  private final Row row;
  private final RowEncoder encoder;
  private final int dateSlot;
  private final int splitSlot;
  private final int labelSlot;
  private final int weightSlot;
  private final boolean labelIsText;
  private final Map<Part, Word> words = new EnumMap<>(Part.class);

  /**
   * An encoder.
   *
   * @param source the columns of the rows that training rows are made of
   */
  public ExampleEncoder(ExampleSettings settings, RowType source) {
    dates = settings.days().stream().mapToLong(ExampleSettings.Day::date).toArray();
    RowType rows = RowType.fromAvro(new Schema.Parser().parse(settings.schema()));
    int first = settings.key().size();
    List<Column> own = rows.columns().subList(first, first + EXAMPLE_COLUMNS);
    List<Column> columns = new ArrayList<>(own);
    List<String> wanted = new ArrayList<>();
    for (Column column : rows.columns()) {
      if (!own.contains(column)) {
        columns.add(column);
        wanted.add(column.name());
      }
    }
    RowType layout = new RowType(rows.name(), columns);
    decoder = new RowDecoder(source, layout, wanted);
    encoder = new RowEncoder(layout, rows.names());
    dateSlot = 0;
    splitSlot = 1;
    labelSlot = 2;
    weightSlot = 3;
    labelIsText = own.get(labelSlot).type().kind() == Kind.STRING;
    row = new Row(layout.size(), words());
  }

  /** Where the word of a part stands in the row's buffer. */
  private record Word(int offset, int length) {}

  /** The words of all parts, one behind the other, at the start of the row's buffer. */
  private byte[] words() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Part part : Part.values()) {
      byte[] word = part.word().getBytes(StandardCharsets.UTF_8);
      words.put(part, new Word(bytes.size(), word.length));
      bytes.writeBytes(word);
    }
    return bytes.toByteArray();
  }

  /** Appends the training row that is made of an encoded source row. */
  public void encode(byte[] source, int offset, int length, Example example, ByteBuilder out) {
    decoder.decode(source, offset, length, row);
    row.setLong(dateSlot, dates[example.day]);
    Word part = requireNonNull(words.get(example.part));
    row.setSlice(splitSlot, part.offset(), part.length());
    if (labelIsText) {
      int start = row.allocate(example.textLength);
      System.arraycopy(example.text, example.textOffset, row.bytes, start, example.textLength);
      row.setSlice(labelSlot, start, example.textLength);
    } else {
      row.setDouble(labelSlot, example.label);
    }
    row.setDouble(weightSlot, example.weight);
    encoder.encode(row, out);
  }
}
