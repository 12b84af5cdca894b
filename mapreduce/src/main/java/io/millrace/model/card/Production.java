package io.millrace.model.card;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody decided about which version is in production; the last decision counts.
 *
 * @param action what was done
 * @param version that scores every date from then on, or null where the rule is to choose
 * @param before what the decision before this one said, null where the rule chose
 * @param by the user
 * @param at by the clock of the machine where it was said
 */
public record Production(
    Action action,
    @Nullable ModelVersion version,
    @Nullable ModelVersion before,
    String by,
    Instant at) {
  public Production {
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(by, "by");
    Objects.requireNonNull(at, "at");
  }

  /** What can be done. */
  public enum Action {
    /** A version was put into production. */
    @JsonProperty("promote")
    PROMOTE,
    /** An earlier one was taken back. */
    @JsonProperty("rollback")
    ROLLBACK
  }
}
