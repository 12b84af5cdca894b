package io.millrace.plan;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What planning knows of a stage.
 *
 * @param version of its code; raised when the same definition makes other bytes
 * @param rows decides which rows there are
 * @param columns decide the values, column by column
 * @param inputs all that it reads; how many rows each has always counts, its columns where a
 *     definition reads them
 * @param external fingerprints of what lies outside the warehouse, such as a model's file, by a
 *     name that a person understands
 * @param lateColumns columns that raw files may lack, as they then have a default, each with the
 *     names by which a file would bring it
 * @param lookUp when it is left out; empty for a stage that never is
 * @param missingModel the model without which it cannot be made
 */
public record StageOutline(
    StageId id,
    int version,
    Definition rows,
    SortedMap<String, Definition> columns,
    List<StageInput> inputs,
    SortedMap<String, String> external,
    SortedMap<String, SortedSet<String>> lateColumns,
    Optional<LookUp> lookUp,
    Optional<MissingModel> missingModel) {
  public StageOutline {
    lateColumns = Collections.unmodifiableSortedMap(new TreeMap<>(lateColumns));
    columns = Collections.unmodifiableSortedMap(new TreeMap<>(columns));
    inputs = List.copyOf(inputs);
    external = Collections.unmodifiableSortedMap(new TreeMap<>(external));
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("Cannot plan " + id + ": it has no input");
    }
  }

  /** A stage that is never left out. */
  public StageOutline(
      StageId id,
      int version,
      Definition rows,
      SortedMap<String, Definition> columns,
      List<StageInput> inputs,
      SortedMap<String, String> external,
      SortedMap<String, SortedSet<String>> lateColumns) {
    this(
        id,
        version,
        rows,
        columns,
        inputs,
        external,
        lateColumns,
        Optional.empty(),
        Optional.empty());
  }

  /** A stage that reads no raw files and is never left out. */
  public StageOutline(
      StageId id,
      int version,
      Definition rows,
      SortedMap<String, Definition> columns,
      List<StageInput> inputs,
      SortedMap<String, String> external) {
    this(id, version, rows, columns, inputs, external, Collections.emptySortedMap());
  }

  /** A stage with one input that depends on nothing outside the warehouse. */
  public StageOutline(
      StageId id,
      int version,
      Definition rows,
      SortedMap<String, Definition> columns,
      StageInput input) {
    this(id, version, rows, columns, List.of(input), Collections.emptySortedMap());
  }

  /** The same stage, which cannot be made for want of a model. */
  StageOutline lacking(MissingModel model) {
    return new StageOutline(
        id, version, rows, columns, inputs, external, lateColumns, lookUp, Optional.of(model));
  }

  /** Whether it reads raw files. */
  public boolean readsRaw() {
    return inputs.stream().anyMatch(StageInput.Raw.class::isInstance);
  }

  /** Whether its partitions hang on those of earlier dates. */
  public boolean readsItself() {
    return partitionInputs().stream().anyMatch(input -> input.of().equals(id));
  }

  /** The inputs that are partitions, of other stages or of its own earlier dates. */
  public List<StageInput.Partitions> partitionInputs() {
    return inputs.stream()
        .filter(StageInput.Partitions.class::isInstance)
        .map(StageInput.Partitions.class::cast)
        .toList();
  }

  /** The columns of another stage that decide its rows, or the values of some of its columns. */
  public SortedSet<String> readOf(StageId stage, SortedSet<String> some) {
    SortedSet<String> all = new TreeSet<>(rows.readOf(stage));
    columns.forEach(
        (name, column) -> {
          if (some.contains(name)) {
            all.addAll(column.readOf(stage));
          }
        });
    return all;
  }

  /** All columns of another stage that any of its definitions reads. */
  public SortedSet<String> readOf(StageId stage) {
    SortedSet<String> all = new TreeSet<>(rows.readOf(stage));
    columns.values().forEach(column -> all.addAll(column.readOf(stage)));
    return all;
  }
}
