package io.millrace.warehouse;

import org.jspecify.annotations.Nullable;

/** Another run took this one for dead and has taken over its work; nothing was published. */
public final class LeaseLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A loss.
   *
   * @param by the other run, or nothing where it is not known
   */
  public LeaseLostException(Unit unit, String by, @Nullable Exception cause) {
    super(
        "%s was not published: another run%s took this one for dead, as it had been silent for long, and has taken over. Run the same command again; it waits for the other."
            .formatted(unit, by.isEmpty() ? "" : " (" + by + ")"),
        cause);
  }
}
