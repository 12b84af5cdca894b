package io.millrace.spec;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A mapping whose keys have been checked against its {@link Section}. */
final class YamlSection {
  private final Section section;
  private final YamlMapping mapping;

  private YamlSection(Section section, YamlMapping mapping) {
    this.section = section;
    this.mapping = mapping;
  }

  /** Reports the keys that are unknown, not supported yet, or missing. */
  static YamlSection check(Section section, YamlMapping mapping) {
    Set<String> meant = new HashSet<>();
    for (YamlMapping.Entry entry : mapping.entries()) {
      String name = entry.key().value();
      Optional<Key<?>> key = section.key(name);
      if (key.isEmpty() || key.get().use() == Key.Use.LATER) {
        mapping.problem(
            entry.key().at(),
            key.map(YamlSection::notSupported).orElseGet(() -> unknown(section, name)));
        Spelling.nearest(name, section.names()).ifPresent(meant::add);
      }
    }
    for (Key<?> key : section.keys()) {
      if (key.use() == Key.Use.REQUIRED
          && !meant.contains(key.name())
          && mapping.value(key.name()).isEmpty()) {
        mapping.problem(mapping.at(), missing(mapping.path(), key));
      }
    }
    return new YamlSection(section, mapping);
  }

  /** What is written behind a key of this section. */
  Optional<YamlValue> value(Key<?> key) {
    if (!section.keys().contains(key)) {
      throw new IllegalStateException(section.title() + " does not list its key " + key.name());
    }
    return mapping.value(key.name());
  }

  /** The value of a key; nothing where it is not written, or wrong, which is then reported. */
  <T> Optional<T> find(Key<T> key) {
    return value(key).flatMap(key.reader());
  }

  /** The value of a key that has a default. */
  <T> T get(Key<T> key) {
    return find(key).orElseGet(key::standard);
  }

  /** The text of a required key. */
  Located<String> text(Key<Located<String>> key) {
    return find(key).orElse(nothing());
  }

  Location at() {
    return mapping.at();
  }

  /** Stands in for a text that is missing, until the error is thrown. */
  private Located<String> nothing() {
    return new Located<>("", mapping.at());
  }

  void problem(Location where, String message) {
    mapping.problem(where, message);
  }

  private static String notSupported(Key<?> key) {
    return "`" + key.name() + "` is not supported yet by this version; " + key.note();
  }

  private static String unknown(Section section, String name) {
    String message = "unknown key `" + name + "`";
    Optional<String> nearest = Spelling.nearest(name, section.names());
    if (nearest.isPresent()) {
      message += "; did you mean `" + nearest.get() + "`?";
    } else {
      message +=
          SpecReference.SECTIONS.stream()
              .filter(other -> !other.equals(section) && other.names().contains(name))
              .findFirst()
              .map(other -> "; it belongs to `" + other.title() + "`, so check its indentation.")
              .orElse("; correct it or leave it out.");
    }
    return message + " Keys here are: " + String.join(", ", section.names());
  }

  private static String missing(String path, Key<?> key) {
    return (path.isEmpty()
            ? "the key `" + key.name() + "` is missing"
            : "`" + path + "` lacks the key `" + key.name() + "`")
        + "; add for example `"
        + key.note()
        + "`";
  }
}
