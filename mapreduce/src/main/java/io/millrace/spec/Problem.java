package io.millrace.spec;

/**
 * One thing that is wrong with a spec, for a person to mend.
 *
 * @param message what was found, what was expected and, where one is near, the right name
 */
public record Problem(Location at, String message) {
  @Override
  public String toString() {
    return at + ": " + message;
  }
}
