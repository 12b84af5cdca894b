package io.millrace.run;

/** What a failure says of itself. */
final class FailureText {
  private FailureText() {}

  static String of(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }

  static String firstLine(Throwable failure) {
    return of(failure).lines().findFirst().orElse("");
  }
}
