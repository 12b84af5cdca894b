package io.millrace.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the values given with {@code --set} where <code>${name}</code> stands. <code>$${</code>
 * means <code>${</code> itself.
 */
final class Placeholders {
  /** An escaped start, a placeholder with its name as group 1, or a start without an end. */
  static final Pattern PLACEHOLDER = Pattern.compile("\\$\\$\\{|\\$\\{([^{}]*)}|\\$\\{");

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
  private static final Pattern DATE = Pattern.compile("date(?:[-+:\\s].*)?");

  /** What becomes of <code>${date}</code>: dates are known later, and only paths may wait. */
  enum Dates {
    KEPT,
    REFUSED
  }

  private final Map<String, String> settings;
  private final Set<String> names = new TreeSet<>();

  Placeholders(Map<String, String> settings) {
    this.settings = Map.copyOf(settings);
  }

  /** Notes which settings a text of the file uses. */
  void note(String text) {
    Matcher placeholder = PLACEHOLDER.matcher(text);
    while (placeholder.find()) {
      String name = placeholder.group(1);
      if (name != null && !DATE.matcher(name).matches()) {
        names.add(name);
      }
    }
  }

  /** The settings that the file uses, as far as was noted. */
  Set<String> names() {
    return Set.copyOf(names);
  }

  /** Reports the settings that no text of the file uses. */
  void reportUnused(Location at, Problems problems) {
    for (String setting : new TreeSet<>(settings.keySet())) {
      if (!names.contains(setting)) {
        problems.add(
            at,
            "`--set "
                + setting
                + "=…` is used nowhere in this file"
                + Spelling.nearest(setting, names)
                    .map(name -> "; did you mean `" + name + "`?")
                    .orElse("; leave it out, or write `${" + setting + "}` where it belongs"));
      }
    }
  }

  /** The text with its placeholders replaced; what replaces one stands where the placeholder is. */
  Located<String> expand(
      String text, Location start, List<Location> characters, Dates dates, Problems problems) {
    StringBuilder expanded = new StringBuilder();
    List<Location> positions = new ArrayList<>();
    Matcher placeholder = PLACEHOLDER.matcher(text);
    int copied = 0;
    while (placeholder.find()) {
      expanded.append(text, copied, placeholder.start());
      positions.addAll(characters.subList(copied, placeholder.start()));
      Location at = characters.get(placeholder.start());
      String replacement = replacement(placeholder, at, dates, problems);
      expanded.append(replacement);
      for (int unit = 0; unit < replacement.length(); unit++) {
        positions.add(at);
      }
      copied = placeholder.end();
    }
    expanded.append(text, copied, text.length());
    positions.addAll(characters.subList(copied, characters.size()));
    return new Located<>(expanded.toString(), start, TextPositions.of(positions));
  }

  private String replacement(Matcher placeholder, Location at, Dates dates, Problems problems) {
    String found = placeholder.group();
    String name = placeholder.group(1);
    if (found.equals("$${")) {
      return dates == Dates.KEPT ? found : "${";
    }
    if (name == null) {
      problems.add(
          at, "`${` has no `}`; write a name as in `${landing}`, or `$${` where you mean `${`");
      return "";
    }
    if (DATE.matcher(name).matches()) {
      if (dates == Dates.REFUSED) {
        problems.add(at, "`" + found + "` may stand in `source.path` only; leave it out here");
      }
      return found;
    }
    String value = settings.get(name);
    if (value == null) {
      problems.add(at, missing(found, name, dates));
      return "";
    }
    return value;
  }

  private String missing(String found, String name, Dates dates) {
    if (!NAME.matcher(name).matches()) {
      return "`"
          + found
          + "` is no name; write letters, digits, `_`, `-` or `.` as in `${landing}`, or `$${` where"
          + " you mean `${`";
    }
    Set<String> near = new TreeSet<>(settings.keySet());
    if (dates == Dates.KEPT) {
      near.add("date");
    }
    return "`"
        + found
        + "` has no value; pass `--set "
        + name
        + "=…`"
        + Spelling.nearest(name, near).map(n -> ", or did you mean `${" + n + "}`?").orElse("");
  }
}
