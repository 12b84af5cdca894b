package io.millrace.plan;

import java.time.LocalDate;

/**
 * An input that is not there, or not as it should be.
 *
 * @param dataSet such as {@code partials/card}, or {@code raw}
 * @param why for a person: {@code not made yet}, {@code stale: …}
 */
public record MissingInput(String dataSet, LocalDate date, String why) {
  @Override
  public String toString() {
    return "%s/dt=%s: %s".formatted(dataSet, date, why);
  }
}
