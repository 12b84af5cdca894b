package io.millrace.spec;

import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a spec says before its placeholders are replaced, for those who put in other values later.
 *
 * @param sourcePath {@code source.path}
 * @param warehouse {@code warehouse}
 * @param placeholders the names that stand as <code>${name}</code> in it, those of dates aside
 */
public record WrittenSpec(String sourcePath, String warehouse, SortedSet<String> placeholders) {
  /**
   * Reads a spec that {@link SpecParser} can read.
   *
   * @throws SpecException where it is no YAML
   */
  public static WrittenSpec of(String file, String yaml) {
    Problems problems = new Problems();
    Placeholders placeholders = new Placeholders(Map.of());
    Optional<YamlValue> root = YamlDocument.spec(file, yaml, placeholders, problems).root();
    problems.throwIfAny();
    return new WrittenSpec(
        written(root.flatMap(spec -> spec.behind("source")), "path"),
        written(root, "warehouse"),
        new TreeSet<>(placeholders.names()));
  }

  private static String written(Optional<YamlValue> mapping, String key) {
    return mapping.flatMap(found -> found.behind(key)).map(YamlValue::scalar).orElse("");
  }
}
