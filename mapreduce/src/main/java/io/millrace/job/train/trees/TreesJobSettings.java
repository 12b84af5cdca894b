package io.millrace.job.train.trees;

import io.millrace.job.train.ExampleSettings;
import io.millrace.learn.trees.TreesSettings;
import java.util.List;

/**
 * What the task that grows trees has to know.
 *
 * @param files of training rows, in their order
 * @param fit folder of the fit
 */
public record TreesJobSettings(
    TreesSettings trees, ExampleSettings examples, List<String> files, String fit) {
  public TreesJobSettings {
    files = List.copyOf(files);
  }
}
