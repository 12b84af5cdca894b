package io.millrace.row;

/** What a column holds, and in which of the row's arrays it lies. */
public enum Kind {
  /** 0 or 1 in {@link Row#longs}. */
  BOOLEAN(Storage.LONG),
  INT(Storage.LONG),
  LONG(Storage.LONG),
  FLOAT(Storage.DOUBLE),
  DOUBLE(Storage.DOUBLE),
  /** The unscaled value in {@link Row#longs}; at most 18 digits. */
  DECIMAL(Storage.LONG),
  /** Days since 1970-01-01 in {@link Row#longs}. */
  DATE(Storage.LONG),
  /** Milliseconds since 1970-01-01T00:00Z in {@link Row#longs}. */
  TIMESTAMP_MILLIS(Storage.LONG),
  /** Microseconds since 1970-01-01T00:00Z in {@link Row#longs}. */
  TIMESTAMP_MICROS(Storage.LONG),
  /** UTF-8 in {@link Row#bytes}. */
  STRING(Storage.SLICE);

  /** The array of a row that holds a value. */
  public enum Storage {
    LONG,
    DOUBLE,
    SLICE
  }

  private final Storage storage;

  Kind(Storage storage) {
    this.storage = storage;
  }

  public Storage storage() {
    return storage;
  }

  public boolean isTimestamp() {
    return this == TIMESTAMP_MILLIS || this == TIMESTAMP_MICROS;
  }

  public boolean isNumeric() {
    return this == INT || this == LONG || this == FLOAT || this == DOUBLE || this == DECIMAL;
  }
}
