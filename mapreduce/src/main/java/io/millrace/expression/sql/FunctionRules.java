package io.millrace.expression.sql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All functions, in the order of the reference and by name. */
final class FunctionRules {
  /**
   * Functions of one kind.
   *
   * @param title a heading of the reference
   */
  record Group(String title, List<FunctionRule> rules) {}

  static final List<Group> GROUPS =
      List.of(
          new Group("Choice", ChoiceRules.rules()),
          new Group("Text", TextRules.rules()),
          new Group("Text measured", TextMeasureRules.rules()),
          new Group("Patterns and digests", PatternRules.rules()),
          new Group("Numbers", NumberRules.rules()),
          new Group("Mathematics", MathRules.rules()),
          new Group("Time", TimeRules.rules()),
          new Group("Conversion", ConversionRules.rules()));

  private static final Map<String, FunctionRule> BY_NAME = byName();

  private FunctionRules() {}

  private static Map<String, FunctionRule> byName() {
    Map<String, FunctionRule> rules = new HashMap<>();
    for (Group group : GROUPS) {
      for (FunctionRule rule : group.rules()) {
        rule.names().forEach(name -> rules.put(name, rule));
      }
    }
    // operators that the parser hands on like functions
    rules.put(
        "||",
        new FunctionRule(List.of("||"), 2, 2, OperatorEntries.CONCATENATION, TextRules::concat));
    return Map.copyOf(rules);
  }

  static Map<String, FunctionRule> byNames() {
    return BY_NAME;
  }
}
