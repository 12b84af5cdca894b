package io.millrace.cli;

import java.util.Arrays;

/** How the process ends. The last line on standard error says why, and what to do. */
enum ExitCode {
  /** Done, or everything was up to date. */
  DONE(0),
  FAILED(1),
  /** Wrong usage or spec. */
  USAGE(2),
  /** A limit of data quality was exceeded; nothing was published. */
  QUALITY(3),
  /** An input is missing; the same command may succeed later. */
  INPUT_MISSING(4),
  /** Another run holds the lease. */
  LEASED(5);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static ExitCode of(int code) {
    return Arrays.stream(values())
        .filter(exit -> exit.code == code)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no exit code " + code));
  }
}
