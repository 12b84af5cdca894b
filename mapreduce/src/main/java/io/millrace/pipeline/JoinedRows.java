package io.millrace.pipeline;

import io.millrace.row.Column;
import io.millrace.row.RowType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the rows of a join are made of: columns of the clean record, then for each entity that it
 * names the features of the day before. Only what somebody reads is there.
 *
 * @param clean all columns of clean records
 * @param kept those of them that are carried into the row
 * @param entities groups with the same entity columns go together
 */
public record JoinedRows(RowType clean, List<String> kept, List<Entity> entities) {
  public JoinedRows {
    kept = List.copyOf(kept);
    entities = List.copyOf(entities);
  }

  /**
   * An entity that a clean record names.
   *
   * @param columns of the clean record
   */
  public record Entity(List<String> columns, List<Group> groups) {
    public Entity {
      columns = List.copyOf(columns);
      groups = List.copyOf(groups);
    }
  }

  /**
   * A group, and which of its features are carried into the row.
   *
   * @param features at least one
   */
  public record Group(FeatureGroup group, List<String> features) {
    public Group {
      features = List.copyOf(features);
    }

    /** The columns that are read: the entity's, then the features. */
    public RowType read() {
      List<String> columns = new ArrayList<>(group.entity());
      columns.addAll(features);
      return group.featureType().select(group.featureType().name(), columns);
    }
  }

  /** The rows that have the wanted columns, all of which there have to be. */
  public static JoinedRows of(
      RowType clean, List<FeatureGroup> groups, Collection<String> wantedColumns) {
    Set<String> wanted = new HashSet<>(wantedColumns);
    Map<List<String>, List<Group>> byEntity = new LinkedHashMap<>();
    for (FeatureGroup group : groups) {
      List<String> features = featureColumns(group).stream().map(Column::name).toList();
      List<String> wantedFeatures = features.stream().filter(wanted::contains).toList();
      if (!wantedFeatures.isEmpty()) {
        byEntity
            .computeIfAbsent(group.entity(), entity -> new ArrayList<>())
            .add(new Group(group, wantedFeatures));
      }
    }
    return new JoinedRows(
        clean,
        clean.names().stream().filter(wanted::contains).toList(),
        byEntity.entrySet().stream()
            .map(entry -> new Entity(entry.getKey(), entry.getValue()))
            .toList());
  }

  /** All columns that a row could have. */
  static RowType available(RowType clean, List<FeatureGroup> groups) {
    List<Column> features = new ArrayList<>();
    groups.forEach(group -> features.addAll(featureColumns(group)));
    return clean.with("Joined", features);
  }

  /** The name of a column of a group that a clean record or an earlier group has too. */
  static Optional<String> conflict(RowType clean, List<FeatureGroup> earlier, FeatureGroup group) {
    Set<String> taken = new HashSet<>(clean.names());
    earlier.forEach(other -> featureColumns(other).stream().map(Column::name).forEach(taken::add));
    return featureColumns(group).stream().map(Column::name).filter(taken::contains).findFirst();
  }

  /** The columns of a row of features without the entity's. */
  static List<Column> featureColumns(FeatureGroup group) {
    List<Column> columns = group.featureType().columns();
    return columns.subList(group.entity().size(), columns.size());
  }

  /** The columns of a row. */
  public RowType type() {
    List<Column> features = new ArrayList<>();
    for (Group group : groups()) {
      group.features().stream().map(group.group().featureType()::column).forEach(features::add);
    }
    return clean.select("Joined", kept).with("Joined", features);
  }

  /** The groups whose features are read, in the order of their columns. */
  public List<Group> groups() {
    return entities.stream().flatMap(entity -> entity.groups().stream()).toList();
  }

  /** The columns of clean records that are read: kept ones, and those that name entities. */
  public List<String> cleanColumns() {
    Set<String> columns = new LinkedHashSet<>(kept);
    entities.forEach(entity -> columns.addAll(entity.columns()));
    return List.copyOf(columns);
  }
}
