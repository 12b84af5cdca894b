package io.millrace.pipeline;

import io.millrace.aggregate.Aggregates;
import io.millrace.expression.AggregateCall;
import io.millrace.expression.AggregateExpression;
import io.millrace.expression.TypedExpression;
import io.millrace.row.Column;
import io.millrace.row.RowType;
import io.millrace.spec.FeatureGroupSpec;
import io.millrace.spec.Located;
import io.millrace.spec.NamedExpression;
import io.millrace.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Binds {@code features} to the columns of clean rows. */
final class FeaturesBinder {
  private static final Pattern RESULT = Pattern.compile("\\$(\\d+)");

  private final Binder binder;
  private final PipelineSpec spec;
  private final RowType rows;
  private final Optional<String> eventTime;
  private final Aggregates aggregates = new Aggregates();

  FeaturesBinder(Binder binder, PipelineSpec spec, Cleaning cleaning) {
    this.binder = binder;
    this.spec = spec;
    rows = cleaning.rows();
    eventTime = cleaning.eventTime();
  }

  List<FeatureGroup> bind() {
    List<FeatureGroup> groups = new ArrayList<>();
    for (FeatureGroupSpec group : spec.features()) {
      bind(group).ifPresent(groups::add);
    }
    return groups;
  }

  private Optional<FeatureGroup> bind(FeatureGroupSpec group) {
    group.entity().forEach(this::requireEntity);
    Optional<TypedExpression> where =
        group.where().flatMap(condition -> binder.parseCondition(condition, rows));
    List<AggregateCall> calls = new ArrayList<>();
    List<Feature> features = new ArrayList<>();
    for (NamedExpression aggregate : group.aggregates()) {
      binder
          .attempt(
              aggregate.sql(),
              () -> binder.compiler().parseAggregate(aggregate.sql().value(), rows, aggregates))
          .flatMap(expression -> feature(aggregate, expression, calls))
          .ifPresentOrElse(features::add, () -> addBroken(aggregate, group));
    }
    List<DerivedFeature> derived = derived(group, features);
    boolean columnsKnown = group.entity().stream().allMatch(column -> rows.has(column.value()));
    boolean complete =
        features.size() == group.aggregates().size() && derived.size() == group.derive().size();
    if (!columnsKnown || eventTime.isEmpty() || !complete) {
      return Optional.empty();
    }
    List<String> entity = group.entity().stream().map(Located::value).toList();
    FeatureGroup bound =
        new FeatureGroup(
            group.name().value(),
            rows,
            entity,
            eventTime.get(),
            spec.timezone(),
            group.windows(),
            group.delayDays(),
            where,
            calls,
            features,
            derived);
    return hasDistinctColumns(group, bound) ? Optional.of(bound) : Optional.empty();
  }

  /** What is derived from an aggregate that could not be bound is not wrong for that. */
  private void addBroken(NamedExpression aggregate, FeatureGroupSpec group) {
    for (int window : group.windows()) {
      binder.addBrokenColumn("%s_%dd".formatted(aggregate.name(), window));
    }
  }

  private List<DerivedFeature> derived(FeatureGroupSpec group, List<Feature> features) {
    RowType scope = FeatureGroup.deriveScope(features, group.windows());
    List<DerivedFeature> derived = new ArrayList<>();
    for (NamedExpression column : group.derive()) {
      String name = column.name().value();
      if (scope.has(name)) {
        binder.report(
            column.name().at(),
            "`%s` is a feature of the group already; give the derived column another name"
                .formatted(name));
      } else {
        binder
            .parse(column.sql(), scope)
            .ifPresent(sql -> derived.add(new DerivedFeature(name, sql)));
      }
    }
    return derived;
  }

  private void requireEntity(Located<String> column) {
    if (binder.requireColumn(column, rows, "A clean row has")
        && column.value().equals(FeatureGroup.EVENT_DAY)) {
      binder.report(
          column.at(),
          "an entity's column cannot be called `%s`, which partials have for the day; derive one of another name"
              .formatted(column));
    }
  }

  /**
   * The feature, its results numbered as the group's calls are: equal calls of several features are
   * made once.
   */
  private Optional<Feature> feature(
      NamedExpression aggregate, AggregateExpression expression, List<AggregateCall> calls) {
    List<Integer> numbers = new ArrayList<>();
    List<Column> results = new ArrayList<>();
    for (int own = 0; own < expression.calls().size(); own++) {
      AggregateCall call = expression.calls().get(own);
      int number = calls.indexOf(call);
      if (number < 0) {
        number = calls.size();
        calls.add(call);
      }
      numbers.add(number);
      results.add(new Column("$" + number, expression.results().columns().get(own).type()));
    }
    if (expression.results().has(Aggregates.WINDOW_END.name())) {
      results.add(Aggregates.WINDOW_END);
    }
    String finish =
        RESULT
            .matcher(expression.finishSql())
            .replaceAll(
                match ->
                    Matcher.quoteReplacement("$" + numbers.get(Integer.parseInt(match.group(1)))));
    return binder
        .attempt(
            aggregate.sql(), () -> binder.compiler().parse(finish, new RowType("results", results)))
        .map(typed -> new Feature(aggregate.name().value(), typed));
  }

  private boolean hasDistinctColumns(FeatureGroupSpec group, FeatureGroup bound) {
    try {
      return bound.featureType().size() > 0;
    } catch (IllegalArgumentException e) {
      binder.report(group.name().at(), "feature group `" + group.name() + "`: " + e.getMessage());
      return false;
    }
  }
}
