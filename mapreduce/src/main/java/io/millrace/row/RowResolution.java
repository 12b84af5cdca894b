package io.millrace.row;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How records that were written with other columns than today's are read: columns are found by name
 * or by alias, in any order; types may have become wider; what the records lack has its default, or
 * is NULL where it may be. Follows Avro's schema resolution, and knows that milliseconds are fewer
 * digits than microseconds.
 */
public final class RowResolution {
  /** Where a column of the layout comes from. */
  private sealed interface Source {
    record Field(int number, Widening widening) implements Source {}

    record Default(ColumnDefault value) implements Source {}

    record Nothing(String problem) implements Source {}
  }

  private final RowType written;
  private final Map<String, Source> sources = new LinkedHashMap<>();

  /**
   * @param written the columns of the records
   * @param layout today's columns
   * @param wanted those of them that are read
   */
  public RowResolution(RowType written, RowType layout, Collection<String> wanted) {
    this.written = written;
    for (String name : new TreeSet<>(wanted)) {
      Column column = layout.column(name);
      sources.put(
          name,
          field(column, layout)
              .map(number -> source(number, column))
              .orElseGet(() -> missing(column, layout.slot(name))));
    }
  }

  private Optional<Integer> field(Column column, RowType layout) {
    if (written.has(column.name())) {
      return Optional.of(written.slot(column.name()));
    }
    return column.aliases().stream()
        // a name that another column has is no alias
        .filter(alias -> written.has(alias) && !layout.has(alias))
        .sorted()
        .map(written::slot)
        .filter(number -> !fields().containsKey(number))
        .findFirst();
  }

  private Source source(int number, Column column) {
    Column found = written.columns().get(number);
    return Widening.of(found.type(), column.type())
        .<Source>map(widening -> new Source.Field(number, widening))
        .orElseGet(
            () ->
                new Source.Nothing(
                    "column %s was written as %s, which cannot be read as %s without loss"
                        .formatted(
                            found.name().equals(column.name())
                                ? column.name()
                                : column.name() + " (then " + found.name() + ")",
                            found.type().toAvro(),
                            column.type().toAvro())));
  }

  private Source missing(Column column, int slot) {
    return ColumnDefault.of(column, slot)
        .<Source>map(Source.Default::new)
        .orElseGet(
            () ->
                new Source.Nothing(
                    "column %s, today %s without a default, was not written; there are %s"
                        .formatted(
                            column.name(),
                            column.type().toAvro(),
                            String.join(", ", written.names()))));
  }

  /** What cannot be read, in words; nothing where all can be. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (Source source : sources.values()) {
      if (source instanceof Source.Nothing nothing) {
        problems.add(nothing.problem());
      }
    }
    problems.sort(null);
    return problems;
  }

  /** The wanted columns that the records do not have: they read as their defaults, or as NULL. */
  public Set<String> absent() {
    Set<String> absent = new HashSet<>();
    sources.forEach(
        (name, source) -> {
          if (source instanceof Source.Default) {
            absent.add(name);
          }
        });
    return absent;
  }

  List<ColumnDefault> defaults() {
    List<ColumnDefault> defaults = new ArrayList<>();
    for (Source source : sources.values()) {
      if (source instanceof Source.Default absent) {
        defaults.add(absent.value());
      }
    }
    return defaults;
  }

  /** The wanted columns that the records have, by the numbers of their fields. */
  Map<Integer, Read> fields() {
    Map<Integer, Read> fields = new LinkedHashMap<>();
    sources.forEach(
        (name, source) -> {
          if (source instanceof Source.Field field) {
            fields.put(field.number(), new Read(name, field.widening()));
          }
        });
    return fields;
  }

  /** What a field of the records fills. */
  record Read(String column, Widening widening) {}
}
