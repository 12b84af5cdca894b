package io.millrace.job.evaluate;

import io.millrace.learn.metrics.EvaluatedModel;
import io.millrace.model.BoundModel;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * A model that is measured.
 *
 * @param onnx its file, which every node can reach
 * @param bound fed by columns of the training rows; its output is a number, the class as text, or
 *     the probabilities of the classes
 * @param classes where the output is their probabilities: the classes in its order; else empty
 */
public record MeasuredModel(
    EvaluatedModel role, Path onnx, BoundModel bound, List<String> classes) {
  public MeasuredModel {
    classes = List.copyOf(classes);
  }
}
