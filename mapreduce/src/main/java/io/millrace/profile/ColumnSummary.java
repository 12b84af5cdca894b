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

/**
 * The profile of one column. Values are only counted while they are among the frequent ones; what
 * came of a value goes into the other states at once when it no longer is, or the profile is
 * written. So a value that comes often costs a look-up. Not thread-safe.
 */
final class ColumnSummary {
  /** Most frequent values that are shown. */
  private static final int FREQUENT_SHOWN = 10;

  /** Longer values are not counted one by one, for memory is bounded. */
  private static final int LONGEST_COUNTED = 1024;

  private static final List<String> QUANTILES =
      List.of("0.01", "0.05", "0.25", "0.5", "0.75", "0.95", "0.99");

  private final String column;
  private final ColumnType type;
  private final int slot;
  private final ValueForm form;
  private final FrequentValues frequent = new FrequentValues(this::total);
  private final List<String> results = new ArrayList<>();
  private final Totals totals;

  /** Whether the totals are the same however often a value is added. */
  private final boolean countsOnce;

  private final ValueRange range = new ValueRange();
  private final Row value = new Row(1);
  private final Optional<TextLengths> lengths;
  private long rows;
  private long values;

  /**
   * @param slot of its values
   */
  ColumnSummary(String column, ColumnType type, int slot) {
    this.column = column;
    this.type = type;
    this.slot = slot;
    form = new ValueForm(type);
    results.addAll(List.of("APPROX_COUNT_DISTINCT", "MIN", "MAX"));
    if (type.kind().isNumeric()) {
      results.addAll(List.of("SUM_DOUBLE", "STDDEV"));
    }
    List<Totals.Call> calls = new ArrayList<>();
    results.forEach(function -> calls.add(new Totals.Call(function, type, 0, List.of())));
    if (type.kind().isNumeric()) {
      results.addAll(QUANTILES);
      QUANTILES.forEach(
          share ->
              calls.add(new Totals.Call("PERCENTILE", type, 0, List.of(new BigDecimal(share)))));
    }
    totals = new Totals(calls);
    countsOnce = !type.kind().isNumeric();
    lengths = type.kind() == Kind.STRING ? Optional.of(new TextLengths()) : Optional.empty();
  }

  void add(Row row) {
    rows++;
    if (row.nulls[slot]) {
      return;
    }
    values++;
    form.take(row, slot);
    if (form.length() <= LONGEST_COUNTED) {
      frequent.add(form.array(), form.offset(), form.length());
    } else {
      total(form.array(), form.offset(), form.length(), 1);
    }
  }

  /** Adds a value to all but the frequent ones. */
  private void total(byte[] source, int offset, int length, long times) {
    lengths.ifPresent(texts -> texts.add(source, offset, length, times));
    if (countsOnce
        && range.isInside(source, offset, length)
        && totals.isCounted(form.hash(source, offset, length))) {
      return; // as of nearly all values, they know enough
    }
    range.include(source, offset, length);
    value.clear();
    form.put(source, offset, length, value, 0);
    if (countsOnce || times == 1) {
      totals.add(value);
    } else {
      totals.add(value, times);
    }
  }

  void write(ByteBuilder out) {
    frequent.handOver();
    out.putVarint(rows).putVarint(values);
    totals.write(out);
    lengths.ifPresent(texts -> texts.write(out));
    frequent.write(out);
  }

  /** Adds the stored state of a column of the same type. */
  void merge(ByteCursor encoded) {
    frequent.handOver();
    rows += encoded.readVarint();
    values += encoded.readVarint();
    totals.merge(encoded);
    lengths.ifPresent(texts -> texts.merge(encoded));
    frequent.read(encoded);
  }

  /** What is stored of it. */
  ColumnProfile record() {
    ByteBuilder state = new ByteBuilder();
    write(state);
    Row finished = new Row(results.size());
    totals.finish(finished);
    Optional<TextLengths> texts = lengths.filter(any -> values > 0);
    return ColumnProfile.newBuilder()
        .setColumn(column)
        .setType(TypeText.of(type))
        .setRows(rows)
        .setNulls(rows - values)
        .setDistinct(Math.min(values, finished.longs[results.indexOf("APPROX_COUNT_DISTINCT")]))
        .setMin(text(finished, "MIN"))
        .setMax(text(finished, "MAX"))
        .setMean(result(finished, "SUM_DOUBLE").map(i -> finished.doubles[i] / values).orElse(null))
        .setStddev(number(finished, "STDDEV"))
        .setP01(number(finished, "0.01"))
        .setP05(number(finished, "0.05"))
        .setP25(number(finished, "0.25"))
        .setP50(number(finished, "0.5"))
        .setP75(number(finished, "0.75"))
        .setP95(number(finished, "0.95"))
        .setP99(number(finished, "0.99"))
        .setLengthMin(texts.map(TextLengths::least).orElse(null))
        .setLengthMean(texts.map(length -> length.sum() / values).orElse(null))
        .setLengthMax(texts.map(TextLengths::greatest).orElse(null))
        .setFrequent(
            frequent.mostFrequent(FREQUENT_SHOWN).stream()
                // others may be as frequent
                .filter(counted -> counted.count() > frequent.error())
                .map(this::shown)
                .toList())
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

  private Optional<Integer> result(Row finished, String name) {
    int result = results.indexOf(name);
    return result < 0 || finished.nulls[result] ? Optional.empty() : Optional.of(result);
  }

  private @Nullable String text(Row finished, String name) {
    return result(finished, name).map(i -> PlainValue.of(finished, i, type)).orElse(null);
  }

  private @Nullable Double number(Row finished, String name) {
    return result(finished, name).map(i -> finished.doubles[i]).orElse(null);
  }
}
