package io.millrace.model;

/** ONNX Runtime could not load a model, or not run it on some rows. */
public final class ModelException extends Exception {
  private static final long serialVersionUID = 1L;

  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
