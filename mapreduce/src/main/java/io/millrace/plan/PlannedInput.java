package io.millrace.plan;

import java.time.LocalDate;
import java.util.OptionalLong;

/**
 * A partition that a planned stage reads.
 *
 * @param bytes its length, empty where it is still to be made
 * @param fingerprint of the columns that are read
 */
public record PlannedInput(StageId stage, LocalDate date, OptionalLong bytes, String fingerprint) {
  public String dataSet() {
    return stage.mainDataSet();
  }
}
