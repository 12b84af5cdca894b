package io.millrace.spec;

import io.millrace.spec.ModelSpec.Kind;
import io.millrace.spec.ModelSpec.Objective;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code train.model}. */
final class ModelReader {
  private static final Pattern NAMES = Pattern.compile("[a-z][a-z0-9_-]*");
  private static final int MOST = 100_000;
  private static final int MOST_DEPTH = 20;
  private static final int MOST_BINS = 4096;

  static final Key<Located<String>> NAME =
      Key.required("name", "name: fraud", ModelReader::name)
          .takes("small letters, digits, `-`, `_`; a letter first")
          .means(
              "the folder of its versions in the registry, and what `score` names:"
                  + " `model: registry:fraud`");
  static final Key<Located<Kind>> KIND =
      Key.required(
              "kind",
              "kind: logistic",
              value ->
                  ScalarReader.constant(value, Kind.class)
                      .map(kind -> new Located<>(kind, value.at())))
          .takes(ScalarReader.words(Kind.class))
          .means("[what is fitted](training.md#kinds-of-models)");
  static final Key<Integer> SEED =
      Key.optional("seed", value -> ScalarReader.wholeNumber(value, 0, Integer.MAX_VALUE))
          .takes("whole number")
          .byDefault(1, "`1`")
          .means("of all that is drawn at random, which is then the same every time");
  static final Key<Double> L1 =
      Key.optional("l1", value -> ScalarReader.number(value, 0, Double.MAX_VALUE))
          .takes("number, at least `0`")
          .byDefault(0.0, "`0`")
          .means("weight of Σ of the coefficients without their sign; of trees: of the leaves'");
  static final Key<Double> L2 =
      Key.optional("l2", value -> ScalarReader.number(value, 0, Double.MAX_VALUE))
          .takes("number, at least `0`")
          .byDefault(1.0, "`1`")
          .means("weight of half of Σ of the coefficients' squares; of trees: of the leaves'");
  static final Key<Integer> ITERATIONS =
      Key.optional("iterations", value -> ScalarReader.wholeNumber(value, 1, MOST))
          .takes("whole number, at least `1`")
          .byDefault(100, "`100`")
          .means("after so many a fit ends that has not converged; not for `trees`");
  static final Key<Boolean> WARM_START =
      Key.optional("warm_start", ScalarReader::flag)
          .takes("`true` or `false`")
          .byDefault(false, "`false`")
          .means(
              "whether the fit begins at the coefficients of the production version; not for `trees`");

  static final Key<Objective> OBJECTIVE =
      Key.optional("objective", value -> ScalarReader.constant(value, Objective.class))
          .takes(ScalarReader.words(Objective.class))
          .without("`squared_error`, where the label is a number")
          .means("trees: the loss of a number");
  static final Key<Integer> ROUNDS =
      Key.optional("rounds", value -> ScalarReader.wholeNumber(value, 1, MOST))
          .takes("whole number, at least `1`")
          .byDefault(500, "`500`")
          .means("trees: how many at most, one after the other");
  static final Key<Integer> MAX_DEPTH =
      Key.optional("max_depth", value -> ScalarReader.wholeNumber(value, 1, MOST_DEPTH))
          .takes("whole number from `1` to `20`")
          .byDefault(6, "`6`")
          .means("trees: levels of a tree");
  static final Key<Double> LEARNING_RATE =
      Key.optional("learning_rate", value -> ScalarReader.numberAbove(value, 0, 1))
          .takes("number above `0`, up to `1`")
          .byDefault(0.1, "`0.1`")
          .means("trees: how much of a tree counts");
  static final Key<Double> MIN_CHILD_WEIGHT =
      Key.optional("min_child_weight", value -> ScalarReader.number(value, 0, Double.MAX_VALUE))
          .takes("number, at least `0`")
          .byDefault(1.0, "`1`")
          .means("trees: the sum of second derivatives that a leaf needs");
  static final Key<Double> SUBSAMPLE =
      Key.optional("subsample", value -> ScalarReader.numberAbove(value, 0, 1))
          .takes("number above `0`, up to `1`")
          .byDefault(1.0, "`1`")
          .means("trees: the share of the rows that a tree sees");
  static final Key<Double> COLSAMPLE =
      Key.optional("colsample", value -> ScalarReader.numberAbove(value, 0, 1))
          .takes("number above `0`, up to `1`")
          .byDefault(1.0, "`1`")
          .means("trees: the share of the columns that a tree sees");
  static final Key<Double> MIN_SPLIT_LOSS =
      Key.optional("min_split_loss", value -> ScalarReader.number(value, 0, Double.MAX_VALUE))
          .takes("number, at least `0`")
          .byDefault(0.0, "`0`")
          .means("trees: by how much a split must make the loss less");
  static final Key<Integer> MAX_BINS =
      Key.optional("max_bins", value -> ScalarReader.wholeNumber(value, 2, MOST_BINS))
          .takes("whole number from `2` to `4096`")
          .byDefault(256, "`256`")
          .means("trees: how many places a column can be split at");
  static final Key<Integer> EARLY_STOPPING =
      Key.optional("early_stopping", value -> ScalarReader.wholeNumber(value, 0, MOST))
          .takes("whole number")
          .byDefault(20, "`20`")
          .means(
              "trees: growing ends after so many rounds without a gain on the validation rows, and"
                  + " the best round counts; `0`: never");

  private static final List<Key<?>> OF_GLMS = List.of(ITERATIONS, WARM_START);
  private static final List<Key<?>> OF_TREES =
      List.of(
          OBJECTIVE,
          ROUNDS,
          MAX_DEPTH,
          LEARNING_RATE,
          MIN_CHILD_WEIGHT,
          SUBSAMPLE,
          COLSAMPLE,
          MIN_SPLIT_LOSS,
          MAX_BINS,
          EARLY_STOPPING);

  static final Section MODEL =
      Section.of(
          "train.model",
          NAME,
          KIND,
          SEED,
          L1,
          L2,
          ITERATIONS,
          WARM_START,
          OBJECTIVE,
          ROUNDS,
          MAX_DEPTH,
          LEARNING_RATE,
          MIN_CHILD_WEIGHT,
          SUBSAMPLE,
          COLSAMPLE,
          MIN_SPLIT_LOSS,
          MAX_BINS,
          EARLY_STOPPING);

  private ModelReader() {}

  static Optional<ModelSpec> read(YamlValue value) {
    return value.section(MODEL).flatMap(ModelReader::read);
  }

  private static Optional<ModelSpec> read(YamlSection model) {
    Located<String> name = model.text(NAME);
    Optional<Located<Kind>> kind = model.find(KIND);
    boolean trees = kind.isPresent() && kind.get().value() == Kind.TREES;
    if (kind.isPresent()) {
      refuse(model, trees ? OF_GLMS : OF_TREES, kind.get().value());
    }
    ModelSpec.Algorithm glm =
        new ModelSpec.Glm(
            model.get(L1), model.get(L2), model.get(ITERATIONS), model.get(WARM_START));
    ModelSpec.Algorithm algorithm = trees ? trees(model) : glm;
    int seed = model.get(SEED);
    return kind.map(known -> new ModelSpec(name, known, algorithm, seed));
  }

  private static ModelSpec.Trees trees(YamlSection model) {
    return new ModelSpec.Trees(
        model.find(OBJECTIVE),
        model.get(ROUNDS),
        model.get(MAX_DEPTH),
        model.get(LEARNING_RATE),
        model.get(MIN_CHILD_WEIGHT),
        model.get(SUBSAMPLE),
        model.get(COLSAMPLE),
        model.get(L1),
        model.get(L2),
        model.get(MIN_SPLIT_LOSS),
        model.get(MAX_BINS),
        model.get(EARLY_STOPPING));
  }

  private static void refuse(YamlSection model, List<Key<?>> keys, Kind kind) {
    for (Key<?> key : keys) {
      model
          .value(key)
          .ifPresent(
              value ->
                  value.problem(
                      "`%s` has no meaning for `kind: %s`; leave it out"
                          .formatted(value.path(), ScalarReader.word(kind))));
    }
  }

  private static Optional<Located<String>> name(YamlValue value) {
    String expected = "a name of small letters, digits, `-` and `_`, such as `fraud`";
    Optional<Located<String>> name = value.text(expected);
    if (name.isPresent() && !NAMES.matcher(name.get().value()).matches()) {
      value.mismatch(expected);
    }
    return name;
  }
}
