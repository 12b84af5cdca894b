package io.millrace.cli;

import io.millrace.spec.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A command that gives its result as JSON where it is asked to, in failure as in success. */
interface JsonResult {
  boolean wantsJson();

  /** What there is to tell of a result that did not come about. */
  Map<String, Object> soFar();

  /** The same, with why it did not. */
  static Map<String, Object> failed(
      Map<String, Object> soFar, ExitCode code, String error, List<Problem> problems) {
    Map<String, Object> json = new LinkedHashMap<>(soFar);
    json.put("exitCode", code.code());
    json.put("error", error);
    if (!problems.isEmpty()) {
      json.put("problems", problems.stream().map(JsonResult::problem).toList());
    }
    return json;
  }

  private static Map<String, Object> problem(Problem problem) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", problem.at().file());
    json.put("line", problem.at().line());
    json.put("column", problem.at().column());
    json.put("message", problem.message());
    return json;
  }
}
