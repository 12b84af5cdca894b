package io.millrace.learn.prepare;

import io.millrace.aggregate.ValueForm;
import io.millrace.aggregate.ValueTable;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Column;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one pass over the training set gathers: of the rows of the split {@code train}, statistics
 * of each input, for each class of the label apart; of all rows, labels by split, and how inputs
 * are filled by date. Each row counts once, whatever its weight. Merges associatively and
 * commutatively to the bit. Not thread-safe.
 */
public final class TableStatistics {
  /** The split of which inputs' statistics are. */
  static final String TRAIN = "train";

  /** Where there are more classes, inputs' statistics are not kept for each apart. */
  static final int MOST_CLASSES = 32;

  private static final byte[] TRAIN_BYTES = TRAIN.getBytes(StandardCharsets.UTF_8);

  private final StatisticsPlan plan;
  private final List<Column> columns;
  private final int[] slots;
  private final Column label;
  private final int labelSlot;
  private final int splitSlot;
  private final ValueForm labelForm;
  private final SortedMap<String, LabelStatistics> labels = new TreeMap<>();
  private final DatePresence presence;
  private final List<LabelLink> links = new ArrayList<>();
  private final List<NumberReader> linked = new ArrayList<>();
  private final NumberReader labelNumber;

  private ValueTable classNames = new ValueTable();
  private final List<ClassStatistics> classes = new ArrayList<>();

  /** Whether the classes are too many, so that the first statistics are those of all. */
  private boolean together;

  public TableStatistics(StatisticsPlan plan) {
    this.plan = plan;
    RowType rows = plan.rows();
    List<String> names = plan.inputs().stream().map(StatisticsPlan.Input::name).toList();
    columns = names.stream().map(rows::column).toList();
    slots = rows.slots(names);
    label = rows.column(plan.example().label());
    labelSlot = rows.slot(label.name());
    labelForm = new ValueForm(label.type());
    labelNumber = new NumberReader(label.type(), labelSlot);
    splitSlot = rows.slot(plan.example().split());
    presence = new DatePresence(columns, slots, rows.slot(plan.example().date()));
    if (!plan.byClass()) {
      for (int i = 0; i < slots.length; i++) {
        links.add(new LabelLink());
        linked.add(new NumberReader(columns.get(i).type(), slots[i]));
      }
    }
  }

  /** Adds a row of the training set. */
  public void add(Row row) {
    presence.add(row);
    labels(row.string(splitSlot)).add(row);
    if (Arrays.equals(
        row.bytes,
        row.offsets[splitSlot],
        row.offsets[splitSlot] + row.lengths[splitSlot],
        TRAIN_BYTES,
        0,
        TRAIN_BYTES.length)) {
      classOf(row).add(row);
      for (int i = 0; i < links.size(); i++) {
        links.get(i).add(linkedNumber(row, i), labelNumber.read(row));
      }
    }
  }

  /** Of text, only whether it is NULL. */
  private double linkedNumber(Row row, int input) {
    if (columns.get(input).type().kind() == Kind.STRING) {
      return row.nulls[slots[input]] ? Double.NaN : 0;
    }
    return linked.get(input).read(row);
  }

  private LabelStatistics labels(String split) {
    return labels.computeIfAbsent(split, name -> noLabels());
  }

  private LabelStatistics noLabels() {
    return new LabelStatistics(label.type(), plan.byClass(), labelSlot);
  }

  private ClassStatistics classOf(Row row) {
    if (!plan.byClass() || together) {
      return classOf(new byte[0], 0, 0);
    }
    labelForm.take(row, labelSlot);
    return classOf(labelForm.array(), labelForm.offset(), labelForm.length());
  }

  private ClassStatistics classOf(byte[] name, int offset, int length) {
    int number = together ? 0 : classNames.number(name, offset, length);
    if (number == classes.size()) {
      classes.add(new ClassStatistics(plan, columns, slots));
      if (classes.size() > MOST_CLASSES) {
        putTogether();
        return classes.get(0);
      }
    }
    return classes.get(number);
  }

  private void putTogether() {
    together = true;
    classNames = new ValueTable();
    ClassStatistics all = classes.get(0);
    classes.subList(1, classes.size()).forEach(all::add);
    classes.subList(1, classes.size()).clear();
  }

  /** Appends what {@link #merge} reads: the same bytes for the same rows in any order. */
  public void write(ByteBuilder out) {
    out.putVarint(labels.size());
    labels.forEach(
        (split, ofSplit) -> {
          byte[] name = split.getBytes(StandardCharsets.UTF_8);
          out.putSlice(name, 0, name.length);
          ofSplit.write(out);
        });
    presence.write(out);
    links.forEach(link -> link.write(out));
    out.putByte(together ? 1 : 0);
    out.putVarint(classes.size());
    int[] order = together ? new int[classes.size()] : classNames.ascending();
    for (int number : order) {
      if (!together) {
        out.putSlice(classNames.array(), classNames.offset(number), classNames.length(number));
      }
      classes.get(number).write(out);
    }
  }

  /** Adds what was written of other rows by the same plan. */
  public void merge(ByteCursor encoded) {
    long splits = encoded.readVarint();
    for (long i = 0; i < splits; i++) {
      int length = encoded.readLength();
      int at = encoded.advance(length);
      labels(new String(encoded.array(), at, length, StandardCharsets.UTF_8)).merge(encoded);
    }
    presence.merge(encoded);
    links.forEach(link -> link.merge(encoded));
    boolean theirsTogether = encoded.readByte() != 0;
    long theirs = encoded.readVarint();
    if (theirsTogether && !together && !classes.isEmpty()) {
      putTogether();
    }
    together |= theirsTogether;
    for (long i = 0; i < theirs; i++) {
      int length = theirsTogether ? 0 : encoded.readLength();
      int at = encoded.advance(length);
      classOf(encoded.array(), at, length).merge(encoded);
    }
  }

  /** The labels of a split, {@code train}, {@code validation} or {@code test}. */
  public LabelSummary labelsOf(String split) {
    return labels.getOrDefault(split, noLabels()).summary();
  }

  /** How many rows the split {@code train} has. */
  public long trainRows() {
    return labelsOf(TRAIN).rows();
  }

  /** The inputs, in the order of the rows' columns. */
  List<Column> inputs() {
    return columns;
  }

  /** The statistics of an input over all training rows. */
  InputStatistics input(String name) {
    int number = number(name);
    InputStatistics all =
        InputStatistics.of(
            columns.get(number), slots[number], plan.inputs().get(number).logarithm());
    ByteBuilder bytes = new ByteBuilder();
    for (ClassStatistics each : classes) {
      each.input(number).write(bytes.clear());
      all.merge(new ByteCursor().reset(bytes.array(), 0, bytes.length()));
    }
    return all;
  }

  private int number(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("Cannot find statistics of " + name);
  }

  /** Whether inputs have statistics for each class apart. */
  boolean isByClass() {
    return plan.byClass() && !together;
  }

  /** The classes that have training rows, by their labels, in the labels' order. */
  SortedMap<String, ClassStatistics> classes() {
    SortedMap<String, ClassStatistics> byName = new TreeMap<>();
    for (int number = 0; number < classNames.size(); number++) {
      byName.put(ClassName.of(classNames, number, label.type()), classes.get(number));
    }
    return byName;
  }

  /** How an input goes with a label that is a number. */
  LabelLink link(int input) {
    return links.get(input);
  }

  DatePresence presence() {
    return presence;
  }
}
