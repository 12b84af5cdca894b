package io.millrace.job.io;

import io.millrace.aggregate.FieldReader;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * The fields of one sorted file's records, as they are wanted today: the entity's first, then the
 * others, which are found by name. A file may have been written when a group had more aggregates,
 * or had them in another order. Not thread-safe.
 */
public final class RecordFields {
  private final FieldReader entity;
  private final FieldReader rest;

  /** For each field behind the entity as it is wanted: where the file has it. */
  private final int[] places;

  private final boolean inOrder;
  private final FieldReader[] single;
  private final int[] starts;
  private final ByteBuilder arranged = new ByteBuilder();
  private final ByteCursor inWantedOrder = new ByteCursor();

  /**
   * @param written the fields that the file's records have
   * @param wanted the fields that are merged
   * @param entityFields how many of them, the first, name the entity
   * @throws IllegalArgumentException naming both, where the file lacks one of those
   */
  RecordFields(List<Schema.Field> written, List<Schema.Field> wanted, int entityFields) {
    problem(written, wanted, entityFields)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
    List<Schema.Field> others = written.subList(entityFields, written.size());
    List<String> names = names(others);
    entity = new FieldReader(written.subList(0, entityFields));
    rest = new FieldReader(others);
    places =
        wanted.subList(entityFields, wanted.size()).stream()
            .mapToInt(field -> names.indexOf(field.name()))
            .toArray();
    inOrder = names(wanted).equals(names(written));
    single =
        others.stream().map(field -> new FieldReader(List.of(field))).toArray(FieldReader[]::new);
    starts = new int[single.length + 1];
  }

  /** Why records with these fields cannot be merged as they are wanted, or nothing. */
  public static Optional<String> problem(
      List<Schema.Field> written, List<Schema.Field> wanted, int entityFields) {
    List<String> problems = new ArrayList<>();
    for (int number = 0; number < wanted.size(); number++) {
      Schema.Field field = wanted.get(number);
      int place = names(written).indexOf(field.name());
      boolean isPlaced =
          number < entityFields
              ? place == number && isEncodedAlike(written.get(place).schema(), field.schema())
              : place >= entityFields && written.get(place).schema().equals(field.schema());
      if (!isPlaced) {
        problems.add(
            place < 0
                ? "%s %s is not there".formatted(field.name(), field.schema())
                : "%s was written as %s, now it is %s"
                    .formatted(field.name(), written.get(place).schema(), field.schema()));
      }
    }
    return problems.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s; the records have %s"
                .formatted(String.join(", ", problems), String.join(", ", names(written))));
  }

  /** An entity's bytes decide its place, and have to be those that they are today. */
  private static boolean isEncodedAlike(Schema written, Schema wanted) {
    return written.equals(wanted)
        || (written.getType() == Schema.Type.INT
            && wanted.getType() == Schema.Type.LONG
            && written.getLogicalType() == null
            && wanted.getLogicalType() == null);
  }

  private static List<String> names(List<Schema.Field> fields) {
    return fields.stream().map(Schema.Field::name).toList();
  }

  /** Moves behind the entity and returns how many bytes it takes. */
  int skipEntity(ByteCursor record) {
    return entity.skip(record);
  }

  /** Moves from behind the entity to behind the record. */
  void skipRest(ByteCursor record) {
    rest.skip(record);
  }

  /**
   * What follows the entity, in the order in which it is wanted. Where the file has that order it
   * is the record's own cursor, so that it need not be gone through twice; else that one stands
   * behind the record.
   */
  ByteCursor rest(ByteCursor record) {
    if (inOrder) {
      return record;
    }
    for (int field = 0; field < single.length; field++) {
      starts[field] = record.position();
      single[field].skip(record);
    }
    starts[single.length] = record.position();
    arranged.clear();
    for (int place : places) {
      arranged.putBytes(record.array(), starts[place], starts[place + 1] - starts[place]);
    }
    return inWantedOrder.reset(arranged.array(), 0, arranged.length());
  }
}
