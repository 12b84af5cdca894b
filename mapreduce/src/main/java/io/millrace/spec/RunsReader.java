package io.millrace.spec;

import java.util.Optional;

/** Reads {@code runs}. */
final class RunsReader {
  private static final int STANDARD_DAYS = 90;

  static final Key<Integer> KEEP =
      Key.optional("keep", value -> ScalarReader.days(value, 1))
          .takes("days")
          .byDefault(STANDARD_DAYS, "`90d`")
          .means(
              "the records of runs, and the quarantine of those that were above `fail_above`, are"
                  + " deleted when they are older and their run is over");

  static final Section RUNS = Section.of("runs", KEEP);

  private RunsReader() {}

  static Optional<RunsSpec> read(YamlValue value) {
    return value.section(RUNS).map(runs -> new RunsSpec(runs.get(KEEP)));
  }

  static RunsSpec standard() {
    return new RunsSpec(STANDARD_DAYS);
  }
}
