package io.millrace.learn.trees;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fits trees, round after round, until the validation rows gain no more or all rounds are done. The
 * same rows, settings and seed give the same trees, bit for bit: for any number of threads, as sums
 * of {@link Gradients} are exact and all else is computed row by row or column by column; and with
 * any interruptions, as what is drawn in a round hangs on the seed and its number alone.
 */
public final class TreesFit {
  // Over several tasks: each would hold the rows of some files as its matrix, join the others by
  // XGBoost's Communicator (its tracker beside the driver), and grow the same trees from histograms
  // that are added up over all. What is still needed: one set of bins for all, made by the job that
  // gathers statistics, as XGBoost's own bins hang on which task has which rows. Exact sums are
  // there already: Gradients would take its grid from the largest gradient of all tasks.

  private final TreesSettings settings;
  private final TrainingMatrix training;
  private final TrainingMatrix validation;
  private final List<TreesRound> rounds = new ArrayList<>();

  private TreesFit(TreesSettings settings, TrainingMatrix training, TrainingMatrix validation) {
    this.settings = settings;
    this.training = training;
    this.validation = validation;
  }

  /**
   * Fits to the end.
   *
   * @param validation rows that decide when it is enough; may be empty where nothing is to
   * @param threads at most; decides only how long it takes
   * @param resume the state of an earlier fit of the same rows and settings
   */
  public static TreesResult run(
      TreesSettings settings,
      TrainingMatrix training,
      TrainingMatrix validation,
      int threads,
      Optional<TreesState> resume,
      TreesListener listener)
      throws IOException {
    Optional<StopReason> refused = refuse(settings, training.labels(), validation.labels());
    if (refused.isPresent()) {
      return without(refused.get(), training.labels(), List.of());
    }
    return new TreesFit(settings, training, validation).run(threads, resume, listener);
  }

  private static Optional<StopReason> refuse(
      TreesSettings settings, Labels training, Labels validation) {
    if (training.rows() == 0) {
      return Optional.of(StopReason.NO_ROWS);
    }
    if (settings.stopsEarly() && validation.rows() == 0) {
      return Optional.of(StopReason.NO_VALIDATION_ROWS);
    }
    if (!training.areFinite() || !validation.areFinite()) {
      return Optional.of(StopReason.IMPOSSIBLE_LABEL);
    }
    return switch (settings.objective()) {
      case LOGISTIC, SOFTMAX ->
          training.areEqual() ? Optional.of(StopReason.ONE_CLASS) : Optional.empty();
      case SQUARED_ERROR ->
          training.areEqual() ? Optional.of(StopReason.CONSTANT_LABEL) : Optional.empty();
      case POISSON -> {
        if (training.least() < 0 || validation.least() < 0) {
          yield Optional.of(StopReason.IMPOSSIBLE_LABEL);
        }
        yield training.areEqual() ? Optional.of(StopReason.CONSTANT_LABEL) : Optional.empty();
      }
    };
  }

  private TreesResult run(int threads, Optional<TreesState> resume, TreesListener listener)
      throws IOException {
    try (Booster booster = open(threads, resume)) {
      Labels labels = training.labels();
      Gradients gradients = new Gradients(settings.objective(), settings.outputs(), labels.rows());
      double loss = gradients.derive(booster.margins(training), labels);
      if (rounds.isEmpty()) {
        rounds.add(new TreesRound(0, loss, validationLoss(booster)));
      }
      Optional<StopReason> stop = stop();
      while (stop.isEmpty()) {
        int number = done() + 1;
        booster.grow(training, number - 1, gradients);
        loss = gradients.derive(booster.margins(training), labels);
        TreesRound round = new TreesRound(number, loss, validationLoss(booster));
        rounds.add(round);
        stop = stop();
        listener.done(round, () -> new TreesState(rounds, new SavedTrees(booster.save())));
      }
      if (!stop.get().givesModel()) {
        return without(stop.get(), labels, rounds);
      }
      int kept = settings.stopsEarly() ? best() : done();
      return new TreesResult(
          stop.get(), text(stop.get(), kept), kept, rounds, new SavedTrees(booster.json()));
    }
  }

  private Booster open(int threads, Optional<TreesState> resume) throws IOException {
    TrainingMatrix[] matrices =
        validation.isEmpty()
            ? new TrainingMatrix[] {training}
            : new TrainingMatrix[] {training, validation};
    if (resume.isEmpty()) {
      return Booster.create(settings, base(), threads, matrices);
    }
    rounds.addAll(resume.get().rounds());
    return Booster.load(resume.get().trees().bytes(), settings, threads, matrices);
  }

  /** What is said of every row before the first tree: the best that one number can. */
  private double base() {
    return switch (settings.objective()) {
      case LOGISTIC, POISSON, SQUARED_ERROR -> training.labels().mean();
      // one number for all classes, which is all the same to them
      case SOFTMAX -> 0;
    };
  }

  private @Nullable Double validationLoss(Booster booster) throws IOException {
    return validation.isEmpty()
        ? null
        : Gradients.loss(
            settings.objective(),
            settings.outputs(),
            booster.margins(validation),
            validation.labels());
  }

  private int done() {
    return rounds.get(rounds.size() - 1).number();
  }

  private Optional<StopReason> stop() {
    TreesRound last = rounds.get(rounds.size() - 1);
    if (!Double.isFinite(last.trainingLoss())
        || !Double.isFinite(last.validationLoss().orElse(0))) {
      return Optional.of(StopReason.DIVERGED);
    }
    if (settings.stopsEarly() && done() - best() >= settings.earlyStopping()) {
      return Optional.of(StopReason.EARLY);
    }
    return done() >= settings.rounds() ? Optional.of(StopReason.ALL_ROUNDS) : Optional.empty();
  }

  /** The round with the least loss of the validation rows, the first of several; not 0. */
  private int best() {
    int best = Math.min(1, done());
    for (TreesRound round : rounds) {
      if (round.number() > 0
          && round.validationLoss().orElseThrow()
              < rounds.get(best).validationLoss().orElseThrow()) {
        best = round.number();
      }
    }
    return best;
  }

  private String text(StopReason reason, int kept) {
    return switch (reason) {
      case EARLY ->
          "the validation rows have gained nothing in %d rounds; the first %d of %d are kept"
              .formatted(settings.earlyStopping(), kept, done());
      case ALL_ROUNDS ->
          kept == done()
              ? "all %d rounds are done".formatted(done())
              : "all %d rounds are done; the first %d are kept, behind which the validation rows gain nothing"
                  .formatted(done(), kept);
      case NO_ROWS, NO_VALIDATION_ROWS, ONE_CLASS, CONSTANT_LABEL, IMPOSSIBLE_LABEL, DIVERGED ->
          throw new IllegalArgumentException("Cannot say what came of " + reason);
    };
  }

  private static TreesResult without(StopReason reason, Labels training, List<TreesRound> rounds) {
    return new TreesResult(
        reason, refusal(reason, training, rounds), 0, rounds, new SavedTrees(new byte[0]));
  }

  private static String refusal(StopReason reason, Labels training, List<TreesRound> rounds) {
    return switch (reason) {
      case NO_ROWS -> "there are no rows to learn from";
      case NO_VALIDATION_ROWS ->
          "there are no validation rows, which decide when there are enough trees: give them dates or a share in train.split, or set early_stopping to 0";
      case ONE_CLASS -> "all %,d rows to learn from are of one class".formatted(training.rows());
      case CONSTANT_LABEL ->
          "the label of all %,d rows to learn from is %s"
              .formatted(training.rows(), training.label(0));
      case IMPOSSIBLE_LABEL ->
          "there are labels that cannot be: a number has to be finite, a count 0 or more; the least is "
              + training.least();
      case DIVERGED ->
          "the loss is not finite after round %d: take a lower learning_rate, or look for labels that are out of all proportion"
              .formatted(rounds.get(rounds.size() - 1).number());
      case EARLY, ALL_ROUNDS -> throw new IllegalArgumentException("A model came of " + reason);
    };
  }
}
