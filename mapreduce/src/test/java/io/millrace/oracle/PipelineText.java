package io.millrace.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** A pipeline.yaml as plain maps, lists and texts, with the placeholders of settings replaced. */
record PipelineText(Path file, Map<?, ?> root) {
  private static final Pattern DATE = Pattern.compile("\\$\\{date(?:([+-]\\d+)d)?(?::([^}]*))?\\}");

  static PipelineText read(Path file, Map<String, String> settings) throws IOException {
    LoadSettings load = LoadSettings.builder().setSchema(new FailsafeSchema()).build();
    Object root = new Load(load).loadFromString(Files.readString(file));
    return new PipelineText(file, (Map<?, ?>) replaced(root, settings));
  }

  private static Object replaced(Object node, Map<String, String> settings) {
    if (node instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, value) -> copy.put(key, replaced(value, settings)));
      return copy;
    }
    if (node instanceof List<?> list) {
      return list.stream().map(item -> replaced(item, settings)).toList();
    }
    String text = String.valueOf(node);
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      text = text.replace("${" + setting.getKey() + "}", setting.getValue());
    }
    return text;
  }

  /** The node at a path of keys, or null. */
  private Object node(String... path) {
    Object node = root;
    for (String key : path) {
      node = node instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return node;
  }

  boolean has(String... path) {
    return node(path) != null;
  }

  String text(String... path) {
    Object node = node(path);
    if (node == null) {
      throw new IllegalArgumentException("Cannot find %s in %s".formatted(List.of(path), file));
    }
    return node.toString();
  }

  String textOr(String otherwise, String... path) {
    return has(path) ? text(path) : otherwise;
  }

  /** A list, where one item may stand without brackets. */
  List<String> list(String... path) {
    Object node = node(path);
    if (node == null) {
      return List.of();
    }
    return node instanceof List<?> list
        ? list.stream().map(Object::toString).toList()
        : List.of(node.toString());
  }

  /** A mapping of names to texts, in the order of the file. */
  Map<String, String> map(String... path) {
    Map<String, String> result = new LinkedHashMap<>();
    if (node(path) instanceof Map<?, ?> map) {
      map.forEach((key, value) -> result.put(key.toString(), value.toString()));
    }
    return result;
  }

  int days(String otherwise, String... path) {
    return days(textOr(otherwise, path));
  }

  static int days(String text) {
    if (!text.endsWith("d")) {
      throw new IllegalArgumentException("Cannot read days: " + text);
    }
    return Integer.parseInt(text.substring(0, text.length() - 1));
  }

  String zone() {
    return textOr("UTC", "timezone");
  }

  LocalDate from() {
    return LocalDate.parse(text("source", "from"));
  }

  List<String> groups() {
    return List.copyOf(map("features").keySet());
  }

  /** The input of a date: a folder or a file. */
  Path input(LocalDate date) {
    Matcher matcher = DATE.matcher(text("source", "path"));
    String path =
        matcher.replaceAll(
            found -> {
              long shift = found.group(1) == null ? 0 : Long.parseLong(found.group(1));
              LocalDate day = date.plusDays(shift);
              return found.group(2) == null
                  ? day.toString()
                  : DateTimeFormatter.ofPattern(found.group(2)).format(day);
            });
    return Path.of(path.replaceFirst("^file:(//)?", ""));
  }

  Path schema() {
    return file.resolveSibling(text("source", "schema"));
  }
}
