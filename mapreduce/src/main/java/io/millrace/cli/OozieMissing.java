package io.millrace.cli;

import io.millrace.plan.Dates;
import io.millrace.warehouse.Warehouse;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/**
 * What a night waits for, in words: partitions of the warehouse by their names, other files by
 * their URIs.
 */
final class OozieMissing {
  private static final int MOST = 3;
  private static final String DATE = "dt=";

  private OozieMissing() {}

  /**
   * The words.
   *
   * @param uris as Oozie has them, with done-flags
   */
  static String text(List<String> uris, Warehouse warehouse) {
    if (uris.isEmpty()) {
      return "its input, which Oozie has not looked for yet";
    }
    String root = warehouse.root().toUri().getPath();
    Map<String, List<LocalDate>> partitions = new LinkedHashMap<>();
    List<String> texts = new ArrayList<>();
    for (String uri : uris) {
      Path place = withoutDoneFlag(uri);
      String path = place.toUri().getPath();
      String name = place.getName();
      if (path != null && path.startsWith(root + "/") && name.startsWith(DATE) && isDate(name)) {
        String dataSet = path.substring(root.length() + 1, path.length() - name.length() - 1);
        partitions
            .computeIfAbsent(dataSet, key -> new ArrayList<>())
            .add(LocalDate.parse(name.substring(DATE.length())));
      } else {
        texts.add(place.toString());
      }
    }
    partitions.forEach((dataSet, dates) -> texts.add(Dates.of(dates).of(dataSet)));
    String shown = String.join(", ", texts.subList(0, Math.min(MOST, texts.size())));
    int more = texts.size() - MOST;
    return more > 0 ? "%s and %d more".formatted(shown, more) : shown;
  }

  private static Path withoutDoneFlag(String uri) {
    Path path = new Path(uri);
    boolean isFlag = path.getName().startsWith("_") || path.getName().startsWith(".");
    return isFlag && path.getParent() != null ? path.getParent() : path;
  }

  private static boolean isDate(String name) {
    try {
      LocalDate unused = LocalDate.parse(name.substring(DATE.length()));
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
