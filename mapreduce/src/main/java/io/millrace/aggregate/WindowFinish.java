package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.Column;
import io.millrace.row.DayClock;
import io.millrace.row.Row;
import io.millrace.row.RowEncoder;
import io.millrace.row.RowType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finishes the states of an entity into its encoded features: all of the first window, of the
 * second…, and the columns derived from them. What cannot be computed is NULL, which is counted.
 * Not thread-safe.
 */
public final class WindowFinish {
  private final GroupStates rings;
  private final int windows;
  private final List<ResultSettings> settings;
  private final List<Result> results;
  private final Evaluator evaluator;
  private final Row row;
  private final RowEncoder encoder;
  private final DerivedColumns derived;
  private final long windowEnd;

  /** Results of a window that could not be computed. */
  private final BitSet failed = new BitSet();

  private long finishErrors;
  private @Nullable String firstFinishError;

  WindowFinish(WindowSettings settings, List<Aggregate> aggregates, GroupStates rings) {
    this.rings = rings;
    this.settings = settings.results();
    windows = settings.windows().size();
    results =
        settings.results().stream()
            .map(result -> aggregates.get(result.state()).result(result))
            .toList();
    evaluator = new Evaluator(type(results), settings.computation());
    row = evaluator.newRow();
    encoder = new RowEncoder(evaluator.layout(), settings.outputs());
    windowEnd = new DayClock(ZoneId.of(settings.zone())).startOfDay(settings.lastDay() + 1);
    derived = new DerivedColumns(settings.derivation(), evaluator.layout(), windowEnd);
  }

  private static RowType type(List<Result> results) {
    List<Column> columns = new ArrayList<>();
    for (Result result : results) {
      columns.add(new Column("$" + columns.size(), result.type()));
    }
    columns.add(Aggregates.WINDOW_END);
    return new RowType("results", columns);
  }

  /** The encoded features of an entity without any event: all that follows its own columns. */
  public static byte[] ofNothing(WindowSettings settings) {
    List<Aggregate> aggregates = settings.newAggregates();
    GroupStates rings = new GroupStates(aggregates);
    rings.resize(settings.windows().size());
    ByteBuilder encoded = new ByteBuilder();
    new WindowFinish(settings, aggregates, rings).encode(encoded);
    return encoded.toByteArray();
  }

  /**
   * Appends the features of what lies in the rings: states of events that are in a window but in no
   * smaller one. The rings do not hold that any more afterwards.
   */
  void encode(ByteBuilder out) {
    derived.start();
    for (int window = 0; window < windows; window++) {
      if (window > 0) {
        rings.merge(window, rings, window - 1);
      }
      row.clear();
      failed.clear();
      for (int i = 0; i < results.size(); i++) {
        finish(window, i);
      }
      row.setLong(results.size(), windowEnd);
      evaluator.evaluate(row);
      // COALESCE must not make an ordinary value of one that is beyond its type
      for (int i = failed.nextSetBit(0); i >= 0; i = failed.nextSetBit(i + 1)) {
        evaluator.setNullWhatReads(evaluator.layout().columns().get(i).name(), row);
      }
      encoder.encode(row, out);
      derived.take(window, row);
    }
    derived.encode(out);
  }

  private void finish(int window, int result) {
    try {
      rings.finish(window, settings.get(result).state(), results.get(result), row, result);
    } catch (ArithmeticException e) {
      row.setNull(result);
      failed.set(result);
      finishErrors++;
      if (firstFinishError == null) {
        firstFinishError = e.getMessage();
      }
    }
  }

  /** How many values could not be computed. */
  long errors() {
    return finishErrors + evaluator.failures() + derived.errors();
  }

  /** The first value that could not be computed, for a person. */
  Optional<String> firstError() {
    return Optional.ofNullable(firstFinishError)
        .or(evaluator::firstFailure)
        .or(derived::firstError);
  }
}
