package io.millrace.job.train.trees;

import io.millrace.job.io.AvroRecordReader;
import io.millrace.job.io.RecordBlock;
import io.millrace.learn.DesignRow;
import io.millrace.learn.Part;
import io.millrace.learn.prepare.Preparer;
import io.millrace.learn.trees.Examples;
import io.millrace.row.ByteCursor;
import io.millrace.row.Row;
import io.millrace.row.RowDecoder;
import io.millrace.row.RowType;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** The prepared rows of one part, read from the files in their order. Not thread-safe. */
final class PartExamples implements Examples, Closeable {
  private final TreesJobSettings settings;
  private final Configuration configuration;
  private final String part;
  private final Runnable isAlive;
  private final RowType rowType;
  private final Row row;
  private final Preparer preparer;
  private final Map<String, Integer> classes = new HashMap<>();
  private final int splitSlot;
  private final int labelSlot;
  private final int weightSlot;
  private final RecordBlock block = new RecordBlock();
  private final ByteCursor cursor = new ByteCursor();

  private int nextFile;
  private @Nullable AvroRecordReader reader;
  private @Nullable RowDecoder decoder;
  private long left;
  private double label;
  private double weight;

  /**
   * @param isAlive told now and then
   */
  PartExamples(
      TreesJobSettings settings, Part part, Configuration configuration, Runnable isAlive) {
    this.settings = settings;
    this.configuration = configuration;
    this.part = part.word();
    this.isAlive = isAlive;
    rowType = RowType.fromAvro(new Schema.Parser().parse(settings.rowsSchema()));
    row = new Row(rowType.size());
    preparer = settings.preparation().preparer(rowType);
    settings.classes().forEach(name -> classes.put(name, classes.size()));
    splitSlot = rowType.slot(settings.columns().split());
    labelSlot = rowType.slot(settings.columns().label());
    weightSlot = rowType.slot(settings.columns().weight());
  }

  @Override
  public boolean next(DesignRow out) throws IOException {
    do {
      if (!nextRow()) {
        return false;
      }
    } while (!row.string(splitSlot).equals(part));
    preparer.prepare(row, out);
    label = readLabel();
    weight = row.doubles[weightSlot];
    if (!settings.classWeights().isEmpty()) {
      weight *= settings.classWeights().get((int) label);
    }
    return true;
  }

  private double readLabel() throws IOException {
    if (settings.classes().isEmpty()) {
      return row.doubles[labelSlot];
    }
    Integer number = classes.get(row.string(labelSlot));
    if (number == null) {
      throw new IOException(
          "Cannot find class %s among those of the rows to learn from: %s"
              .formatted(row.string(labelSlot), settings.classes()));
    }
    return number;
  }

  private boolean nextRow() throws IOException {
    while (left == 0) {
      if (reader != null && reader.next(block)) {
        isAlive.run();
        left = block.count();
        int start = row.load(block.bytes().array(), block.bytes().offset(), block.bytes().length());
        cursor.reset(row.bytes, start, block.bytes().length());
      } else if (!openNext()) {
        return false;
      }
    }
    left--;
    java.util.Objects.requireNonNull(decoder).decode(cursor, row);
    return true;
  }

  private boolean openNext() throws IOException {
    close();
    if (nextFile == settings.files().size()) {
      return false;
    }
    AvroRecordReader opened =
        AvroRecordReader.open(new Path(settings.files().get(nextFile++)), configuration);
    reader = opened;
    Set<String> wanted = new LinkedHashSet<>();
    settings.preparation().inputs().forEach(input -> wanted.add(input.name()));
    wanted.add(settings.columns().split());
    wanted.add(settings.columns().label());
    wanted.add(settings.columns().weight());
    decoder = new RowDecoder(RowType.fromAvro(opened.schema()), rowType, wanted);
    return true;
  }

  @Override
  public double label() {
    return label;
  }

  @Override
  public double weight() {
    return weight;
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
