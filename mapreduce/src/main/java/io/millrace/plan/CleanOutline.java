package io.millrace.plan;

import io.millrace.expression.Step;
import io.millrace.pipeline.Cleaning;
import io.millrace.row.Column;
import io.millrace.row.Kind;
import io.millrace.spec.CleanSpec;
import io.millrace.spec.FormatSpec;
import io.millrace.spec.PipelineSpec;
import io.millrace.spec.SourceSpec;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.JsonProperties;

/**
 * What decides the content of clean partitions. A column's values follow from its type, its repair
 * or derivation, and the columns that these read; which rows there are follows from the format, the
 * rules, the duplicates and every column whose value can be the reason to reject a record.
 */
final class CleanOutline {
  private static final int VERSION = 1;

  private final PipelineSpec spec;
  private final Cleaning cleaning;
  private final Map<String, SortedMap<String, String>> columnParts = new LinkedHashMap<>();

  private CleanOutline(PipelineSpec spec, Cleaning cleaning) {
    this.spec = spec;
    this.cleaning = cleaning;
  }

  static StageOutline of(PipelineSpec spec, Cleaning cleaning) {
    return new CleanOutline(spec, cleaning).outline();
  }

  private StageOutline outline() {
    for (Column column : cleaning.source().columns()) {
      columnParts.put(column.name(), sourceParts(column));
    }
    SortedMap<String, String> rows = rowParts();
    for (Step step : cleaning.steps()) {
      if (step instanceof Step.Assign assign) {
        addAssignment(assign, rows);
      } else {
        rows.put("rules." + step.name(), step.expression().sql());
        step.expression().columns().forEach(column -> rows.putAll(partsOf(column)));
      }
    }
    addDuplicates(rows);
    SortedMap<String, Definition> columns = new TreeMap<>();
    columnParts.forEach((column, parts) -> columns.put(column, Definition.of(parts)));
    return new StageOutline(
        StageId.clean(), VERSION, Definition.of(rows), columns, new StageInput.Raw());
  }

  private SortedMap<String, String> sourceParts(Column column) {
    SortedMap<String, String> parts = new TreeMap<>();
    parts.put(
        "schema." + column.name(),
        column.type().toAvro()
            + (column.defaultValue() == null ? "" : " default " + text(column.defaultValue()))
            + (column.aliases().isEmpty() ? "" : " aliases " + new TreeSet<>(column.aliases())));
    return parts;
  }

  /** A default in words that are the same in every process, which Avro's own objects are not. */
  private static String text(Object defaultValue) {
    if (defaultValue == JsonProperties.NULL_VALUE) {
      return "null";
    }
    if (defaultValue instanceof byte[] bytes) {
      return "0x" + HexFormat.of().formatHex(bytes);
    }
    return defaultValue instanceof String text ? "'" + text + "'" : defaultValue.toString();
  }

  private SortedMap<String, String> rowParts() {
    SortedMap<String, String> parts = new TreeMap<>();
    parts.put("timezone", spec.timezone().getId());
    SourceSpec source = spec.source();
    if (source.format() instanceof FormatSpec.Csv csv) {
      parts.put("source.format", "csv");
      parts.put("source.options.header", String.valueOf(csv.header()));
      parts.put("source.options.separator", String.valueOf(csv.separator()));
      parts.put("source.options.quote", String.valueOf(csv.quote()));
      parts.put("source.options.nulls", csv.nulls().toString());
      parts.put("source.options.timestamps", csv.timestamps().toString());
      csv.columns()
          .forEach((column, name) -> parts.put("source.options.columns." + column, name.value()));
    }
    cleaning.eventTime().ifPresent(column -> parts.put("source.event_time", column));
    if (source.lateness() instanceof SourceSpec.Lateness.Days limit) {
      parts.put("source.lateness", limit.days() + "d");
    } else {
      parts.put("source.lateness", "none");
    }
    // the text of any column but a nullable string can be wrong, and then the record is rejected
    for (Column column : cleaning.source().columns()) {
      if (!column.type().nullable() || column.type().kind() != Kind.STRING) {
        parts.putAll(partsOf(column.name()));
      }
    }
    cleaning.eventTime().ifPresent(column -> parts.putAll(partsOf(column)));
    return parts;
  }

  private void addAssignment(Step.Assign assign, SortedMap<String, String> rows) {
    SortedMap<String, String> parts = new TreeMap<>();
    if (columnParts.containsKey(assign.column())) {
      parts.putAll(partsOf(assign.column()));
    }
    assign.expression().columns().forEach(column -> parts.putAll(partsOf(column)));
    parts.put(assign.name(), assign.expression().sql());
    columnParts.put(assign.column(), parts);
    // an error at run time rejects the record
    rows.putAll(parts);
  }

  private void addDuplicates(SortedMap<String, String> rows) {
    if (cleaning.deduplicate() instanceof CleanSpec.Deduplicate.ByKey byKey) {
      rows.put("clean.deduplicate", "by " + byKey.columns() + " keep " + byKey.keep());
      byKey.columns().forEach(column -> rows.putAll(partsOf(column.value())));
      cleaning.eventTime().ifPresent(column -> rows.putAll(partsOf(column)));
    } else if (cleaning.deduplicate() instanceof CleanSpec.Deduplicate.Exact) {
      rows.put("clean.deduplicate", "exact");
      columnParts.values().forEach(parts -> rows.putAll(parts));
    } else {
      rows.put("clean.deduplicate", "none");
    }
  }

  private SortedMap<String, String> partsOf(String column) {
    return columnParts.getOrDefault(column, new TreeMap<>());
  }
}
