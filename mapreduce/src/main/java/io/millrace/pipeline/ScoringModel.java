package io.millrace.pipeline;

import io.millrace.model.card.ModelVersion;

/** By which model rows are scored. */
public sealed interface ScoringModel {
  /**
   * A file that the spec names.
   *
   * @param path as the spec names it
   * @param sha256 of its bytes, hexadecimal
   */
  record File(String path, String sha256) implements ScoringModel {}

  /**
   * A version of a registered model.
   *
   * @param sha256 of the bytes of its ONNX file, hexadecimal
   */
  record Version(String name, ModelVersion version, String sha256) implements ScoringModel {}

  /**
   * A registered model of which each date has its version. What is bound to it is bound to what a
   * version takes that is trained now.
   */
  record Registered(String name) implements ScoringModel {}
}
