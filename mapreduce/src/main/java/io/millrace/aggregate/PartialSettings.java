package io.millrace.aggregate;

import io.millrace.row.RowType;
import java.util.List;
import org.apache.avro.Schema;

/**
 * What tells a task how to make partial states of clean records; plain data.
 *
 * @param written Avro schema of the records as they were written
 * @param read columns to read of them
 * @param clean Avro schema of the columns that expressions are written over
 * @param entity columns that name the entity
 * @param eventTime column of the event's time, a date or a timestamp
 * @param zone in which days count
 * @param computation filter and arguments that are not columns
 * @param states what is kept
 * @param arguments the column of each state's argument, empty where it has none
 */
public record PartialSettings(
    String written,
    List<String> read,
    String clean,
    List<String> entity,
    String eventTime,
    String zone,
    Computation computation,
    List<StateSettings> states,
    List<String> arguments) {
  public PartialSettings {
    read = List.copyOf(read);
    entity = List.copyOf(entity);
    states = List.copyOf(states);
    arguments = List.copyOf(arguments);
  }

  RowType writtenType() {
    return RowType.fromAvro(new Schema.Parser().parse(written));
  }

  RowType cleanType() {
    return RowType.fromAvro(new Schema.Parser().parse(clean));
  }

  List<Aggregate> newAggregates() {
    return states.stream().map(Aggregates::create).toList();
  }
}
