package io.millrace.plan;

import static java.util.Objects.requireNonNull;

import io.millrace.pipeline.FeatureGroup;
import io.millrace.pipeline.JoinedRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What decides the content of joined rows. */
final class JoinOutline {
  private static final int VERSION = 1;

  private JoinOutline() {}

  /**
   * The outline.
   *
   * @param earlier the stages that make what is joined
   */
  static StageOutline of(JoinedRows joined, LookUp lookUp, List<StageOutline> earlier) {
    return new StageOutline(
        StageId.join(),
        VERSION,
        Definition.of(Map.of()).reading(StageId.clean(), List.of()),
        columns(joined, earlier),
        inputs(joined),
        Collections.emptySortedMap(),
        Collections.emptySortedMap(),
        Optional.of(lookUp),
        Optional.empty());
  }

  /** What decides the values of each column of the joined rows. */
  static SortedMap<String, Definition> columns(JoinedRows joined, List<StageOutline> earlier) {
    SortedMap<String, Definition> columns = new TreeMap<>();
    for (String column : joined.kept()) {
      columns.put(column, Definition.of(Map.of()).reading(StageId.clean(), List.of(column)));
    }
    for (JoinedRows.Group group : joined.groups()) {
      StageId features = StageId.features(group.group().name());
      for (String column : group.features()) {
        columns.put(
            column,
            Definition.of(valueWithoutFeatures(group.group(), column, earlier))
                .reading(features, List.of(column))
                .reading(StageId.clean(), group.group().entity()));
      }
    }
    return columns;
  }

  /**
   * Where there is no row of features, the definition of a feature alone says what its column
   * holds, over all windows the same.
   */
  static SortedMap<String, String> valueWithoutFeatures(
      FeatureGroup group, String column, List<StageOutline> earlier) {
    StageOutline features =
        earlier.stream()
            .filter(stage -> stage.id().equals(StageId.features(group.name())))
            .findFirst()
            .orElseThrow();
    SortedMap<String, String> parts =
        new TreeMap<>(requireNonNull(features.columns().get(column)).parts());
    parts.keySet().removeIf(part -> part.endsWith(".window"));
    return parts;
  }

  /** The clean records of the date, and the features of the day before. */
  static List<StageInput> inputs(JoinedRows joined) {
    List<StageInput> inputs = new ArrayList<>();
    inputs.add(new StageInput.SameDay(StageId.clean()));
    for (JoinedRows.Group group : joined.groups()) {
      inputs.add(new StageInput.Window(StageId.features(group.group().name()), 1, 1));
    }
    return inputs;
  }
}
