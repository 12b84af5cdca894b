package io.millrace.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Keys and values in the order of the file, each key once.
 *
 * @param at where the key of the mapping stands
 * @param flow whether it is written as <code>{a: 1, b: 2}</code>
 */
public record YamlMapping(
    YamlDocument document, Location at, String path, boolean flow, List<Entry> entries) {
  public YamlMapping {
    entries = List.copyOf(entries);
  }

  /** A key and what stands behind it. */
  public record Entry(Located<String> key, YamlValue value) {}

  static YamlMapping empty(YamlDocument document, Location at, String path) {
    return new YamlMapping(document, at, path, false, List.of());
  }

  /** Keys that stand twice and keys that are no text are reported and left out. */
  static YamlMapping of(
      YamlDocument document, MappingNode mapping, Location at, String path, boolean flow) {
    Map<String, Location> seen = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Location keyAt = document.location(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        document
            .problems()
            .add(
                keyAt,
                "a key must be a text, not a list or mapping; put a text that starts with a"
                    + " bracket into quotes");
        continue;
      }
      String name = key.getValue();
      Location first = seen.putIfAbsent(name, keyAt);
      if (first != null) {
        document
            .problems()
            .add(
                keyAt,
                "the key `%s` stands twice, first in line %d; keep one of them"
                    .formatted(name, first.line()));
        continue;
      }
      String valuePath = path.isEmpty() ? name : path + "." + name;
      entries.add(
          new Entry(
              new Located<>(name, keyAt),
              new YamlValue(document, tuple.getValueNode(), valuePath, keyAt)));
    }
    return new YamlMapping(document, at, path, flow, entries);
  }

  /** The same mapping with other entries. */
  YamlMapping with(List<Entry> others) {
    return new YamlMapping(document, at, path, flow, others);
  }

  public Optional<YamlValue> value(String key) {
    return entries.stream()
        .filter(entry -> entry.key().value().equals(key))
        .map(Entry::value)
        .findFirst();
  }

  public void problem(Location where, String message) {
    document.problems().add(where, message);
  }
}
