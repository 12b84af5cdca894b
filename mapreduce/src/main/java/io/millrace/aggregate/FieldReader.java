package io.millrace.aggregate;

import io.millrace.row.ByteCursor;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Finds the end of fields that lie one behind the other in binary Avro. Fields are primitives, or
 * unions of null and one.
 */
public final class FieldReader {
  private final Schema.Type[] types;
  private final boolean[] nullable;

  public FieldReader(List<Schema.Field> fields) {
    this(fields.stream().map(Schema.Field::schema).toArray(Schema[]::new));
  }

  private FieldReader(Schema[] schemas) {
    types = new Schema.Type[schemas.length];
    nullable = new boolean[schemas.length];
    for (int i = 0; i < types.length; i++) {
      Schema schema = schemas[i];
      nullable[i] = schema.isUnion();
      types[i] = schema.isUnion() ? schema.getTypes().get(1).getType() : schema.getType();
    }
  }

  /** A reader of fields that have these schemas. */
  static FieldReader of(List<Schema> schemas) {
    return new FieldReader(schemas.toArray(Schema[]::new));
  }

  /** Moves the cursor behind the fields and returns how many bytes they take. */
  public int skip(ByteCursor record) {
    int start = record.position();
    for (int i = 0; i < types.length; i++) {
      if (!nullable[i] || Aggregate.readBranch(record)) {
        skip(types[i], record);
      }
    }
    return record.position() - start;
  }

  private static void skip(Schema.Type type, ByteCursor record) {
    switch (type) {
      case BOOLEAN -> record.advance(1);
      case INT, LONG -> record.readVarint();
      case FLOAT -> record.advance(Float.BYTES);
      case DOUBLE -> record.advance(Double.BYTES);
      case STRING, BYTES -> record.advance(record.readLength());
      case NULL, RECORD, ENUM, ARRAY, MAP, UNION, FIXED ->
          throw new IllegalArgumentException("Cannot read a state of type " + type);
    }
  }
}
