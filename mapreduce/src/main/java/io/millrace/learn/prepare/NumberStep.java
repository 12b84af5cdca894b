package io.millrace.learn.prepare;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A step of arithmetic that one number goes through; NaN is a number that is not known. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
@JsonSubTypes({
  @JsonSubTypes.Type(value = NumberStep.Impute.class, name = "impute"),
  @JsonSubTypes.Type(value = NumberStep.Clip.class, name = "clip"),
  @JsonSubTypes.Type(value = NumberStep.Log1p.class, name = "log1p"),
  @JsonSubTypes.Type(value = NumberStep.Standardise.class, name = "standardise")
})
public sealed interface NumberStep {
  double apply(double value);

  /** NaN becomes {@code value}. */
  record Impute(double value) implements NumberStep {
    @Override
    public double apply(double number) {
      return Double.isNaN(number) ? value : number;
    }
  }

  /** {@code min(max(x, low), high)}. */
  record Clip(double low, double high) implements NumberStep {
    @Override
    public double apply(double value) {
      return Math.min(Math.max(value, low), high);
    }
  }

  /**
   * {@code sign(x) ln(1 + |x|)}: log1p of numbers from 0 on, and its mirror image below. The sum is
   * rounded before the logarithm, as ONNX has no log1p.
   */
  record Log1p() implements NumberStep {
    @Override
    public double apply(double value) {
      return Math.copySign(StrictMath.log(1 + Math.abs(value)), value);
    }
  }

  /** {@code (x - mean) / deviation}. */
  record Standardise(double mean, double deviation) implements NumberStep {
    public Standardise {
      if (!(deviation > 0)) {
        throw new IllegalArgumentException("Cannot divide by a deviation of " + deviation);
      }
    }

    @Override
    public double apply(double value) {
      return (value - mean) / deviation;
    }
  }
}
