package io.millrace.run;

/** More records were set aside than the spec allows; nothing was published. */
public final class QualityLimitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public QualityLimitException(String message) {
    super(message);
  }
}
