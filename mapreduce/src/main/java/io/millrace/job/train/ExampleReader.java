package io.millrace.job.train;

import io.millrace.job.io.RecordBlock;
import io.millrace.job.io.Slice;
import io.millrace.learn.DesignRow;
import io.millrace.learn.Part;
import io.millrace.learn.prepare.PreparedInput;
import io.millrace.learn.prepare.Preparer;
import io.millrace.pipeline.Training;
import io.millrace.row.ByteCursor;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowDecoder;
import io.millrace.row.RowType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Reads training rows as a fit sees them: prepared, with label and weight. Not thread-safe. */
public final class ExampleReader {
  /** Takes examples, one by one. */
  public interface Sink {
    /**
     * Takes one.
     *
     * @param row reused for the next one
     * @param label the number of a class, 0 and 1 of a condition, or the number itself
     */
    void take(DesignRow row, double label, double weight) throws IOException, InterruptedException;
  }

  private static final String FALSE = "0";
  private static final String TRUE = "1";

  private final ExampleSettings settings;
  private final Set<Part> parts;
  private final Map<String, Integer> classes = new HashMap<>();
  private final ByteCursor cursor = new ByteCursor();
  private final DesignRow design;
  private @Nullable Layout layout;
  private long taken;

  /**
   * @param parts of the training set that are read; rows of the others are passed over
   */
  public ExampleReader(ExampleSettings settings, Set<Part> parts) {
    this.settings = settings;
    this.parts = Set.copyOf(parts);
    settings.classes().names().forEach(name -> classes.put(name, classes.size()));
    design = new DesignRow(settings.preparation().width());
  }

  /** How many records were begun. */
  public long taken() {
    return taken;
  }

  /** Reads the records of a block, which says with what schema they were written. */
  public void read(RecordBlock block, Sink sink) throws IOException, InterruptedException {
    Layout current = layout;
    if (current == null || !current.schema.equals(block.schema())) {
      current = new Layout(block.schema());
      layout = current;
    }
    Slice bytes = block.bytes();
    Row row = current.row;
    int start = row.load(bytes.array(), bytes.offset(), bytes.length());
    int end = row.end();
    cursor.reset(row.bytes, start, bytes.length());
    for (long i = 0; i < block.count(); i++) {
      taken++;
      current.decoder.decode(cursor, row);
      if (current.isWanted()) {
        current.preparer.prepare(row, design);
        current.give(design, sink);
      }
      row.truncate(end);
    }
  }

  /** Where records of one schema have what. */
  private final class Layout {
    private final Schema schema;
    private final RowDecoder decoder;
    private final Row row;
    private final Preparer preparer;
    private final int partSlot;
    private final int labelSlot;
    private final int weightSlot;
    private final boolean labelIsText;
    private final EnumMap<Part, byte[]> words = new EnumMap<>(Part.class);

    Layout(Schema schema) {
      this.schema = schema;
      RowType written = RowType.fromAvro(schema);
      Set<String> wanted =
          new HashSet<>(
              List.of(Training.EXAMPLE_SPLIT, Training.EXAMPLE_LABEL, Training.EXAMPLE_WEIGHT));
      settings.preparation().inputs().stream().map(PreparedInput::name).forEach(wanted::add);
      decoder = new RowDecoder(written, written, wanted);
      row = new Row(written.size());
      preparer = settings.preparation().preparer(written);
      partSlot = written.slot(Training.EXAMPLE_SPLIT);
      labelSlot = written.slot(Training.EXAMPLE_LABEL);
      weightSlot = written.slot(Training.EXAMPLE_WEIGHT);
      labelIsText = written.column(Training.EXAMPLE_LABEL).type().kind() == Kind.STRING;
      for (Part part : parts) {
        words.put(part, part.word().getBytes(StandardCharsets.US_ASCII));
      }
    }

    boolean isWanted() {
      int from = row.offsets[partSlot];
      int to = from + row.lengths[partSlot];
      for (byte[] word : words.values()) {
        if (Arrays.equals(row.bytes, from, to, word, 0, word.length)) {
          return true;
        }
      }
      return false;
    }

    void give(DesignRow prepared, Sink sink) throws IOException, InterruptedException {
      double weight = row.doubles[weightSlot];
      if (classes.isEmpty()) {
        sink.take(prepared, row.doubles[labelSlot], weight);
        return;
      }
      String name =
          labelIsText ? row.string(labelSlot) : row.doubles[labelSlot] == 0 ? FALSE : TRUE;
      Integer number = classes.get(name);
      if (number == null) {
        throw new IllegalArgumentException(
            "Cannot learn from a row of class %s: it is none of %s"
                .formatted(name, settings.classes().names()));
      }
      List<Double> weights = settings.classes().weights();
      sink.take(
          prepared,
          labelIsText ? number : row.doubles[labelSlot],
          weights.isEmpty() ? weight : weight * weights.get(number));
    }
  }
}
