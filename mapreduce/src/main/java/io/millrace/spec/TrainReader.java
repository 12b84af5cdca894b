package io.millrace.spec;

import io.millrace.spec.TrainSpec.ClassWeights;
import io.millrace.spec.TrainSpec.Requirement;
import io.millrace.spec.TrainSpec.Snapshots;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code train}. */
final class TrainReader {
  private static final double MOST_WEIGHT = 1e9;

  static final Key<ModelSpec> MODEL =
      Key.required("model", "model: {name: fraud, kind: logistic}", ModelReader::read)
          .takes("mapping")
          .means("[what is trained](#trainmodel)");
  static final Key<YamlValue> LABEL =
      Key.required("label", "label: {of: is_fraud, known_after: 7d}", Optional::of)
          .takes("mapping, or the SQL of `of` alone")
          .means("[what is predicted, and of what](#trainlabel)");
  static final Key<List<Located<String>>> INPUTS =
      Key.required(
              "inputs",
              "inputs: [amount, card_*]",
              value -> Optional.of(ColumnsReader.atLeastOne(value)))
          .takes("list of columns and patterns")
          .means(
              "columns of clean records and features that the model reads; `*` stands for any"
                  + " characters, and `-` before a name or pattern takes columns out");
  static final Key<Snapshots> SNAPSHOTS =
      Key.required("snapshots", "snapshots: {history: 90d}", SnapshotsReader::read)
          .takes("mapping, `monthly`, or list of dates")
          .means("[of which dates rows are trained on](#trainsnapshots)");
  static final Key<BigDecimal> SAMPLE =
      Key.optional("sample", TrainReader::sample)
          .takes("`{negatives: 10%}`")
          .byDefault(BigDecimal.ONE, "all rows")
          .means(
              "only this share of the rows whose label is FALSE is kept, each with the weight 1 / share");
  static final Key<ClassWeights> CLASS_WEIGHTS =
      Key.optional("class_weights", TrainReader::classWeights)
          .takes("`none`, `balanced`, or mapping of classes to numbers")
          .byDefault(new ClassWeights.None(), "`none`")
          .means(
              "by how much the rows of a class count more than others' when the model learns:"
                  + " `balanced` makes all classes count the same; of a condition the classes are"
                  + " `true` and `false`");
  static final Key<YamlValue> SPLIT =
      Key.optional("split", Optional::of)
          .takes("mapping")
          .without("by time; see there")
          .means("[which rows the model learns from, and which measure it](#trainsplit)");
  static final Key<List<PrepareSpec>> PREPARE =
      Key.optional("prepare", value -> Optional.of(PrepareReader.read(value)))
          .takes("mapping of inputs or patterns to mappings")
          .byDefault(List.of(), "follows from the kind of model and the type")
          .means(
              "[what is done with inputs](#trainprepareinput) before the model sees them; the first"
                  + " name or pattern that fits an input counts");
  static final Key<EvaluateSpec> EVALUATE =
      Key.optional("evaluate", EvaluateReader::read)
          .takes("mapping")
          .byDefault(EvaluateReader.standard(), "`{}`")
          .means("[how the model is measured](#trainevaluate)");
  static final Key<List<Requirement>> ACCEPT =
      Key.optional("accept", value -> Optional.of(EvaluateReader.requirements(value)))
          .takes("mapping of metrics to limits")
          .byDefault(List.of(), "every version is accepted")
          .means(
              "what must hold on the test rows for a version to be used: `\">= 0.8\"`,"
                  + " `\"<= baseline\"`, `\">= production\"`; [metrics](training.md#reading-the-evaluation)");

  static final Section TRAIN =
      Section.of(
          "train",
          MODEL,
          LABEL,
          INPUTS,
          SNAPSHOTS,
          SAMPLE,
          CLASS_WEIGHTS,
          SPLIT,
          PREPARE,
          EVALUATE,
          ACCEPT);

  private static final Key<BigDecimal> NEGATIVES =
      Key.required("negatives", "negatives: 10%", ScalarReader::share);
  private static final Section SAMPLES = Section.of("train.sample", NEGATIVES);

  private TrainReader() {}

  /**
   * Reads the section.
   *
   * @param groups the names of the feature groups
   */
  static Optional<TrainSpec> read(YamlValue value, List<String> groups) {
    return value.section(TRAIN).flatMap(train -> read(train, groups));
  }

  private static Optional<TrainSpec> read(YamlSection train, List<String> groups) {
    Optional<ModelSpec> model = train.find(MODEL);
    boolean trees = model.map(known -> known.algorithm() instanceof ModelSpec.Trees).orElse(false);
    Optional<TrainSpec.Label> label =
        train.find(LABEL).flatMap(value -> LabelReader.read(value, groups));
    List<Located<String>> inputs = train.find(INPUTS).orElse(List.of());
    Optional<Snapshots> snapshots = train.find(SNAPSHOTS);
    BigDecimal negatives = train.get(SAMPLE);
    ClassWeights weights = train.get(CLASS_WEIGHTS);
    TrainSpec.Split split =
        train
            .find(SPLIT)
            .flatMap(value -> SplitReader.read(value, trees))
            .orElse(SplitReader.standard(trees, train.at()));
    List<PrepareSpec> prepare = train.get(PREPARE);
    EvaluateSpec evaluate = train.get(EVALUATE);
    List<Requirement> accept = train.get(ACCEPT);
    checkBaseline(train, evaluate, accept);
    if (model.isEmpty() || label.isEmpty() || snapshots.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new TrainSpec(
            model.get(),
            label.get(),
            inputs,
            snapshots.get(),
            negatives,
            weights,
            split,
            prepare,
            evaluate,
            accept));
  }

  private static void checkBaseline(
      YamlSection train, EvaluateSpec evaluate, List<Requirement> accept) {
    for (Requirement requirement : accept) {
      if (requirement.limit().value() instanceof TrainSpec.Limit.Baseline
          && evaluate.baseline().isEmpty()) {
        train.problem(
            requirement.limit().at(),
            "`train.accept.%s` names the baseline, and there is none; add `baseline:` under `train.evaluate`"
                .formatted(requirement.metric()));
      }
    }
  }

  private static Optional<BigDecimal> sample(YamlValue value) {
    Optional<BigDecimal> share = value.section(SAMPLES).flatMap(section -> section.find(NEGATIVES));
    if (share.isPresent() && share.get().signum() == 0) {
      value.problem("`train.sample.negatives` is `0`; keep a share of these rows, such as `10%`");
      return Optional.empty();
    }
    return share;
  }

  private static Optional<ClassWeights> classWeights(YamlValue value) {
    if (value.is("none")) {
      return Optional.of(new ClassWeights.None());
    }
    if (value.is("balanced")) {
      return Optional.of(new ClassWeights.Balanced());
    }
    if (!value.isMapping()) {
      value.mismatch(
          "`none`, `balanced`, or a mapping of classes to numbers such as `{\"true\": 5}`");
      return Optional.empty();
    }
    Map<String, Located<Double>> weights = new LinkedHashMap<>();
    for (YamlMapping.Entry entry : value.mapping("").map(YamlMapping::entries).orElse(List.of())) {
      ScalarReader.numberAbove(entry.value(), 0, MOST_WEIGHT)
          .ifPresent(
              weight -> weights.put(entry.key().value(), new Located<>(weight, entry.key().at())));
    }
    return Optional.of(new ClassWeights.Given(weights));
  }
}
