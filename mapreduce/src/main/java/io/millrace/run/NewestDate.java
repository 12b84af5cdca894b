package io.millrace.run;

import io.millrace.plan.StageOutline;
import io.millrace.spec.DatePattern;
import io.millrace.warehouse.RawInput;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Optional;

/** Finds how far a pipeline's data goes. */
public final class NewestDate {
  /** So many dates without raw input in a row are the end of it. */
  private static final int LONGEST_GAP_DAYS = 31;

  private static final int TWO_YEARS_DAYS = 731;

  private NewestDate() {}

  /** The newest date that has partitions or raw input; empty where there is neither. */
  public static Optional<LocalDate> of(Workspace workspace) throws IOException {
    LocalDate from = workspace.pipeline().spec().source().from();
    Optional<LocalDate> newest = Optional.empty();
    for (StageOutline stage : workspace.outline().stages()) {
      for (LocalDate date : workspace.warehouse().dates(stage.id().mainDataSet())) {
        if (!date.isBefore(newest.orElse(from))) {
          newest = Optional.of(date);
        }
      }
    }
    DatePattern path = workspace.rawPath();
    if (path.expand(from).equals(path.expand(from.plusDays(TWO_YEARS_DAYS)))) {
      // one place for all dates says nothing of how far they go
      return newest;
    }
    RawInput raw = new RawInput(workspace.configuration());
    LocalDate first = newest.map(date -> date.plusDays(1)).orElse(from);
    int absent = 0;
    for (LocalDate date = first; absent < LONGEST_GAP_DAYS; date = date.plusDays(1)) {
      if (raw.hasFiles(path.expand(date))) {
        newest = Optional.of(date);
        absent = 0;
      } else {
        absent++;
      }
    }
    return newest;
  }
}
