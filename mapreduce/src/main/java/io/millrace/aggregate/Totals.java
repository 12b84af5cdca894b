package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.ColumnType;
import io.millrace.row.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Several calls over all rows together: their states, each kept once, and their results. Not
 * thread-safe.
 */
public final class Totals {
  /**
   * A call of an aggregate function.
   *
   * @param function its name in upper case
   * @param slot of its argument
   */
  public record Call(String function, ColumnType argument, int slot, List<BigDecimal> parameters) {
    public Call {
      parameters = List.copyOf(parameters);
    }
  }

  private record State(StateSettings settings, int slot) {}

  private static final int ALL = 0;
  private static final int POWER = 1;
  private static final int DOUBLED = 2;
  private static final int GROUPS = 3;

  private final List<Integer> stateOf = new ArrayList<>();
  private final List<Result> results = new ArrayList<>();
  private final int[] slots;
  private final GroupStates states;

  /** The number of the state that counts different values, or -1. */
  private final int distinct;

  public Totals(List<Call> calls) {
    List<State> kept = new ArrayList<>();
    for (Call call : calls) {
      State state = state(call);
      if (!kept.contains(state)) {
        kept.add(state);
      }
      stateOf.add(kept.indexOf(state));
    }
    slots = kept.stream().mapToInt(State::slot).toArray();
    List<Aggregate> aggregates =
        kept.stream().map(state -> Aggregates.create(state.settings())).toList();
    for (int i = 0; i < calls.size(); i++) {
      Call call = calls.get(i);
      AggregateFunction function = Aggregates.function(call.function());
      results.add(
          aggregates
              .get(stateOf.get(i))
              .result(
                  new ResultSettings(
                      stateOf.get(i), function, call.parameters(), call.function())));
    }
    states = new GroupStates(aggregates);
    states.resize(GROUPS);
    states.start(ALL);
    distinct =
        kept.stream().map(state -> state.settings().kind()).toList().indexOf(StateKind.SKETCH);
  }

  private static State state(Call call) {
    StateKind kind = Aggregates.function(call.function()).state();
    return new State(
        new StateSettings(kind, List.of(call.argument()), List.of(), kind.name()), call.slot());
  }

  /** Adds the values of a row; those that are NULL are left out. */
  public void add(Row row) {
    states.add(ALL, row, slots);
  }

  /**
   * Whether to add a value would change nothing in what is known of how many different ones there
   * are: of the one call that asks for that.
   *
   * @param hash of the value, as {@link ValueForm} has it
   */
  public boolean isCounted(long hash) {
    return distinct >= 0 && states.isCounted(ALL, distinct, hash);
  }

  /** Adds the values of a row as often as they occur: in as many steps as that has bits. */
  public void add(Row row, long times) {
    int power = POWER;
    int doubled = DOUBLED;
    states.start(power);
    states.add(power, row, slots);
    for (long left = times; left > 0; left >>>= 1) {
      if ((left & 1) == 1) {
        states.merge(ALL, states, power);
      }
      states.start(doubled);
      states.merge(doubled, states, power);
      states.merge(doubled, states, power);
      int swapped = power;
      power = doubled;
      doubled = swapped;
    }
  }

  public void write(ByteBuilder out) {
    states.encode(ALL, out);
  }

  /** Adds what was written of the same calls. */
  public void merge(ByteCursor encoded) {
    states.merge(ALL, encoded);
  }

  /** Puts the result of each call into the slot of its number; what cannot be computed is NULL. */
  public void finish(Row row) {
    for (int i = 0; i < results.size(); i++) {
      try {
        states.finish(ALL, stateOf.get(i), results.get(i), row, i);
      } catch (ArithmeticException e) {
        row.setNull(i);
      }
    }
  }
}
