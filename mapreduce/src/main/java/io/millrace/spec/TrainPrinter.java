package io.millrace.spec;

import io.millrace.spec.EvaluateSpec.Top;
import io.millrace.spec.PrepareSpec.Encoding;
import io.millrace.spec.PrepareSpec.Impute;
import io.millrace.spec.TrainSpec.ClassWeights;
import io.millrace.spec.TrainSpec.Extent;
import io.millrace.spec.TrainSpec.Label;
import io.millrace.spec.TrainSpec.Limit;
import io.millrace.spec.TrainSpec.Requirement;
import io.millrace.spec.TrainSpec.Snapshots;
import io.millrace.spec.TrainSpec.Split;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes {@code train} with all its defaults. */
final class TrainPrinter {
  private TrainPrinter() {}

  static Map<String, Object> print(TrainSpec spec) {
    Map<String, Object> train = new LinkedHashMap<>();
    train.put("model", model(spec.model()));
    train.put("label", label(spec.label()));
    train.put("inputs", SpecPrinter.literals(spec.inputs()));
    train.put("snapshots", snapshots(spec.snapshots()));
    train.put("sample", Map.of("negatives", SpecPrinter.share(spec.negatives())));
    train.put("class_weights", classWeights(spec.classWeights()));
    train.put("split", split(spec.split()));
    Map<String, Object> prepare = new LinkedHashMap<>();
    spec.prepare().forEach(steps -> prepare.put(steps.inputs().value(), prepare(steps)));
    train.put("prepare", prepare);
    train.put("evaluate", evaluate(spec.evaluate()));
    Map<String, Object> accept = new LinkedHashMap<>();
    spec.accept()
        .forEach(requirement -> accept.put(requirement.metric().value(), limit(requirement)));
    train.put("accept", accept);
    return train;
  }

  private static Map<String, Object> model(ModelSpec spec) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("name", spec.name().value());
    model.put("kind", ScalarReader.word(spec.kind().value()));
    model.put("seed", spec.seed());
    if (spec.algorithm() instanceof ModelSpec.Glm glm) {
      model.put("l1", number(glm.l1()));
      model.put("l2", number(glm.l2()));
      model.put("iterations", glm.iterations());
      model.put("warm_start", glm.warmStart());
    } else if (spec.algorithm() instanceof ModelSpec.Trees trees) {
      model.put("l1", number(trees.l1()));
      model.put("l2", number(trees.l2()));
      trees
          .objective()
          .ifPresent(objective -> model.put("objective", ScalarReader.word(objective)));
      model.put("rounds", trees.rounds());
      model.put("max_depth", trees.maxDepth());
      model.put("learning_rate", number(trees.learningRate()));
      model.put("min_child_weight", number(trees.minChildWeight()));
      model.put("subsample", number(trees.subsample()));
      model.put("colsample", number(trees.colsample()));
      model.put("min_split_loss", number(trees.minSplitLoss()));
      model.put("max_bins", trees.maxBins());
      model.put("early_stopping", trees.earlyStopping());
    }
    return model;
  }

  private static Map<String, Object> label(Label spec) {
    Map<String, Object> label = new LinkedHashMap<>();
    if (spec instanceof Label.OfEvents events) {
      label.put("of", SpecPrinter.literal(events.sql()));
      label.put("known_after", SpecPrinter.days(events.knownAfterDays()));
    } else if (spec instanceof Label.AnyEvent any) {
      label.put("any", SpecPrinter.literal(any.condition()));
      label.put("within", SpecPrinter.days(any.withinDays()));
      any.group().ifPresent(group -> label.put("group", SpecPrinter.literal(group)));
    }
    return label;
  }

  private static Object snapshots(Snapshots spec) {
    if (spec instanceof Snapshots.Days history) {
      return Map.of("history", SpecPrinter.days(history.days()));
    }
    if (spec instanceof Snapshots.Months monthly) {
      return monthly.months().<Object>map(months -> Map.of("monthly", months)).orElse("monthly");
    }
    return spec instanceof Snapshots.Dates some
        ? Map.of("dates", some.dates().stream().map(LocalDate::toString).toList())
        : Map.of("history", "all");
  }

  private static Object classWeights(ClassWeights spec) {
    if (spec instanceof ClassWeights.Given given) {
      Map<String, Object> weights = new LinkedHashMap<>();
      given.weights().forEach((name, weight) -> weights.put(name, number(weight.value())));
      return weights;
    }
    return spec instanceof ClassWeights.Balanced ? "balanced" : "none";
  }

  private static Map<String, Object> split(Split spec) {
    Map<String, Object> split = new LinkedHashMap<>();
    if (spec instanceof Split.ByTime byTime) {
      split.put("by", ScalarReader.word(SplitReader.By.TIME));
      split.put(
          "validation",
          byTime.validation().value() instanceof Extent.ShareOfRows rows
              ? Map.of("hash", SpecPrinter.share(rows.share()))
              : extent(byTime.validation().value()));
      split.put("test", extent(byTime.test().value()));
      byTime.gapDays().ifPresent(days -> split.put("gap", SpecPrinter.days(days)));
    } else if (spec instanceof Split.ByHash byHash) {
      split.put("by", ScalarReader.word(SplitReader.By.HASH));
      split.put("validation", SpecPrinter.share(byHash.validation()));
      split.put("test", SpecPrinter.share(byHash.test()));
    }
    return split;
  }

  private static String extent(Extent extent) {
    return extent instanceof Extent.Days days
        ? SpecPrinter.days(days.days())
        : SpecPrinter.share(((Extent.Share) extent).share());
  }

  private static Map<String, Object> prepare(PrepareSpec spec) {
    Map<String, Object> steps = new LinkedHashMap<>();
    spec.impute().ifPresent(impute -> steps.put("impute", impute(impute)));
    spec.indicator().ifPresent(flag -> steps.put("indicator", flag));
    spec.clip()
        .ifPresent(
            clip ->
                steps.put(
                    "clip",
                    List.of(SpecPrinter.share(clip.low()), SpecPrinter.share(clip.high()))));
    if (spec.log1p()) {
      steps.put("log1p", true);
    }
    spec.bucketise().ifPresent(buckets -> steps.put("bucketise", buckets));
    spec.standardise().ifPresent(flag -> steps.put("standardise", flag));
    spec.encoding()
        .ifPresent(
            encoding -> {
              if (encoding instanceof Encoding.OneHot oneHot) {
                steps.put("one_hot", Map.of("min_count", oneHot.minCount()));
              } else {
                steps.put("ordinal", true);
              }
            });
    return steps;
  }

  private static Object impute(Impute impute) {
    if (impute instanceof Impute.Constant constant) {
      return number(constant.value());
    }
    return impute instanceof Impute.Median ? "median" : "mean";
  }

  private static Map<String, Object> evaluate(EvaluateSpec spec) {
    Map<String, Object> evaluate = new LinkedHashMap<>();
    evaluate.put("segments", SpecPrinter.literals(spec.segments()));
    evaluate.put("threshold", number(spec.threshold()));
    evaluate.put("top", spec.top().stream().map(TrainPrinter::top).toList());
    spec.baseline().ifPresent(baseline -> evaluate.put("baseline", baseline(baseline)));
    return evaluate;
  }

  private static Object top(Top top) {
    return top instanceof Top.Share share
        ? SpecPrinter.share(share.share())
        : (Object) ((Top.Rows) top).rows();
  }

  private static Map<String, Object> baseline(EvaluateSpec.Baseline spec) {
    Map<String, Object> baseline = new LinkedHashMap<>();
    SpecPrinter.model(spec.asScore(), baseline);
    return baseline;
  }

  private static String limit(Requirement requirement) {
    Limit limit = requirement.limit().value();
    String text =
        limit instanceof Limit.Fixed number
            ? ScalarReader.shortest(number.value())
            : limit instanceof Limit.Baseline ? "baseline" : "production";
    return requirement.sign().text() + " " + text;
  }

  /** As YAML has numbers. */
  private static Object number(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? (Object) (long) number
        : (Object) number;
  }
}
