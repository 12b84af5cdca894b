package io.millrace.job.train.trees;

import io.millrace.learn.prepare.Preparation;
import io.millrace.learn.trees.TreesSettings;
import java.util.List;

/**
 * What the task that grows trees has to know.
 *
 * @param rowsSchema Avro schema of the training rows
 * @param columns names of the columns of the training rows that are no inputs
 * @param classes names of the classes, in the order of their numbers; empty where the label is a
 *     number, or 0 and 1
 * @param classWeights of classes 0, 1, …; empty where all count the same
 * @param files of training rows, in their order
 * @param fit folder of the fit
 * @param memoryBytes outside of the heap, at most; 0 where there is no limit
 */
public record TreesJobSettings(
    TreesSettings trees,
    Preparation preparation,
    String rowsSchema,
    ExampleColumns columns,
    List<String> classes,
    List<Double> classWeights,
    List<String> files,
    String fit,
    long memoryBytes) {
  public TreesJobSettings {
    classes = List.copyOf(classes);
    classWeights = List.copyOf(classWeights);
    files = List.copyOf(files);
  }

  /** Names of the columns of training rows that are no inputs. */
  public record ExampleColumns(String split, String label, String weight) {}
}
