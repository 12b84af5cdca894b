package io.millrace.expression.code;

import org.jspecify.annotations.Nullable;

/**
 * A value in generated code.
 *
 * @param java a local variable or a literal. Means nothing where the value is NULL
 * @param isNull a variable or literal that says whether it is NULL; null where it never is
 */
record Value(String java, @Nullable String isNull) {
  static Value notNull(String java) {
    return new Value(java, null);
  }

  boolean isAlwaysNull() {
    return "true".equals(isNull);
  }

  /** Java that is true where a BOOLEAN is TRUE. */
  String isTrue() {
    return isNull == null ? java : "(!" + isNull + " && " + java + ")";
  }
}
