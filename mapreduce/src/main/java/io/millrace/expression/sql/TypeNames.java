package io.millrace.expression.sql;

import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.spec.Spelling;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;

/** Types as CAST names them. */
final class TypeNames {
  private static final List<String> SUPPORTED =
      List.of(
          "BOOLEAN",
          "INTEGER",
          "BIGINT",
          "REAL",
          "DOUBLE",
          "DECIMAL",
          "DATE",
          "TIMESTAMP",
          "VARCHAR");
  private static final int MAX_MILLIS_PRECISION = 3;
  private static final int MAX_MICROS_PRECISION = 6;

  private TypeNames() {}

  /** The type; a TIMESTAMP without a precision is as fine as {@code value} is. */
  static ColumnType bind(SqlDataTypeSpec spec, ColumnType value) {
    String name = spec.getTypeName().getSimple().toUpperCase(Locale.ROOT);
    int precision = -1;
    int scale = -1;
    if (spec.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic) {
      precision = basic.getPrecision();
      scale = basic.getScale();
    }
    return switch (name) {
      case "BOOLEAN" -> Typing.BOOLEAN;
      case "INTEGER", "INT" -> Typing.INTEGER;
      case "BIGINT" -> Typing.BIGINT;
      case "REAL" -> Typing.REAL;
      case "FLOAT", "DOUBLE", "DOUBLE PRECISION" -> Typing.DOUBLE;
      case "VARCHAR" -> Typing.VARCHAR;
      case "DATE" -> Typing.DATE;
      case "TIMESTAMP" -> timestamp(spec, precision, value);
      case "DECIMAL", "NUMERIC", "DEC" -> decimal(spec, precision, scale);
      default -> throw SqlProblem.at(spec, unknown(name));
    };
  }

  /** How many characters VARCHAR(n) keeps. */
  static Optional<Integer> length(SqlDataTypeSpec spec) {
    return spec.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic
            && basic.getPrecision() >= 0
            && spec.getTypeName().getSimple().equalsIgnoreCase("VARCHAR")
        ? Optional.of(basic.getPrecision())
        : Optional.empty();
  }

  private static ColumnType timestamp(SqlDataTypeSpec spec, int precision, ColumnType value) {
    if (precision > MAX_MICROS_PRECISION) {
      throw SqlProblem.at(spec, "Cannot hold TIMESTAMP(" + precision + "): at most TIMESTAMP(6)");
    }
    boolean isFine =
        precision < 0 ? value.kind() == Kind.TIMESTAMP_MICROS : precision > MAX_MILLIS_PRECISION;
    return ColumnType.of(isFine ? Kind.TIMESTAMP_MICROS : Kind.TIMESTAMP_MILLIS);
  }

  private static ColumnType decimal(SqlDataTypeSpec spec, int precision, int scale) {
    try {
      return ColumnType.decimal(
          precision < 0 ? ColumnType.MAX_DECIMAL_PRECISION : precision, Math.max(scale, 0));
    } catch (IllegalArgumentException e) {
      throw SqlProblem.at(spec, String.valueOf(e.getMessage()));
    }
  }

  private static String unknown(String name) {
    String nearest =
        switch (name) {
          case "CHAR", "CHARACTER", "TEXT", "STRING" -> "VARCHAR";
          case "SMALLINT", "TINYINT" -> "INTEGER";
          case "LONG" -> "BIGINT";
          default -> Spelling.nearest(name, SUPPORTED).orElse("");
        };
    return "Cannot use type "
        + name
        + (nearest.isEmpty() ? "" : ": did you mean " + nearest + "?")
        + (nearest.isEmpty() ? ": types are " + String.join(", ", SUPPORTED) : "");
  }
}
