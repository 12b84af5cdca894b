package io.millrace.job.train.glm;

import io.millrace.allreduce.PairwiseSum.Subtree;
import java.nio.ByteBuffer;
import org.apache.hadoop.io.BytesWritable;

/** How sums lie in the output of a step: the number of files, then the numbers. */
final class StepSums {
  private StepSums() {}

  static BytesWritable write(Subtree subtree) {
    double[] sums = subtree.sums();
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + sums.length * Double.BYTES);
    bytes.putInt(subtree.files()).asDoubleBuffer().put(sums);
    return new BytesWritable(bytes.array());
  }

  static Subtree read(int firstFile, BytesWritable written) {
    ByteBuffer bytes = ByteBuffer.wrap(written.getBytes(), 0, written.getLength());
    int files = bytes.getInt();
    double[] sums = new double[bytes.remaining() / Double.BYTES];
    bytes.asDoubleBuffer().get(sums);
    return new Subtree(firstFile, files, sums);
  }
}
