package io.millrace.cli;

import io.millrace.plan.Change;
import io.millrace.plan.Reason;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reasons as JSON: one line for a person, and all changes one by one. */
final class ReasonJson {
  private ReasonJson() {}

  static Map<String, Object> of(Reason reason) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("reason", reason.toString());
    json.put("changes", reason.changes().stream().map(Change::text).toList());
    List<Map<String, Object>> origins = new ArrayList<>();
    for (Reason.Origin origin : reason.origins()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("dataSet", origin.dataSet());
      one.put("dates", origin.dates().stream().map(LocalDate::toString).toList());
      one.put("changes", origin.changes().stream().map(Change::text).toList());
      origins.add(one);
    }
    json.put("because", origins);
    return json;
  }
}
