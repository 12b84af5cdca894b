package io.millrace.job.train.glm;

import io.millrace.allreduce.PairwiseSum;
import io.millrace.learn.glm.GlmRows;
import io.millrace.learn.glm.GlmShape;
import io.millrace.learn.glm.Order;
import io.millrace.learn.glm.Sums;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The rows of files that follow one another, in memory. Not thread-safe. */
final class HeldRows {
  /** Called between groups of rows, after seconds at most. */
  interface Sign {
    void give() throws IOException;
  }

  private final GlmShape shape;
  private final int firstFile;
  private final List<List<GlmRows>> files = new ArrayList<>();
  private long bytes;

  HeldRows(GlmShape shape, int firstFile) {
    this.shape = shape;
    this.firstFile = firstFile;
  }

  /** Begins the next file. */
  void beginFile() {
    files.add(new ArrayList<>());
  }

  /** Adds rows of the file that was begun last. */
  void add(GlmRows group) {
    files.get(files.size() - 1).add(group);
    bytes += group.bytes();
  }

  int files() {
    return files.size();
  }

  /** The memory that the rows take. */
  long bytes() {
    return bytes;
  }

  /** The sums of all files, as a tree adds them. */
  PairwiseSum sums(double[] coefficients, Order order, Sign sign) throws IOException {
    PairwiseSum sum = new PairwiseSum(new SumsAddition(shape, order));
    for (int file = 0; file < files.size(); file++) {
      Sums ofFile = new Sums(shape, order);
      for (GlmRows group : files.get(file)) {
        group.addTo(ofFile, coefficients);
        sign.give();
      }
      sum.add(firstFile + file, ofFile.values());
    }
    return sum;
  }
}
