package io.millrace.profile;

import io.millrace.aggregate.PlainValue;
import io.millrace.aggregate.Totals;
import io.millrace.aggregate.ValueForm;
import io.millrace.avro.ColumnProfile;
import io.millrace.avro.FrequentValue;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The profile of one column. Not thread-safe. */
final class ColumnSummary {
  /** Most frequent values that are shown. */
  private static final int FREQUENT_SHOWN = 10;

  private static final List<String> QUANTILES =
      List.of("0.01", "0.05", "0.25", "0.5", "0.75", "0.95", "0.99");

  private static final ColumnType LENGTH = ColumnType.of(Kind.LONG);

  private final String column;
  private final ColumnType type;
  private final int slot;
  private final Totals totals;
  private final List<String> names = new ArrayList<>();
  private final FrequentValues frequent = new FrequentValues();
  private final ValueForm form;
  private final Row results;
  private long rows;

  /**
   * @param slot of its values
   * @param lengthSlot of text, where its number of characters is
   */
  ColumnSummary(String column, ColumnType type, int slot, int lengthSlot) {
    this.column = column;
    this.type = type;
    this.slot = slot;
    form = new ValueForm(type);
    List<Totals.Call> calls = new ArrayList<>();
    want(calls, "values", "COUNT", type, slot);
    want(calls, "distinct", "APPROX_COUNT_DISTINCT", type, slot);
    want(calls, "min", "MIN", type, slot);
    want(calls, "max", "MAX", type, slot);
    if (type.kind().isNumeric()) {
      want(calls, "sum", "SUM_DOUBLE", type, slot);
      want(calls, "stddev", "STDDEV", type, slot);
      for (String share : QUANTILES) {
        names.add(share);
        calls.add(new Totals.Call("PERCENTILE", type, slot, List.of(new BigDecimal(share))));
      }
    }
    if (type.kind() == Kind.STRING) {
      want(calls, "length_min", "MIN", LENGTH, lengthSlot);
      want(calls, "length_sum", "SUM_DOUBLE", LENGTH, lengthSlot);
      want(calls, "length_max", "MAX", LENGTH, lengthSlot);
    }
    totals = new Totals(calls);
    results = new Row(calls.size());
  }

  /** A summary of nothing that others are merged into. */
  ColumnSummary(String column, ColumnType type) {
    this(column, type, 0, 1);
  }

  private void want(
      List<Totals.Call> calls, String name, String function, ColumnType argument, int ofSlot) {
    names.add(name);
    calls.add(new Totals.Call(function, argument, ofSlot, List.of()));
  }

  void add(Row row) {
    rows++;
    if (!row.nulls[slot]) {
      totals.add(row);
      form.take(row, slot);
      frequent.add(form.array(), form.offset(), form.length());
    }
  }

  void write(ByteBuilder out) {
    out.putVarint(rows);
    totals.write(out);
    frequent.write(out);
  }

  /** Adds the stored state of a column of the same type. */
  void merge(ByteCursor encoded) {
    rows += encoded.readVarint();
    totals.merge(encoded);
    FrequentValues more = new FrequentValues();
    more.read(encoded);
    frequent.add(more);
  }

  /** What is stored of it. */
  ColumnProfile record() {
    ByteBuilder state = new ByteBuilder();
    write(state);
    results.clear();
    totals.finish(results);
    long values = results.longs[names.indexOf("values")];
    return ColumnProfile.newBuilder()
        .setColumn(column)
        .setType(TypeText.of(type))
        .setRows(rows)
        .setNulls(rows - values)
        .setDistinct(results.longs[names.indexOf("distinct")])
        .setMin(text("min"))
        .setMax(text("max"))
        .setMean(mean("sum", values))
        .setStddev(number("stddev"))
        .setP01(number("0.01"))
        .setP05(number("0.05"))
        .setP25(number("0.25"))
        .setP50(number("0.5"))
        .setP75(number("0.75"))
        .setP95(number("0.95"))
        .setP99(number("0.99"))
        .setLengthMin(length("length_min"))
        .setLengthMean(mean("length_sum", values))
        .setLengthMax(length("length_max"))
        .setFrequent(frequent.mostFrequent(FREQUENT_SHOWN).stream().map(this::shown).toList())
        .setFrequentError(frequent.error())
        .setState(ByteBuffer.wrap(state.toByteArray()))
        .build();
  }

  private FrequentValue shown(FrequentValues.Counted counted) {
    byte[] value = counted.value();
    Row row = new Row(1);
    form.put(value, 0, value.length, row, 0);
    return new FrequentValue(PlainValue.of(row, 0, type), counted.count());
  }

  private Optional<Integer> result(String name) {
    int result = names.indexOf(name);
    return result < 0 || results.nulls[result] ? Optional.empty() : Optional.of(result);
  }

  private @Nullable String text(String name) {
    return result(name).map(result -> PlainValue.of(results, result, type)).orElse(null);
  }

  private @Nullable Double number(String name) {
    return result(name).map(result -> results.doubles[result]).orElse(null);
  }

  private @Nullable Double mean(String sum, long values) {
    return result(sum).map(result -> results.doubles[result] / values).orElse(null);
  }

  private @Nullable Long length(String name) {
    return result(name).map(result -> results.longs[result]).orElse(null);
  }
}
