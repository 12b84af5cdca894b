package io.millrace.learn.prepare;

import io.millrace.aggregate.ValueTable;
import io.millrace.learn.DesignRow;
import io.millrace.row.Column;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Makes the design columns of one input. */
abstract sealed class InputPreparer {
  /** The first of its design columns. */
  final int first;

  private InputPreparer(int first) {
    this.first = first;
  }

  static InputPreparer of(PreparedInput input, RowType layout, int first) {
    if (input instanceof PreparedInput.Numeric number) {
      return new OfNumber(number, reader(input, layout), first);
    }
    if (input instanceof PreparedInput.Missing) {
      return new OfMissing(reader(input, layout), first);
    }
    if (input instanceof PreparedInput.Buckets buckets) {
      return new OfBuckets(buckets, reader(input, layout), first);
    }
    if (input instanceof PreparedInput.NumberCategories categories) {
      return new OfNumberCategories(categories, reader(input, layout), first);
    }
    if (input instanceof PreparedInput.TextCategories categories) {
      return new OfTextCategories(categories, textSlot(input, layout), first);
    }
    return new OfTextOrder((PreparedInput.TextOrder) input, textSlot(input, layout), first);
  }

  abstract void prepare(Row row, DesignRow out);

  private static NumberReader reader(PreparedInput input, RowType layout) {
    Column column = layout.column(input.name());
    Kind kind = column.type().kind();
    if (!kind.isNumeric() && kind != Kind.BOOLEAN) {
      throw mismatch(column, "a number or BOOLEAN");
    }
    return new NumberReader(column.type(), layout.slot(input.name()));
  }

  private static int textSlot(PreparedInput input, RowType layout) {
    Column column = layout.column(input.name());
    if (column.type().kind() != Kind.STRING) {
      throw mismatch(column, "VARCHAR");
    }
    return layout.slot(input.name());
  }

  private static IllegalArgumentException mismatch(Column column, String trained) {
    return new IllegalArgumentException(
        "Cannot prepare %s, which is %s: it was %s when the model was trained"
            .formatted(column.name(), column.type().sqlName(), trained));
  }

  private static double through(NumberStep[] steps, double value) {
    double result = value;
    for (NumberStep step : steps) {
      result = step.apply(result);
    }
    return result;
  }

  private static ValueTable table(List<String> values) {
    ValueTable table = new ValueTable();
    for (String value : values) {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      table.number(utf8, 0, utf8.length);
    }
    return table;
  }

  /** The number of a text, of NULL that of the empty one, or -1. */
  private static int find(ValueTable values, Row row, int slot) {
    return values.find(row.bytes, row.offsets[slot], row.nulls[slot] ? 0 : row.lengths[slot]);
  }

  private static final class OfNumber extends InputPreparer {
    private final NumberReader reader;
    private final NumberStep[] steps;
    private final boolean indicator;

    OfNumber(PreparedInput.Numeric input, NumberReader reader, int first) {
      super(first);
      this.reader = reader;
      steps = input.steps().toArray(NumberStep[]::new);
      indicator = input.indicator();
    }

    @Override
    void prepare(Row row, DesignRow out) {
      double value = reader.read(row);
      out.add(first, through(steps, value));
      if (indicator && Double.isNaN(value)) {
        out.add(first + 1, 1);
      }
    }
  }

  private static final class OfMissing extends InputPreparer {
    private final NumberReader reader;

    OfMissing(NumberReader reader, int first) {
      super(first);
      this.reader = reader;
    }

    @Override
    void prepare(Row row, DesignRow out) {
      out.add(first, Double.isNaN(reader.read(row)) ? 1 : 0);
    }
  }

  private static final class OfBuckets extends InputPreparer {
    private final NumberReader reader;
    private final NumberStep[] steps;
    private final double[] edges;
    private final boolean indicator;

    OfBuckets(PreparedInput.Buckets input, NumberReader reader, int first) {
      super(first);
      this.reader = reader;
      steps = input.steps().toArray(NumberStep[]::new);
      edges = input.edges().stream().mapToDouble(Double::doubleValue).toArray();
      indicator = input.indicator();
    }

    @Override
    void prepare(Row row, DesignRow out) {
      double value = reader.read(row);
      double prepared = through(steps, value);
      if (!Double.isNaN(prepared)) {
        out.add(first + bucket(prepared), 1);
      }
      if (indicator && Double.isNaN(value)) {
        out.add(first + edges.length + 1, 1);
      }
    }

    /** How many edges lie at or below a number. */
    private int bucket(double value) {
      int at = Arrays.binarySearch(edges, value + 0.0);
      return at >= 0 ? at + 1 : ~at;
    }
  }

  private static final class OfNumberCategories extends InputPreparer {
    private final NumberReader reader;
    private final double[] values;
    private final int other;
    private final int missing;

    OfNumberCategories(PreparedInput.NumberCategories input, NumberReader reader, int first) {
      super(first);
      this.reader = reader;
      values = input.values().stream().mapToDouble(Double::doubleValue).toArray();
      other = input.other() ? first + values.length : -1;
      missing = input.indicator() ? first + input.columns().size() - 1 : -1;
    }

    @Override
    void prepare(Row row, DesignRow out) {
      double value = reader.read(row);
      int at = Double.isNaN(value) ? missing : column(value);
      if (at >= 0) {
        out.add(at, 1);
      }
    }

    private int column(double value) {
      int at = Arrays.binarySearch(values, value + 0.0);
      return at >= 0 ? first + at : other;
    }
  }

  private static final class OfTextCategories extends InputPreparer {
    private final ValueTable values;
    private final int slot;
    private final int other;

    OfTextCategories(PreparedInput.TextCategories input, int slot, int first) {
      super(first);
      values = table(input.values());
      this.slot = slot;
      other = input.other() ? first + input.values().size() : -1;
    }

    @Override
    void prepare(Row row, DesignRow out) {
      int number = find(values, row, slot);
      int at = number >= 0 ? first + number : other;
      if (at >= 0) {
        out.add(at, 1);
      }
    }
  }

  private static final class OfTextOrder extends InputPreparer {
    private final ValueTable values;
    private final int slot;

    OfTextOrder(PreparedInput.TextOrder input, int slot, int first) {
      super(first);
      values = table(input.values());
      this.slot = slot;
    }

    @Override
    void prepare(Row row, DesignRow out) {
      out.add(first, find(values, row, slot));
    }
  }
}
