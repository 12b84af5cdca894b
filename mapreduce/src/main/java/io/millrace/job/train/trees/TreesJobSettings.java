package io.millrace.job.train.trees;

import io.millrace.job.train.ExampleSettings;
import io.millrace.learn.trees.TreesSettings;
import java.util.List;

/**
 * What the task that grows trees has to know.
 *
 * @param files of training rows, in their order
 * @param fit folder of the fit
 * @param memoryBytes outside of the heap, at most; 0 where there is no limit
 */
public record TreesJobSettings(
    TreesSettings trees,
    ExampleSettings examples,
    List<String> files,
    String fit,
    long memoryBytes) {
  public TreesJobSettings {
    files = List.copyOf(files);
  }
}
