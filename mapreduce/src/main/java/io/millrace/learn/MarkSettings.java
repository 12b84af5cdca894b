package io.millrace.learn;

import io.millrace.aggregate.Computation;
import io.millrace.row.RowType;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Which events give an entity the label 1 at which snapshots; plain data.
 *
 * @param clean Avro schema of the columns of clean records that are read
 * @param entity columns that name the entity
 * @param eventTime column of the event's time, a date or a timestamp
 * @param zone in which days count
 * @param condition a check that computes nothing
 * @param snapshots epoch days, ascending
 * @param withinDays so many days after a snapshot count
 */
public record MarkSettings(
    String clean,
    List<String> entity,
    String eventTime,
    String zone,
    Computation condition,
    List<Long> snapshots,
    int withinDays) {
  public MarkSettings {
    entity = List.copyOf(entity);
    snapshots = List.copyOf(snapshots);
  }

  RowType cleanType() {
    return RowType.fromAvro(new Schema.Parser().parse(clean));
  }
}
