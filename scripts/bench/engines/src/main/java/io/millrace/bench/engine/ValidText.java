package io.millrace.bench.engine;

import org.apache.spark.sql.SparkSession;

/** Whether a line is UTF-8, in Spark's SQL: version 3, which YARN has, knows no function for it. */
final class ValidText {
  private ValidText() {}

  static String of(String column, SparkSession spark) {
    // there and back, what is no character comes out as another one
    return spark.version().startsWith("3.")
        ? "%1$s = decode(encode(%1$s, 'UTF-8'), 'UTF-8')".formatted(column)
        : "is_valid_utf8(" + column + ")";
  }
}
