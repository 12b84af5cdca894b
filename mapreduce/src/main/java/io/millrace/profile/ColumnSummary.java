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
 * The profile of one column. While its values are few, they are only counted; each goes into the
 * other states once, with its count, when there are too many or the profile is written. Not
 * thread-safe.
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
  private final FrequentValues frequent = new FrequentValues();
  private final List<String> results = new ArrayList<>();
  private final Totals totals;
  private final Optional<TextLengths> lengths;
  private boolean onlyCounted = true;
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
    results.forEach(function -> calls.add(new Totals.Call(function, type, slot, List.of())));
    if (type.kind().isNumeric()) {
      results.addAll(QUANTILES);
      QUANTILES.forEach(
          share ->
              calls.add(new Totals.Call("PERCENTILE", type, slot, List.of(new BigDecimal(share)))));
    }
    totals = new Totals(calls);
    lengths = type.kind() == Kind.STRING ? Optional.of(new TextLengths()) : Optional.empty();
  }

  void add(Row row) {
    rows++;
    if (row.nulls[slot]) {
      return;
    }
    values++;
    form.take(row, slot);
    boolean isCounted = form.length() <= LONGEST_COUNTED;
    if (onlyCounted) {
      if (isCounted && frequent.addIfExact(form.array(), form.offset(), form.length())) {
        return;
      }
      total();
    }
    if (isCounted) {
      frequent.add(form.array(), form.offset(), form.length());
    }
    totals.add(row);
    if (lengths.isPresent()) {
      lengths.get().add(row.bytes, row.offsets[slot], row.lengths[slot], 1);
    }
  }

  /** Puts what was counted so far into the other states, too. */
  private void total() {
    if (!onlyCounted) {
      return;
    }
    onlyCounted = false;
    Row row = new Row(slot + 1);
    for (FrequentValues.Counted counted : frequent.mostFrequent(FrequentValues.MOST)) {
      byte[] value = counted.value();
      row.clear();
      form.put(value, 0, value.length, row, slot);
      totals.add(row, counted.count());
      lengths.ifPresent(texts -> texts.add(value, 0, value.length, counted.count()));
    }
  }

  void write(ByteBuilder out) {
    total();
    out.putVarint(rows).putVarint(values);
    totals.write(out);
    lengths.ifPresent(texts -> texts.write(out));
    frequent.write(out);
  }

  /** Adds the stored state of a column of the same type. */
  void merge(ByteCursor encoded) {
    total();
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
