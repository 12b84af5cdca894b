package io.millrace.job.train.glm;

import io.millrace.learn.glm.Order;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What one {@link GlmStepJob} sums; plain data.
 *
 * @param coefficientsPath a file of the coefficients, which may be many
 */
public record GlmStep(Order order, String coefficientsPath) {
  /** Writes coefficients for a step. */
  public static GlmStep write(
      Order order, double[] coefficients, Path path, Configuration configuration)
      throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(path.getFileSystem(configuration).create(path, true)))) {
      out.writeInt(coefficients.length);
      for (double coefficient : coefficients) {
        out.writeDouble(coefficient);
      }
    }
    return new GlmStep(order, path.toString());
  }

  double[] coefficients(Configuration configuration) throws IOException {
    Path path = new Path(coefficientsPath);
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(path.getFileSystem(configuration).open(path)))) {
      double[] coefficients = new double[in.readInt()];
      for (int i = 0; i < coefficients.length; i++) {
        coefficients[i] = in.readDouble();
      }
      return coefficients;
    }
  }
}
