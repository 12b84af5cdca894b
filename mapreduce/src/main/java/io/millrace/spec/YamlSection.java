package io.millrace.spec;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A mapping whose keys have been checked against its {@link Section}. */
final class YamlSection {
  private final YamlMapping mapping;

  private YamlSection(YamlMapping mapping) {
    this.mapping = mapping;
  }

  /** Reports the keys that are unknown, not supported yet, or missing. */
  static YamlSection check(Section section, YamlMapping mapping) {
    Set<String> meant = new HashSet<>();
    for (YamlMapping.Entry entry : mapping.entries()) {
      String name = entry.key().value();
      Optional<Section.Key> key = section.key(name);
      if (key.isEmpty() || key.get().use() == Section.Use.LATER) {
        mapping.problem(
            entry.key().at(),
            key.map(YamlSection::notSupported).orElseGet(() -> unknown(section, name)));
        Spelling.nearest(name, section.names()).ifPresent(meant::add);
      }
    }
    for (Section.Key key : section.keys()) {
      if (key.use() == Section.Use.REQUIRED
          && !meant.contains(key.name())
          && mapping.value(key.name()).isEmpty()) {
        mapping.problem(mapping.at(), missing(mapping.path(), key));
      }
    }
    return new YamlSection(mapping);
  }

  Optional<YamlValue> value(String key) {
    return mapping.value(key);
  }

  Location at() {
    return mapping.at();
  }

  /** Stands in for a text that is missing, until the error is thrown. */
  Located<String> nothing() {
    return new Located<>("", mapping.at());
  }

  void problem(Location where, String message) {
    mapping.problem(where, message);
  }

  private static String notSupported(Section.Key key) {
    return "`" + key.name() + "` is not supported yet by this version; " + key.note();
  }

  private static String unknown(Section section, String name) {
    String message = "unknown key `" + name + "`";
    Optional<String> nearest = Spelling.nearest(name, section.names());
    if (nearest.isPresent()) {
      message += "; did you mean `" + nearest.get() + "`?";
    } else {
      message +=
          Arrays.stream(Section.values())
              .filter(other -> other != section && other.names().contains(name))
              .findFirst()
              .map(other -> "; it belongs to `" + other.title() + "`, so check its indentation.")
              .orElse("; correct it or leave it out.");
    }
    return message + " Keys here are: " + String.join(", ", section.names());
  }

  private static String missing(String path, Section.Key key) {
    return (path.isEmpty()
            ? "the key `" + key.name() + "` is missing"
            : "`" + path + "` lacks the key `" + key.name() + "`")
        + "; add for example `"
        + key.note()
        + "`";
  }
}
