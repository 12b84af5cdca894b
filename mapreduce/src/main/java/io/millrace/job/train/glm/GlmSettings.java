package io.millrace.job.train.glm;

import io.millrace.job.train.ExampleSettings;
import io.millrace.learn.glm.Family;
import io.millrace.learn.glm.GlmShape;

/** What rows are fitted to; plain data. */
public record GlmSettings(ExampleSettings examples, Family family) {
  /** How coefficients lie. */
  public GlmShape shape() {
    return new GlmShape(
        family,
        examples.preparation().width(),
        family == Family.MULTINOMIAL ? examples.classes().names().size() : 1);
  }
}
