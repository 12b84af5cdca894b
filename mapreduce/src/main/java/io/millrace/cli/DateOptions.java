package io.millrace.cli;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** One date, or a range of dates. */
final class DateOptions {
  @ArgGroup(multiplicity = "0..1")
  private @Nullable Choice choice;

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

  boolean isGiven() {
    return choice != null;
  }

  /**
   * The first date.
   *
   * @throws UsageException where no date is given
   */
  LocalDate first() {
    return given().first();
  }

  /**
   * The last date.
   *
   * @throws UsageException where no date is given
   */
  LocalDate last() {
    return given().last();
  }

  /** How the dates are written on a command line. */
  String commandLine() {
    return commandLine(first(), last());
  }

  /** How a range of dates is written on a command line. */
  static String commandLine(LocalDate first, LocalDate last) {
    return first.equals(last) ? "--date " + first : "--from " + first + " --to " + last;
  }

  private Choice given() {
    if (choice == null) {
      throw new UsageException("Say for which date: --date DATE, or --from DATE --to DATE.");
    }
    return choice;
  }
}
