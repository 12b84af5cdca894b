package io.millrace.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The stages that run at this moment, in one line. */
final class RunningStages {
  private static final int LONGEST = 90;

  private final Map<String, Shares> stages = new LinkedHashMap<>();

  /** How far the job of a stage is. */
  private record Shares(boolean isKnown, float map, float reduce) {
    int percent() {
      return Math.round(50 * (map + reduce));
    }
  }

  boolean isEmpty() {
    return stages.isEmpty();
  }

  void started(String stage) {
    stages.put(stage, new Shares(false, 0, 0));
  }

  void progressed(String stage, float map, float reduce) {
    stages.replace(stage, new Shares(true, map, reduce));
  }

  void ended(String stage) {
    stages.remove(stage);
  }

  /** One stage with the shares of its maps and reduces; of several as many as the line holds. */
  String text() {
    if (stages.size() == 1) {
      Map.Entry<String, Shares> one = stages.entrySet().iterator().next();
      Shares shares = one.getValue();
      return shares.isKnown()
          ? String.format(
              Locale.ROOT,
              "%s  map %.0f%%, reduce %.0f%%",
              one.getKey(),
              100 * shares.map(),
              100 * shares.reduce())
          : one.getKey() + "  …";
    }
    List<String> shown = new ArrayList<>();
    int length = 0;
    for (Map.Entry<String, Shares> each : stages.entrySet()) {
      String text = "%s %d%%".formatted(each.getKey(), each.getValue().percent());
      length += text.length() + 2;
      if (length > LONGEST && !shown.isEmpty()) {
        shown.add("%d more".formatted(stages.size() - shown.size()));
        break;
      }
      shown.add(text);
    }
    return String.join(", ", shown);
  }
}
