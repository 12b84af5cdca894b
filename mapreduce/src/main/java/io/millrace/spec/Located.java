package io.millrace.spec;

/** A value and where it stands in the spec. Equality looks at both. */
public record Located<T>(T value, Location at) {
  @Override
  public String toString() {
    return String.valueOf(value);
  }
}
