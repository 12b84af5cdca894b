package io.millrace.schedule.oozie;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the placeholders of a spec stand for on a cluster. Values are properties of the job, so that
 * they can be changed without touching XML; those that Oozie would take apart on their way through
 * its XML are written into the workflow itself.
 */
final class Settings {
  /** An escaped start, or a placeholder with its name as group 1. */
  static final Pattern PLACEHOLDER = Pattern.compile("\\$\\$\\{|\\$\\{([^{}]*)}");

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*");
  private static final Pattern UNSAFE = Pattern.compile("[<>&\\\\]|\\$\\{");
  private static final Pattern LOST = Pattern.compile("\\s.*|.*\\s|(?s).*[\\p{Cntrl}].*");

  private final SortedMap<String, String> values = new TreeMap<>();
  private final SortedMap<String, String> properties;
  private final String nameNode;

  /**
   * The settings of a pipeline.
   *
   * @param landing of the spec as it is written; its beginning has to be a whole URI
   * @param warehouse the same
   * @throws IllegalArgumentException where a value cannot reach a workflow as it is, or a path is
   *     seen from a folder that a cluster does not have
   */
  Settings(SortedMap<String, String> given, String nameNode, String landing, String warehouse) {
    this.nameNode = nameNode;
    properties = PropertyNames.of(given.keySet(), warehouse);
    given.forEach(
        (name, value) -> {
          if (LOST.matcher(value).matches()) {
            throw new IllegalArgumentException(
                "Cannot hand on --set %s=%s: Oozie drops blanks at the ends of a value, and control characters. Give another value, or write it into the pipeline file."
                    .formatted(name, value));
          }
          values.put(name, value);
        });
    Set<String> first = new HashSet<>();
    for (String path : List.of(landing, warehouse)) {
      Matcher start = PLACEHOLDER.matcher(path);
      if (start.lookingAt() && start.group(1) != null && values.containsKey(start.group(1))) {
        first.add(start.group(1));
      } else if (!path.startsWith("/") && !SCHEME.matcher(path).matches()) {
        throw new IllegalArgumentException(relative(path));
      }
    }
    for (String name : first) {
      String value = values.getOrDefault(name, "");
      if (value.startsWith("/")) {
        values.put(name, nameNode + value);
      } else if (!SCHEME.matcher(value).matches()) {
        throw new IllegalArgumentException(relative("--set " + name + "=" + value));
      }
    }
  }

  private static String relative(String path) {
    return "Cannot schedule %s: a path of data has to be a whole one, such as hdfs://namenode:8020/data or /data, since a cluster has no current folder."
        .formatted(path);
  }

  /** What stands in XML for a placeholder's value. */
  String expression(String name) {
    return isProperty(name)
        ? Expressions.property(properties.getOrDefault(name, name))
        : Expressions.literal(value(name));
  }

  String value(String name) {
    return values.getOrDefault(name, "");
  }

  boolean isProperty(String name) {
    return !UNSAFE.matcher(value(name)).find();
  }

  /** For each placeholder what stands in XML for its value. */
  SortedMap<String, String> expressions() {
    SortedMap<String, String> expressions = new TreeMap<>();
    values.keySet().forEach(name -> expressions.put(name, expression(name)));
    return expressions;
  }

  /** The properties of the job, and their values. */
  SortedMap<String, String> properties() {
    SortedMap<String, String> written = new TreeMap<>();
    values.forEach(
        (name, value) -> {
          if (isProperty(name)) {
            written.put(
                properties.getOrDefault(name, name),
                value.startsWith(nameNode + "/")
                    ? "${nameNode}" + value.substring(nameNode.length())
                    : value);
          }
        });
    return written;
  }

  /** A path without dates, as a URI. */
  String uri(String path) {
    StringBuilder uri = new StringBuilder(path.startsWith("/") ? "${nameNode}" : "");
    Matcher placeholder = PLACEHOLDER.matcher(path);
    int copied = 0;
    while (placeholder.find()) {
      uri.append(path, copied, placeholder.start());
      uri.append(
          placeholder.group(1) == null
              ? Expressions.literal("${")
              : expression(placeholder.group(1)));
      copied = placeholder.end();
    }
    return uri.append(path, copied, path.length()).toString();
  }
}
