package io.millrace.run;

import io.millrace.join.JoinSettings;
import io.millrace.join.NoFeatures;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.pipeline.FeatureWindows;
import io.millrace.pipeline.JoinedRows;
import io.millrace.row.ByteBuilder;
import io.millrace.row.Column;
import io.millrace.row.Row;
import io.millrace.row.RowDecoder;
import io.millrace.row.RowEncoder;
import io.millrace.row.RowType;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;

/** What tells tasks how the clean rows of a date and their features come together. */
final class EventJoin {
  private EventJoin() {}

  /** The settings of a join, on whatever date. */
  static JoinSettings settings(JoinedRows joined) {
    return new JoinSettings(
        joined
            .clean()
            .select(joined.clean().name(), joined.cleanColumns())
            .toReaderAvro()
            .toString(),
        joined.kept(),
        joined.type().toAvro().toString(),
        joined.entities().stream()
            .map(
                entity ->
                    new JoinSettings.Entity(
                        entity.columns(),
                        entity.groups().stream().map(EventJoin::settings).toList()))
            .toList());
  }

  /** What tells a task which features of a group are wanted. */
  static JoinSettings.Group settings(JoinedRows.Group group) {
    return new JoinSettings.Group(
        group.group().name(), group.read().toAvro().toString(), group.features());
  }

  /**
   * What stands for the features of entities without events.
   *
   * @param featuresDate of the features: the day before that of the clean rows
   */
  static NoFeatures noFeatures(List<JoinedRows.Entity> entities, LocalDate featuresDate) {
    return new NoFeatures(
        entities.stream()
            .map(
                entity ->
                    entity.groups().stream()
                        .map(group -> HexFormat.of().formatHex(nothing(group, featuresDate)))
                        .toList())
            .toList());
  }

  /** The wanted features of an entity without events, encoded. */
  private static byte[] nothing(JoinedRows.Group wanted, LocalDate featuresDate) {
    FeatureGroup group = wanted.group();
    byte[] all = FeatureWindows.ofNothing(group, featuresDate);
    List<Column> columns = group.featureType().columns();
    RowType features =
        new RowType(
            group.featureType().name(), columns.subList(group.entity().size(), columns.size()));
    Row row = new Row(features.size());
    new RowDecoder(features).decode(all, 0, all.length, row);
    ByteBuilder some = new ByteBuilder();
    new RowEncoder(features, wanted.features()).encode(row, some);
    return some.toByteArray();
  }
}
