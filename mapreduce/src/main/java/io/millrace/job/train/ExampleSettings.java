package io.millrace.job.train;

import io.millrace.learn.prepare.Preparation;
import java.util.List;

/**
 * How training rows become examples of a fit; plain data.
 *
 * @param classes names of the classes that labels name, in the order of their numbers; none where
 *     labels are numbers already
 * @param classWeights by which the weight of a row is multiplied, by the number of its label; none
 *     where all count the same
 */
public record ExampleSettings(
    Preparation preparation, List<String> classes, List<Double> classWeights) {
  public ExampleSettings {
    classes = List.copyOf(classes);
    classWeights = List.copyOf(classWeights);
  }
}
