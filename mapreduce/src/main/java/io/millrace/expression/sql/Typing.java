package io.millrace.expression.sql;

import io.millrace.expression.runtime.Decimals;
import io.millrace.expression.tree.Expression;
import io.millrace.expression.tree.Expression.Convert;
import io.millrace.expression.tree.Expression.Literal;
import io.millrace.expression.tree.Expression.Null;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.util.List;
import java.util.Optional;

/** The common type of several values, and values as other types. */
final class Typing {
  static final ColumnType BOOLEAN = ColumnType.of(Kind.BOOLEAN);
  static final ColumnType BIGINT = ColumnType.of(Kind.LONG);
  static final ColumnType INTEGER = ColumnType.of(Kind.INT);
  static final ColumnType DOUBLE = ColumnType.of(Kind.DOUBLE);
  static final ColumnType REAL = ColumnType.of(Kind.FLOAT);
  static final ColumnType VARCHAR = ColumnType.of(Kind.STRING);
  static final ColumnType DATE = ColumnType.of(Kind.DATE);

  /** NULL as it is written, before it takes on the type of its neighbours. */
  static final Null NULL = new Null(BOOLEAN.withNullable(true));

  private static final int INTEGER_DIGITS = 10;

  private Typing() {}

  /** Whether a value is NULL without a type of its own. */
  static boolean isUntyped(Expression expression) {
    return expression instanceof Null && expression.type().kind() == Kind.BOOLEAN;
  }

  /** INTEGER, BIGINT or DECIMAL. */
  static boolean isExact(ColumnType type) {
    return type.kind() == Kind.INT || type.kind() == Kind.LONG || type.kind() == Kind.DECIMAL;
  }

  static boolean isWhole(ColumnType type) {
    return type.kind() == Kind.INT || type.kind() == Kind.LONG;
  }

  /** Whether two types can be compared without a CAST. */
  static boolean areComparable(ColumnType one, ColumnType other) {
    return one.kind() == other.kind()
        || (one.kind().isNumeric() && other.kind().isNumeric())
        || (one.kind().isTimestamp() && other.kind().isTimestamp());
  }

  /** The type that holds all values; BOOLEAN where all are NULL. Empty where there is none. */
  static Optional<ColumnType> common(List<? extends Expression> values) {
    List<? extends Expression> typed = values.stream().filter(value -> !isUntyped(value)).toList();
    if (typed.isEmpty()) {
      return Optional.of(BOOLEAN);
    }
    ColumnType common = typed.get(0).type();
    for (Expression value : typed) {
      if (!areComparable(common, value.type())) {
        return Optional.empty();
      }
      common = wider(common, value.type());
    }
    return Optional.of((areRealBesideLiterals(typed) ? REAL : common).withNullable(false));
  }

  /** A literal beside a REAL is a REAL: 0.1 equals what a REAL can hold of it. */
  private static boolean areRealBesideLiterals(List<? extends Expression> values) {
    return values.stream().anyMatch(value -> value.type().kind() == Kind.FLOAT)
        && values.stream()
            .allMatch(value -> value.type().kind() == Kind.FLOAT || value instanceof Literal);
  }

  private static ColumnType wider(ColumnType one, ColumnType other) {
    if (one.kind().isTimestamp()) {
      return one.kind() == Kind.TIMESTAMP_MICROS ? one : other;
    }
    if (!one.kind().isNumeric()) {
      return one;
    }
    if (isExact(one) && isExact(other)) {
      if (one.kind() == Kind.DECIMAL || other.kind() == Kind.DECIMAL) {
        int scale = Math.max(one.scale(), other.scale());
        return cappedDecimal(Math.max(wholeDigits(one), wholeDigits(other)) + scale, scale);
      }
      return one.kind() == Kind.LONG ? one : other;
    }
    return one.kind() == Kind.FLOAT && other.kind() == Kind.FLOAT ? one : DOUBLE;
  }

  /** Digits before the point. */
  static int wholeDigits(ColumnType type) {
    return switch (type.kind()) {
      case INT -> INTEGER_DIGITS;
      case DECIMAL -> type.precision() - type.scale();
      default -> ColumnType.MAX_DECIMAL_PRECISION;
    };
  }

  static ColumnType cappedDecimal(int precision, int scale) {
    return ColumnType.decimal(
        Math.max(1, Math.min(precision, ColumnType.MAX_DECIMAL_PRECISION)), scale);
  }

  /** The value as another type that it can be widened to, or CAST to. */
  static Expression convert(Expression value, ColumnType target) {
    ColumnType from = value.type();
    ColumnType to = target.withNullable(from.nullable());
    if (value instanceof Null) {
      return new Null(target.withNullable(true));
    }
    if (from.equals(to)) {
      return value;
    }
    if (value instanceof Literal literal && literal.value() instanceof Long number) {
      Optional<Literal> folded = fold(number, from, to);
      if (folded.isPresent()) {
        return folded.get();
      }
    }
    return new Convert(value, to);
  }

  /** An exact number or timestamp that is written down, as another type without loss. */
  private static Optional<Literal> fold(long number, ColumnType from, ColumnType to) {
    if (isExact(from)) {
      return switch (to.kind()) {
        case DOUBLE -> Optional.of(new Literal(Decimals.toDouble(number, from.scale()), to));
        case FLOAT ->
            Optional.of(new Literal((double) (float) Decimals.toDouble(number, from.scale()), to));
        case LONG -> isWhole(from) ? Optional.of(new Literal(number, to)) : Optional.empty();
        case DECIMAL -> rescaled(number, from, to);
        default -> Optional.empty();
      };
    }
    boolean isFiner = from.kind() == Kind.TIMESTAMP_MILLIS && to.kind() == Kind.TIMESTAMP_MICROS;
    return isFiner ? Optional.of(new Literal(number * 1000, to)) : Optional.empty();
  }

  private static Optional<Literal> rescaled(long number, ColumnType from, ColumnType to) {
    if (to.scale() < from.scale()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Literal(Decimals.rescale(number, from.scale(), to.precision(), to.scale()), to));
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }
}
