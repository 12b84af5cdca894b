package io.millrace.plan;

import io.millrace.expression.Step;
import io.millrace.pipeline.Cleaning;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.pipeline.Pipeline;
import io.millrace.row.Column;
import io.millrace.row.Kind;
import io.millrace.spec.CleanSpec;
import io.millrace.spec.FormatSpec;
import io.millrace.spec.PipelineSpec;
import io.millrace.spec.SourceSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.JsonProperties;

/**
 * What decides the content of clean partitions. A column's values follow from its type, its repair
 * or derivation, and the columns that these read; which rows there are follows from the format, the
 * rules, the duplicates and every column that can be the reason to reject a record. A change of
 * what only fills a column leaves the rows, and so those who do not read the column, alone.
 */
final class CleanOutline {
  private static final int VERSION = 2;
  private static final String SCHEMA = "schema.";
  private static final String RECORD_ORDER = "clean (records that lie together)";
  private static final String COLUMN_ORDER = "schema (order of columns)";

  /** Stands for the quarantine among the columns; no column can be called so. */
  private static final String QUARANTINE = "quarantine/clean";

  private final PipelineSpec spec;
  private final Cleaning cleaning;
  private final Optional<FeatureGroup> clustering;
  private final Map<String, SortedMap<String, String>> columnParts = new LinkedHashMap<>();

  private CleanOutline(Pipeline pipeline) {
    spec = pipeline.spec();
    cleaning = pipeline.cleaning();
    clustering = pipeline.clustering();
  }

  static StageOutline of(Pipeline pipeline) {
    return new CleanOutline(pipeline).outline();
  }

  private StageOutline outline() {
    for (Column column : cleaning.source().columns()) {
      columnParts.put(column.name(), sourceParts(column));
    }
    SortedMap<String, String> rows = formatParts();
    addSource(rows);
    for (Step step : cleaning.steps()) {
      if (step instanceof Step.Assign assign) {
        addAssignment(assign, rows);
      } else {
        rows.put(Definition.RULES + step.name(), step.expression().sql());
        step.expression().columns().forEach(column -> rows.putAll(partsOf(column)));
      }
    }
    addEventTime(rows);
    addDuplicates(rows);
    addSample(rows);
    clustering.ifPresent(group -> rows.put(RECORD_ORDER, "by " + group.entity()));
    SortedMap<String, Definition> columns = new TreeMap<>();
    columnParts.forEach((column, parts) -> columns.put(column, Definition.of(parts)));
    columns.put(QUARANTINE, Definition.of(quarantineParts()));
    return new StageOutline(
        StageId.clean(),
        VERSION,
        Definition.of(rows).reading(StageId.clean(), earlierKey()),
        columns,
        inputs(),
        Collections.emptySortedMap(),
        lateColumns());
  }

  private SortedMap<String, SortedSet<String>> lateColumns() {
    SortedMap<String, SortedSet<String>> late = new TreeMap<>();
    for (Column column : cleaning.source().columns()) {
      // what a repair makes of a default need not be the default
      boolean isAsItCame = partsOf(column.name()).size() == 1;
      if (column.defaultValue() != null && isAsItCame && spec.source().format().header()) {
        SortedSet<String> names = new TreeSet<>(column.aliases());
        names.add(column.name());
        if (spec.source().format() instanceof FormatSpec.Csv csv
            && csv.columns().containsKey(column.name())) {
          names.add(csv.columns().get(column.name()).value());
        }
        late.put(column.name(), names);
      }
    }
    return late;
  }

  /**
   * The definition of clean records without some of the source's columns, which no rule, repair or
   * derivation reads.
   */
  static StageOutline without(StageOutline outline, Set<String> columns) {
    SortedMap<String, String> rows = new TreeMap<>(outline.rows().parts());
    columns.forEach(column -> rows.remove(SCHEMA + column));
    rows.computeIfPresent(
        COLUMN_ORDER,
        (part, order) ->
            Arrays.stream(order.substring(1, order.length() - 1).split(", "))
                .filter(column -> !columns.contains(column))
                .toList()
                .toString());
    SortedMap<String, Definition> others = new TreeMap<>(outline.columns());
    others.keySet().removeAll(columns);
    return new StageOutline(
        outline.id(),
        outline.version(),
        new Definition(rows, outline.rows().reads()),
        others,
        outline.inputs(),
        outline.external(),
        outline.lateColumns());
  }

  /** A quarantined record names the first step that failed, so that names and order count there. */
  private SortedMap<String, String> quarantineParts() {
    SortedMap<String, String> parts = new TreeMap<>();
    List<String> order = new ArrayList<>();
    for (Step step : cleaning.steps()) {
      if (step instanceof Step.Assign assign) {
        if (assign.expression().canFail(cleaning.rows().column(assign.column()).type())) {
          order.add(step.name());
        }
      } else {
        order.add(step.name());
        parts.put(Definition.RULES + step.name(), step.expression().sql());
      }
    }
    parts.put(Definition.ORDER, order.toString());
    return parts;
  }

  private List<StageInput> inputs() {
    int days = cleaning.acrossDays();
    return days == 0
        ? List.of(new StageInput.Raw())
        : List.of(new StageInput.Raw(), new StageInput.Window(StageId.clean(), days, 1));
  }

  /** What is read of earlier dates' clean records. */
  private List<String> earlierKey() {
    return cleaning.acrossDays() == 0 ? List.of() : cleaning.keyColumns();
  }

  private SortedMap<String, String> sourceParts(Column column) {
    SortedMap<String, String> parts = new TreeMap<>();
    parts.put(
        SCHEMA + column.name(),
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

  private SortedMap<String, String> formatParts() {
    SortedMap<String, String> parts = new TreeMap<>();
    parts.put("timezone", spec.timezone().getId());
    if (spec.source().format() instanceof FormatSpec.Csv csv) {
      parts.put("source.format", "csv");
      parts.put("source.options.header", String.valueOf(csv.header()));
      parts.put("source.options.separator", String.valueOf(csv.separator()));
      parts.put("source.options.quote", String.valueOf(csv.quote()));
      parts.put("source.options.nulls", csv.nulls().toString());
      parts.put("source.options.timestamps", csv.timestamps().toString());
      csv.columns()
          .forEach((column, name) -> parts.put("source.options.columns." + column, name.value()));
    }
    return parts;
  }

  /** What of the schema can be the reason to reject a record. */
  private void addSource(SortedMap<String, String> rows) {
    if (!spec.source().format().header()) {
      // the place of a field in its line says which column it fills
      rows.put(COLUMN_ORDER, cleaning.source().names().toString());
    }
    for (Column column : cleaning.source().columns()) {
      boolean anyTextFits = column.type().kind() == Kind.STRING && column.type().nullable();
      // a column that a header may lack, and has under one name only
      boolean anyHeaderFits = column.defaultValue() != null && column.aliases().isEmpty();
      if (!anyTextFits || !anyHeaderFits) {
        rows.putAll(partsOf(column.name()));
      }
    }
  }

  private void addAssignment(Step.Assign assign, SortedMap<String, String> rows) {
    String column = assign.column();
    SortedMap<String, String> parts = new TreeMap<>(partsOf(column));
    assign.expression().columns().forEach(read -> parts.putAll(partsOf(read)));
    parts.put(assign.name(), assign.expression().sql() + orderOfRepairs(assign));
    columnParts.put(column, parts);
    if (assign.expression().canFail(cleaning.rows().column(column).type())) {
      rows.putAll(parts);
    }
  }

  /** A repair sees what those before it made of the columns that it reads. */
  private String orderOfRepairs(Step.Assign assign) {
    List<String> before =
        assign.expression().columns().stream()
            .filter(read -> cleaning.source().has(read) && !read.equals(assign.column()))
            .filter(read -> partsOf(read).containsKey(Cleaning.REPAIR + read))
            .toList();
    return before.isEmpty() || !cleaning.source().has(assign.column())
        ? ""
        : " (after the repair of " + String.join(", ", before) + ")";
  }

  private void addEventTime(SortedMap<String, String> rows) {
    cleaning
        .eventTime()
        .ifPresent(
            column -> {
              rows.put("source.event_time", column);
              rows.putAll(partsOf(column));
            });
    rows.put(
        "source.lateness",
        spec.source().lateness() instanceof SourceSpec.Lateness.Days limit
            ? limit.days() + "d"
            : "none");
  }

  private void addDuplicates(SortedMap<String, String> rows) {
    if (cleaning.deduplicate() instanceof CleanSpec.Deduplicate.None) {
      rows.put("clean.deduplicate", "none");
      return;
    }
    if (cleaning.deduplicate() instanceof CleanSpec.Deduplicate.ByKey byKey) {
      String across = byKey.acrossDays() == 0 ? "" : " across " + byKey.acrossDays() + "d";
      rows.put("clean.deduplicate", "by " + byKey.columns() + " keep " + byKey.keep() + across);
      byKey.columns().forEach(column -> rows.putAll(partsOf(column.value())));
      // of equal times the record with the lesser bytes is kept
      rows.put(COLUMN_ORDER, cleaning.source().names().toString());
    } else {
      rows.put("clean.deduplicate", "exact");
    }
    // derived columns follow from these, so they decide neither what is equal nor what is lesser
    cleaning.source().names().forEach(column -> rows.putAll(partsOf(column)));
  }

  private void addSample(SortedMap<String, String> rows) {
    cleaning
        .sample()
        .ifPresent(
            sample -> {
              rows.put("sample", sample.toString());
              sample.columns().forEach(column -> rows.putAll(partsOf(column)));
            });
  }

  private SortedMap<String, String> partsOf(String column) {
    return columnParts.getOrDefault(column, new TreeMap<>());
  }
}
