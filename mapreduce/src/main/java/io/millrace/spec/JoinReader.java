package io.millrace.spec;

import java.util.Optional;

/** Reads {@code join}. */
final class JoinReader {
  private static final long STANDARD_MEMORY = 64L << 20;

  static final Key<Long> MEMORY =
      Key.optional("memory", ScalarReader::bytes)
          .takes("size such as `64MiB`, or `0`")
          .byDefault(STANDARD_MEMORY, "`64MiB`")
          .means(
              "features that take at most so much in the warehouse are looked up in the memory of"
                  + " each task; larger ones are [brought to the records by two jobs"
                  + " more](scoring.md#how-records-find-their-features), which `0` asks for always");

  static final Section JOIN = Section.of("join", MEMORY);

  private JoinReader() {}

  static Optional<JoinSpec> read(YamlValue value) {
    return value.section(JOIN).map(join -> new JoinSpec(join.get(MEMORY)));
  }

  static JoinSpec standard() {
    return new JoinSpec(STANDARD_MEMORY);
  }
}
