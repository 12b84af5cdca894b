package io.millrace.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A mapping of the spec whose keys are fixed, and those keys in the order of the reference page.
 *
 * @param title its path in the spec
 */
record Section(String title, List<Key<?>> keys) {
  Section {
    keys = List.copyOf(keys);
  }

  static Section of(String title, Key<?>... keys) {
    return new Section(title, Arrays.asList(keys));
  }

  /** The names of the keys that may be written. */
  List<String> names() {
    return keys.stream().filter(key -> key.use() != Key.Use.LATER).map(Key::name).toList();
  }

  Optional<Key<?>> key(String name) {
    return keys.stream().filter(key -> key.name().equals(name)).findFirst();
  }
}
