package io.millrace.plan;

import java.time.LocalDate;
import java.util.OptionalLong;

/**
 * A partition that a planned stage reads.
 *
 * @param bytes its length, empty where it is still to be made
 * @param files how many it has; 0 where it is still to be made
 * @param fingerprint of the columns that are read
 */
public record PlannedInput(
    StageId stage, LocalDate date, OptionalLong bytes, int files, String fingerprint) {
  /** An input whose files do not matter. */
  public PlannedInput(StageId stage, LocalDate date, OptionalLong bytes, String fingerprint) {
    this(stage, date, bytes, 0, fingerprint);
  }

  /** The same input with the files that it has by now. */
  public PlannedInput as(Manifest manifest) {
    return new PlannedInput(
        stage, date, OptionalLong.of(manifest.bytes()), manifest.files().size(), fingerprint);
  }

  public String dataSet() {
    return stage.mainDataSet();
  }
}
