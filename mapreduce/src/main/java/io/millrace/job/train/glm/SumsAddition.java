package io.millrace.job.train.glm;

import io.millrace.allreduce.Addition;
import io.millrace.learn.glm.GlmShape;
import io.millrace.learn.glm.Order;
import io.millrace.learn.glm.Sums;

/** Adds the numbers that {@link Sums} travel as. */
public record SumsAddition(GlmShape shape, Order order) implements Addition {
  @Override
  public double[] zeros() {
    return new Sums(shape, order).values();
  }

  @Override
  public void add(double[] to, double[] from) {
    new Sums(shape, order, to).add(new Sums(shape, order, from));
  }
}
