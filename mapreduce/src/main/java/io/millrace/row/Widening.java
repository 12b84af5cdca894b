package io.millrace.row;

import java.util.Optional;

/** How a value that was written as one type is read as another without loss. */
enum Widening {
  /** It lies in a row as it would have, had it been written so. */
  NONE,
  /** A whole number becomes a double, as Avro has it. */
  TO_DOUBLE,
  /** A whole number becomes a float, as Avro has it. */
  TO_FLOAT,
  MILLIS_TO_MICROS;

  /** The way from one type to the other, or nothing where a value could get lost. */
  static Optional<Widening> of(ColumnType written, ColumnType read) {
    return written.nullable() && !read.nullable() ? Optional.empty() : ofValues(written, read);
  }

  private static Optional<Widening> ofValues(ColumnType written, ColumnType read) {
    boolean isWhole = written.kind() == Kind.INT || written.kind() == Kind.LONG;
    return switch (read.kind()) {
      case BOOLEAN, INT, DATE, TIMESTAMP_MILLIS, STRING ->
          when(written.kind() == read.kind(), NONE);
      case LONG -> when(isWhole, NONE);
      case FLOAT -> isWhole ? Optional.of(TO_FLOAT) : when(written.kind() == Kind.FLOAT, NONE);
      case DOUBLE ->
          isWhole
              ? Optional.of(TO_DOUBLE)
              : when(written.kind() == Kind.FLOAT || written.kind() == Kind.DOUBLE, NONE);
      case DECIMAL ->
          when(
              written.kind() == Kind.DECIMAL
                  && written.scale() == read.scale()
                  && written.precision() <= read.precision(),
              NONE);
      case TIMESTAMP_MICROS ->
          written.kind() == Kind.TIMESTAMP_MILLIS
              ? Optional.of(MILLIS_TO_MICROS)
              : when(written.kind() == Kind.TIMESTAMP_MICROS, NONE);
    };
  }

  private static Optional<Widening> when(boolean fits, Widening widening) {
    return fits ? Optional.of(widening) : Optional.empty();
  }
}
