package io.millrace.pipeline;

import io.millrace.aggregate.Aggregates;
import io.millrace.aggregate.ComputationCompiler;
import io.millrace.aggregate.Derivation;
import io.millrace.aggregate.StateCall;
import io.millrace.aggregate.WindowFinish;
import io.millrace.aggregate.WindowSettings;
import io.millrace.expression.Step;
import io.millrace.row.Column;
import io.millrace.row.RowType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** How the partials of a group become its features. */
public final class FeatureWindows {
  private FeatureWindows() {}

  /** What tells a task how to make the features of a date. */
  public static WindowSettings settings(FeatureGroup group, LocalDate date) {
    List<Step.Assign> computed = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    for (Feature feature : group.features()) {
      outputs.add(
          feature
              .finish()
              .column()
              .orElseGet(
                  () -> {
                    computed.add(new Step.Assign(feature.name(), feature.finish(), feature.name()));
                    return feature.name();
                  }));
    }
    return new WindowSettings(
        date.toEpochDay() - group.delayDays(),
        group.zone().getId(),
        group.windows(),
        group.states().stream().map(StateCall::settings).toList(),
        StateCall.results(group.calls()),
        new ComputationCompiler(group.zone())
            .compile(Aggregates.results(group.calls()), List.of(), computed),
        outputs,
        derivation(group, outputs));
  }

  /**
   * @param outputs what the features are called in the rows of one window
   */
  private static Derivation derivation(FeatureGroup group, List<String> outputs) {
    RowType all = group.deriveScope();
    List<Derivation.Input> inputs = new ArrayList<>();
    List<Column> scope = new ArrayList<>();
    for (int window = 0; window < group.windows().size(); window++) {
      for (int i = 0; i < group.features().size(); i++) {
        String name = group.features().get(i).over(group.windows().get(window));
        if (group.derived().stream().anyMatch(column -> column.sql().columns().contains(name))) {
          inputs.add(new Derivation.Input(window, outputs.get(i), name));
          scope.add(all.column(name));
        }
      }
    }
    scope.add(Aggregates.WINDOW_END);
    List<Step.Assign> computed = new ArrayList<>();
    for (DerivedFeature column : group.derived()) {
      String name = group.derivedColumn(column);
      computed.add(new Step.Assign(name, column.sql(), name));
    }
    return new Derivation(
        inputs,
        new ComputationCompiler(group.zone())
            .compile(new RowType("features", scope), List.of(), computed),
        computed.stream().map(Step.Assign::column).toList());
  }

  /**
   * The features that an entity without any event has on a date, encoded: all columns of {@link
   * FeatureGroup#featureType} behind those of the entity.
   */
  public static byte[] ofNothing(FeatureGroup group, LocalDate date) {
    return WindowFinish.ofNothing(settings(group, date));
  }
}
