package io.millrace.pipeline;

import io.millrace.expression.Step;
import io.millrace.expression.TypedExpression;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.RowType;
import io.millrace.spec.CleanSpec;
import io.millrace.spec.FormatSpec;
import io.millrace.spec.Located;
import io.millrace.spec.NamedExpression;
import io.millrace.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Binds {@code source} and {@code clean} to the source's columns. */
final class CleaningBinder {
  private static final String SOURCE_COLUMNS = "The source has";
  private static final String CLEAN_COLUMNS = "A clean row has";

  private final Binder binder;
  private final PipelineSpec spec;
  private final String sourceSchema;
  private final RowType source;
  private final List<Step> steps = new ArrayList<>();

  CleaningBinder(Binder binder, PipelineSpec spec, String sourceSchema, RowType source) {
    this.binder = binder;
    this.spec = spec;
    this.sourceSchema = sourceSchema;
    this.source = source;
  }

  Cleaning bind() {
    bindFormat();
    spec.clean().repair().forEach(this::bindRepair);
    RowType rows = source;
    for (NamedExpression derived : spec.clean().derive()) {
      rows = bindDerived(derived, rows);
    }
    Optional<String> eventTime = bindEventTime(rows);
    for (NamedExpression rule : spec.clean().rules()) {
      RowType scope = rows;
      binder
          .parseCondition(rule.sql(), scope)
          .ifPresent(condition -> steps.add(new Step.Check(rule.name().value(), condition)));
    }
    bindDeduplicate(rows);
    return new Cleaning(
        sourceSchema, source, rows, steps, eventTime, spec.clean().deduplicate(), Optional.empty());
  }

  private Optional<String> bindEventTime(RowType rows) {
    Optional<Located<String>> name = spec.source().eventTime();
    if (name.isEmpty() || !binder.requireColumn(name.get(), rows, CLEAN_COLUMNS)) {
      return Optional.empty();
    }
    ColumnType type = rows.column(name.get().value()).type();
    if (type.kind() != Kind.DATE && !type.kind().isTimestamp()) {
      binder.report(
          name.get().at(),
          "event_time `%s` is %s; it has to be a date or a timestamp (in the schema: logicalType date, timestamp-millis or timestamp-micros), or derived as one"
              .formatted(name.get(), type.sqlName()));
    }
    return name.map(Located::value);
  }

  private void bindFormat() {
    if (spec.source().format() instanceof FormatSpec.Csv csv) {
      csv.columns().forEach(this::requireRenamedColumn);
    }
  }

  private void requireRenamedColumn(String column, Located<String> header) {
    if (!source.has(column)) {
      binder.report(header.at(), Binder.unknown("column", column, source.names(), SOURCE_COLUMNS));
    }
  }

  private void bindRepair(NamedExpression repair) {
    if (!binder.requireColumn(repair.name(), source, SOURCE_COLUMNS)) {
      return;
    }
    String column = repair.name().value();
    ColumnType type = source.column(column).type();
    Optional<TypedExpression> expression = binder.parse(repair.sql(), source);
    if (expression.isEmpty()) {
      return;
    }
    if (!expression.get().isAssignableTo(type)) {
      binder.report(
          repair.sql().at(),
          "a repair keeps its column's type: `%s` is %s, but the expression gives %s"
              .formatted(column, type.sqlName(), expression.get().type().sqlName()));
      return;
    }
    steps.add(new Step.Assign(Cleaning.REPAIR + column, expression.get(), column));
  }

  private RowType bindDerived(NamedExpression derived, RowType rows) {
    String name = derived.name().value();
    if (rows.has(name)) {
      binder.report(
          derived.name().at(),
          source.has(name)
              ? "`%s` is a column of the source; to change it, write it under `repair`"
                  .formatted(name)
              : "column `%s` is derived twice".formatted(name));
      return rows;
    }
    Optional<TypedExpression> expression = binder.parse(derived.sql(), rows);
    if (expression.isEmpty()) {
      binder.addBrokenColumn(name);
      return rows;
    }
    Column column = new Column(name, expression.get().type());
    steps.add(new Step.Assign(Cleaning.DERIVE + name, expression.get(), name));
    return rows.with(rows.name(), List.of(column));
  }

  private void bindDeduplicate(RowType rows) {
    if (spec.clean().deduplicate() instanceof CleanSpec.Deduplicate.ByKey byKey) {
      for (Located<String> column : byKey.columns()) {
        binder.requireColumn(column, rows, CLEAN_COLUMNS);
      }
    }
  }
}
