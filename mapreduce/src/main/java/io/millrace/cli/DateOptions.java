package io.millrace.cli;

import java.time.LocalDate;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** One date, or a range of dates. */
final class DateOptions {
  @ArgGroup(multiplicity = "1")
  private Choice choice = new Choice();

  /** One date or a range, as it was written. */
  static final class Choice {
    @Option(
        names = "--date",
        paramLabel = "DATE",
        description = "The landing date, such as 2026-11-21.")
    private LocalDate date;

    @ArgGroup(exclusive = false)
    private Range range;

    LocalDate first() {
      return Optional.ofNullable(date).orElseGet(() -> range.from);
    }

    LocalDate last() {
      return Optional.ofNullable(date).orElseGet(() -> range.to);
    }
  }

  private static final class Range {
    @Option(
        names = "--from",
        required = true,
        paramLabel = "DATE",
        description = "The first date of a range.")
    private LocalDate from;

    @Option(
        names = "--to",
        required = true,
        paramLabel = "DATE",
        description = "The last date of a range.")
    private LocalDate to;
  }

  LocalDate first() {
    return choice.first();
  }

  LocalDate last() {
    return choice.last();
  }

  /** How the dates are written on a command line. */
  String commandLine() {
    return choice.date != null
        ? "--date " + choice.date
        : "--from " + choice.range.from + " --to " + choice.range.to;
  }
}
