package io.millrace.run;

import io.millrace.avro.ColumnProfile;
import io.millrace.plan.StageId;
import io.millrace.profile.ProfileMerge;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The profile of a stage's rows over several dates, merged.
 *
 * @param columns in the order in which their rows have them
 * @param dates whose rows are in it
 * @param without dates that have rows, but no profile
 */
public record ProfileReader(
    List<ColumnProfile> columns, List<LocalDate> dates, List<LocalDate> without) {
  public ProfileReader {
    columns = List.copyOf(columns);
    dates = List.copyOf(dates);
    without = List.copyOf(without);
  }

  /** Reads and merges what there is of a range of dates. */
  public static ProfileReader read(
      Workspace workspace, StageId stage, LocalDate first, LocalDate last) throws IOException {
    String profile = stage.profile().orElseThrow();
    List<LocalDate> profiled = workspace.warehouse().dates(profile);
    ProfileMerge merge = new ProfileMerge();
    List<LocalDate> dates = new ArrayList<>();
    List<LocalDate> without = new ArrayList<>();
    for (LocalDate date : workspace.warehouse().dates(stage.mainDataSet())) {
      if (date.isBefore(first) || date.isAfter(last)) {
        continue;
      }
      if (profiled.contains(date) && add(workspace, profile, date, merge)) {
        dates.add(date);
      } else {
        without.add(date);
      }
    }
    return new ProfileReader(merge.records(), dates, without);
  }

  /** Adds a date's profile; returns whether it has one. */
  private static boolean add(
      Workspace workspace, String dataSet, LocalDate date, ProfileMerge merge) throws IOException {
    PartitionReader reader = PartitionReader.open(workspace, dataSet, date);
    reader.read(
        column -> {
          merge.add(
              column.get("column").toString(),
              column.get("type").toString(),
              (ByteBuffer) column.get("state"));
          return true;
        });
    return reader.records() > 0;
  }
}
