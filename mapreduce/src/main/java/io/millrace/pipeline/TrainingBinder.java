package io.millrace.pipeline;

import io.millrace.expression.Step;
import io.millrace.expression.TypedExpression;
import io.millrace.learn.Snapshots;
import io.millrace.learn.prepare.PreparePlan;
import io.millrace.pipeline.Training.Source;
import io.millrace.pipeline.Training.Target;
import io.millrace.row.Column;
import io.millrace.row.Kind;
import io.millrace.row.RowType;
import io.millrace.spec.Located;
import io.millrace.spec.PipelineSpec;
import io.millrace.spec.TrainSpec;
import io.millrace.spec.TrainSpec.Label;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Binds {@code train} to clean records and features. */
final class TrainingBinder {
  private final Binder binder;
  private final PipelineSpec pipeline;
  private final TrainSpec spec;
  private final Cleaning cleaning;
  private final List<FeatureGroup> groups;

  /** What the label needs and gives. */
  private record BoundLabel(Target target, TypedExpression expression) {}

  /** Rows before it is known which of their columns are read. */
  private record Candidates(RowType columns, List<Column> key, Set<String> labelColumns) {}

  /**
   * @param cleaning nothing is wrong with it
   * @param groups all groups of the spec, with which nothing is wrong either
   */
  TrainingBinder(
      Binder binder,
      PipelineSpec pipeline,
      TrainSpec spec,
      Cleaning cleaning,
      List<FeatureGroup> groups) {
    this.binder = binder;
    this.pipeline = pipeline;
    this.spec = spec;
    this.cleaning = cleaning;
    this.groups = groups;
  }

  Optional<Training> bind() {
    Snapshots snapshots =
        new Snapshots(spec.snapshots(), spec.label().waitDays(), pipeline.source().from());
    return spec.label() instanceof Label.OfEvents events
        ? bindEvents(events, snapshots)
        : bindEntities((Label.AnyEvent) spec.label(), snapshots);
  }

  private Optional<Training> bindEvents(Label.OfEvents label, Snapshots snapshots) {
    Optional<BoundLabel> bound =
        binder.parse(label.sql(), cleaning.rows()).flatMap(sql -> target(label.sql(), sql));
    boolean distinct =
        ColumnConflicts.none(
            binder,
            cleaning,
            pipeline.features().stream().map(group -> group.name()).toList(),
            groups,
            "`train.label.of`");
    if (bound.isEmpty() || !distinct) {
      return Optional.empty();
    }
    List<Column> key = cleaning.keyColumns().stream().map(cleaning.rows()::column).toList();
    TypedExpression expression = bound.get().expression();
    Candidates candidates =
        new Candidates(
            JoinedRows.available(cleaning.rows(), groups), key, madeOf(expression.columns()));
    return bind(
        candidates,
        bound.get().target(),
        snapshots,
        columns -> {
          Set<String> wanted = new LinkedHashSet<>(columns);
          wanted.addAll(expression.columns());
          return new Source.Events(JoinedRows.of(cleaning.rows(), groups, wanted), expression);
        });
  }

  /** Columns, and those that they are derived from. */
  private Set<String> madeOf(Set<String> columns) {
    Set<String> all = new LinkedHashSet<>(columns);
    List<Step> steps = new ArrayList<>(cleaning.steps());
    // a derivation sees the columns before it, so that from the last on each is seen once
    Collections.reverse(steps);
    for (Step step : steps) {
      if (step instanceof Step.Assign assign
          && assign.name().startsWith(Cleaning.DERIVE)
          && all.contains(assign.column())) {
        all.addAll(assign.expression().columns());
      }
    }
    return all;
  }

  private Optional<Training> bindEntities(Label.AnyEvent label, Snapshots snapshots) {
    Optional<TypedExpression> condition = binder.parseCondition(label.condition(), cleaning.rows());
    FeatureGroup group =
        label.group().flatMap(name -> group(name.value())).orElseGet(() -> groups.get(0));
    if (condition.isEmpty() || target(label.condition(), condition.get()).isEmpty()) {
      return Optional.empty();
    }
    List<FeatureGroup> besides =
        groups.stream()
            .filter(
                other ->
                    !other.name().equals(group.name()) && other.entity().equals(group.entity()))
            .toList();
    RowType columns = group.featureType();
    for (FeatureGroup other : besides) {
      columns = columns.with("Features", JoinedRows.featureColumns(other));
    }
    List<Column> key = group.entityType().columns();
    return bind(
        new Candidates(columns, key, Set.of()),
        Target.BINARY,
        snapshots,
        wanted ->
            new Source.Entities(
                group,
                besides.stream()
                    .filter(
                        other ->
                            JoinedRows.featureColumns(other).stream()
                                .anyMatch(column -> wanted.contains(column.name())))
                    .toList(),
                condition.get(),
                label.withinDays()));
  }

  private Optional<FeatureGroup> group(String name) {
    return groups.stream().filter(group -> group.name().equals(name)).findFirst();
  }

  /** Makes the source of rows with some columns. */
  private interface Rows {
    Source of(List<String> columns);
  }

  private Optional<Training> bind(
      Candidates candidates, Target target, Snapshots snapshots, Rows rows) {
    Set<String> keyNames = names(candidates.key());
    Set<String> names = new LinkedHashSet<>(keyNames);
    groups.forEach(group -> names.addAll(group.entity()));
    List<Column> inputs =
        new InputNames(binder, candidates.columns(), candidates.labelColumns(), names)
            .find(spec.inputs());
    List<Column> besides = new ArrayList<>(segments(candidates.columns()));
    Optional<Training.Baseline> baseline =
        spec.evaluate()
            .baseline()
            .flatMap(model -> new BaselineBinder(binder).bind(model, candidates.columns()));
    baseline.ifPresent(
        found ->
            found.model().inputs().columns().stream()
                .map(candidates.columns()::column)
                .forEach(besides::add));
    if (inputs.isEmpty()) {
      return Optional.empty();
    }
    PreparePlan prepare = new PreparationBinder(binder, spec).bind(inputs);
    Set<String> inputNames = names(inputs);
    List<Column> others =
        besides.stream()
            .distinct()
            .filter(column -> !inputNames.contains(column.name()))
            .filter(column -> !keyNames.contains(column.name()))
            .toList();
    List<String> wanted = new ArrayList<>(keyNames);
    wanted.addAll(inputNames);
    wanted.addAll(names(others));
    wanted.forEach(this::requireFreeName);
    Training training =
        new Training(
            spec,
            rows.of(wanted),
            candidates.key(),
            inputs,
            others,
            target,
            snapshots,
            prepare,
            baseline);
    new TrainingCheck(binder, training).check();
    return Optional.of(training);
  }

  private static Set<String> names(List<Column> columns) {
    return new LinkedHashSet<>(columns.stream().map(Column::name).toList());
  }

  private void requireFreeName(String column) {
    if (Training.EXAMPLE_COLUMNS.contains(column)) {
      binder.report(
          spec.inputs().get(0).at(),
          "the column `%s` has a name that rows of the training set have for something else; derive one of another name, and leave this one out"
              .formatted(column));
    }
  }

  private List<Column> segments(RowType columns) {
    List<Column> segments = new ArrayList<>();
    for (Located<String> segment : spec.evaluate().segments()) {
      if (binder.requireColumn(segment, columns, "Rows have")) {
        segments.add(columns.column(segment.value()));
      }
    }
    return segments;
  }

  /** What kind of thing a label is, where the model's kind can predict that. */
  private Optional<BoundLabel> target(Located<String> sql, TypedExpression label) {
    Kind kind = label.type().kind();
    Target target =
        kind == Kind.BOOLEAN ? Target.BINARY : kind == Kind.STRING ? Target.CLASSES : Target.NUMBER;
    if (target == Target.NUMBER && !kind.isNumeric()) {
      binder.report(
          sql.at(),
          "the label is %s; expected BOOLEAN, text that names a class, or a number"
              .formatted(label.type().sqlName()));
      return Optional.empty();
    }
    boolean fits =
        switch (spec.model().kind().value()) {
          case LOGISTIC -> target != Target.NUMBER;
          case LINEAR, POISSON -> target == Target.NUMBER;
          case TREES -> true;
        };
    if (!fits) {
      binder.report(
          sql.at(),
          target == Target.NUMBER
              ? "the label is %s, and `kind: logistic` predicts a condition or a class; write one, such as `%s = 1`, or `kind: linear`, `poisson` or `trees`"
                  .formatted(label.type().sqlName(), sql)
              : "the label is %s, and `kind: %s` predicts a number; write `kind: logistic` or `trees`"
                  .formatted(
                      label.type().sqlName(),
                      spec.model().kind().value().name().toLowerCase(java.util.Locale.ROOT)));
      return Optional.empty();
    }
    return Optional.of(new BoundLabel(target, label));
  }
}
