package io.millrace.plan;

import io.millrace.learn.prepare.InputPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * How an input is prepared, in words that a person understands and that are kept in manifests: a
 * change of them makes a training stale.
 */
final class PrepareText {
  private PrepareText() {}

  /** Such as {@code impute mean (with indicator), clip 0.01 to 0.99, standardise}. */
  static String of(InputPlan plan) {
    if (plan instanceof InputPlan.OneHot oneHot) {
      return "one_hot (min_count " + oneHot.minCount() + ")";
    }
    return plan instanceof InputPlan.Numbers numbers ? of(numbers) : "ordinal";
  }

  private static String of(InputPlan.Numbers plan) {
    List<String> steps = new ArrayList<>();
    String indicator = plan.indicator() ? " (with indicator)" : "";
    if (plan.imputation() instanceof InputPlan.Imputation.Constant constant) {
      steps.add("impute " + constant.value() + indicator);
    } else if (plan.imputation() instanceof InputPlan.Imputation.Mean) {
      steps.add("impute mean" + indicator);
    } else if (plan.imputation() instanceof InputPlan.Imputation.Median) {
      steps.add("impute median" + indicator);
    } else {
      steps.add("NULL as it is" + indicator);
    }
    plan.clip()
        .ifPresent(
            clip ->
                steps.add(
                    "clip %s to %s"
                        .formatted(clip.low().toPlainString(), clip.high().toPlainString())));
    if (plan.log1p()) {
      steps.add("log1p");
    }
    if (plan.form() instanceof InputPlan.Form.Buckets buckets) {
      steps.add("bucketise " + buckets.count());
    } else if (plan.form() instanceof InputPlan.Form.Standardised) {
      steps.add("standardise");
    }
    return String.join(", ", steps);
  }
}
