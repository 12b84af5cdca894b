package io.millrace.spec;

import java.util.Optional;
import java.util.function.Function;

/**
 * A key of the spec: what it is called, what it takes and means, and how it is read. The reference
 * page is made of the same words.
 *
 * @param takes what may stand behind it, in Markdown
 * @param otherwise its default, in Markdown; a code span of its own is the value as it is written
 * @param meaning one sentence without a full stop, in Markdown
 * @param note an example where the key is required, what to do instead where it comes later
 * @param fallback the value of a key that is not written, where there is one
 */
record Key<T>(
    String name,
    Use use,
    String takes,
    String otherwise,
    String meaning,
    String note,
    Function<YamlValue, Optional<T>> reader,
    Optional<T> fallback) {

  /** Whether a key must, may or cannot yet be written. */
  enum Use {
    REQUIRED,
    OPTIONAL,
    LATER
  }

  /**
   * A key that must be written.
   *
   * @param example the key with a value, for the message that asks for it
   */
  static <T> Key<T> required(String name, String example, Function<YamlValue, Optional<T>> reader) {
    return new Key<>(name, Use.REQUIRED, "", "*required*", "", example, reader, Optional.empty());
  }

  static <T> Key<T> optional(String name, Function<YamlValue, Optional<T>> reader) {
    return new Key<>(name, Use.OPTIONAL, "", "", "", "", reader, Optional.empty());
  }

  /** A key that is planned and refused. */
  static Key<YamlValue> later(String name, String instead) {
    return new Key<>(name, Use.LATER, "", "", "", instead, Optional::of, Optional.empty());
  }

  Key<T> takes(String values) {
    return new Key<>(name, use, values, otherwise, meaning, note, reader, fallback);
  }

  /** The value where the key is not written, and how the page shows it. */
  Key<T> byDefault(T value, String shown) {
    return new Key<>(name, use, takes, shown, meaning, note, reader, Optional.of(value));
  }

  /** What it means that the key is not written, where no value stands in. */
  Key<T> without(String consequence) {
    return new Key<>(name, use, takes, consequence, meaning, note, reader, fallback);
  }

  /** The value of a key that is not written. */
  T standard() {
    return fallback.orElseThrow(() -> new IllegalStateException(name + " has no default"));
  }

  Key<T> means(String sentence) {
    return new Key<>(name, use, takes, otherwise, sentence, note, reader, fallback);
  }
}
