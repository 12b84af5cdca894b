package io.millrace.row;

import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * The type of a column.
 *
 * @param precision digits of a DECIMAL, else 0
 * @param scale digits after the point of a DECIMAL, else 0
 */
public record ColumnType(Kind kind, int precision, int scale, boolean nullable) {
  /** The most digits whose unscaled value always fits into a long. */
  public static final int MAX_DECIMAL_PRECISION = 18;

  public ColumnType {
    if (kind == Kind.DECIMAL
        && (precision < 1 || precision > MAX_DECIMAL_PRECISION || scale < 0 || scale > precision)) {
      throw new IllegalArgumentException(
          "Cannot hold decimal(%d, %d): at most %d digits, of which scale come after the point"
              .formatted(precision, scale, MAX_DECIMAL_PRECISION));
    }
  }

  public static ColumnType of(Kind kind) {
    return new ColumnType(kind, 0, 0, false);
  }

  public static ColumnType decimal(int precision, int scale) {
    return new ColumnType(Kind.DECIMAL, precision, scale, false);
  }

  public ColumnType withNullable(boolean nullable) {
    return new ColumnType(kind, precision, scale, nullable);
  }

  /**
   * The column type of an Avro field schema: a primitive, a logical type, or a union of one with
   * null.
   *
   * @throws IllegalArgumentException naming the schema, where a column cannot hold it
   */
  public static ColumnType fromAvro(Schema schema) {
    if (schema.getType() == Schema.Type.UNION) {
      Schema value = null;
      for (Schema branch : schema.getTypes()) {
        if (branch.getType() != Schema.Type.NULL) {
          if (value != null) {
            throw unsupported(schema, "a union may only be of null and one type");
          }
          value = branch;
        }
      }
      if (value == null) {
        throw unsupported(schema, "a column needs a type beside null");
      }
      return fromAvro(value).withNullable(schema.isNullable());
    }
    LogicalType logical = schema.getLogicalType();
    if (logical instanceof LogicalTypes.Decimal decimal) {
      if (schema.getType() != Schema.Type.BYTES) {
        throw unsupported(schema, "a decimal is stored as bytes");
      }
      return decimal(decimal.getPrecision(), decimal.getScale());
    }
    if (logical instanceof LogicalTypes.TimestampMillis) {
      return of(Kind.TIMESTAMP_MILLIS);
    }
    if (logical instanceof LogicalTypes.TimestampMicros) {
      return of(Kind.TIMESTAMP_MICROS);
    }
    if (logical instanceof LogicalTypes.Date) {
      return of(Kind.DATE);
    }
    if (logical != null && !logical.getName().equals("uuid")) {
      throw unsupported(
          schema, "logical types are decimal, date, timestamp-millis, timestamp-micros and uuid");
    }
    return switch (schema.getType()) {
      case BOOLEAN -> of(Kind.BOOLEAN);
      case INT -> of(Kind.INT);
      case LONG -> of(Kind.LONG);
      case FLOAT -> of(Kind.FLOAT);
      case DOUBLE -> of(Kind.DOUBLE);
      case STRING -> of(Kind.STRING);
      case RECORD, ENUM, ARRAY, MAP, UNION, FIXED, BYTES, NULL ->
          throw unsupported(
              schema,
              "columns are boolean, int, long, float, double, string or a logical type of these");
    };
  }

  /** The Avro schema that stores this type; nullable ones put null first. */
  public Schema toAvro() {
    Schema value =
        switch (kind) {
          case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
          case INT -> Schema.create(Schema.Type.INT);
          case LONG -> Schema.create(Schema.Type.LONG);
          case FLOAT -> Schema.create(Schema.Type.FLOAT);
          case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
          case STRING -> Schema.create(Schema.Type.STRING);
          case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
          case TIMESTAMP_MILLIS ->
              LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
          case TIMESTAMP_MICROS ->
              LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
          case DECIMAL ->
              LogicalTypes.decimal(precision, scale).addToSchema(Schema.create(Schema.Type.BYTES));
        };
    return nullable ? Schema.createUnion(Schema.create(Schema.Type.NULL), value) : value;
  }

  /**
   * The type as SQL names it, for messages: {@code DECIMAL(10, 2)}, {@code TIMESTAMP}, {@code
   * VARCHAR}.
   */
  public String sqlName() {
    return switch (kind) {
      case BOOLEAN, DOUBLE, DATE -> kind.name();
      case INT -> "INTEGER";
      case LONG -> "BIGINT";
      case FLOAT -> "REAL";
      case STRING -> "VARCHAR";
      case TIMESTAMP_MILLIS, TIMESTAMP_MICROS -> "TIMESTAMP";
      case DECIMAL -> "DECIMAL(" + precision + ", " + scale + ")";
    };
  }

  private static IllegalArgumentException unsupported(Schema schema, String expected) {
    return new IllegalArgumentException("Cannot use " + schema + " as a column: " + expected);
  }
}
