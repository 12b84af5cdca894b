package io.millrace.model;

import io.millrace.spec.ScoreSpec.Missing;
import java.util.List;

/**
 * How columns reach a model: every tensor that it takes, and the columns of each. Bound: the
 * columns exist and their types fit.
 *
 * @param singleRows whether the model takes one row at a time, its first dimension being 1
 */
public record ModelInputs(List<Tensor> tensors, boolean singleRows) {
  public ModelInputs {
    tensors = List.copyOf(tensors);
  }

  /**
   * A tensor of one row for each record.
   *
   * @param matrix whether its shape is [rows, feeds] rather than [rows]
   */
  public record Tensor(String name, ElementType element, boolean matrix, List<Feed> feeds) {
    public Tensor {
      feeds = List.copyOf(feeds);
      if (!matrix && feeds.size() != 1) {
        throw new IllegalArgumentException(
            "Cannot feed %d columns into %s: it has one dimension".formatted(feeds.size(), name));
      }
    }
  }

  /**
   * A column of the records.
   *
   * @param missing what its NULL becomes
   */
  public record Feed(String column, Missing missing) {}

  /** The columns in the order in which they are fed. */
  public List<String> columns() {
    return tensors.stream().flatMap(tensor -> tensor.feeds().stream()).map(Feed::column).toList();
  }
}
