package io.millrace.learn.trees;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.learn.DesignRow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TreesFitTest {
  @BeforeAll
  static void needXgBoost() throws IOException {
    NativeLibrary.assumeLoadable();
  }

  private static final int SEED = 7;

  static TreesSettings settings(Objective objective, int rounds, double subsample, int early) {
    return settings(objective, rounds, subsample, early, SEED);
  }

  private static TreesSettings settings(
      Objective objective, int rounds, double subsample, int early, long seed) {
    int outputs = objective == Objective.SOFTMAX ? 3 : 1;
    return new TreesSettings(
        objective, outputs, rounds, 4, 0.3, 1, subsample, subsample, 0, 1, 0, 64, early, seed);
  }

  private static TreesResult fit(
      TreesSettings settings, ListedExamples training, ListedExamples validation, int threads)
      throws IOException {
    return fit(settings, training, validation, threads, Optional.empty(), (round, state) -> {});
  }

  private static TreesResult fit(
      TreesSettings settings,
      ListedExamples training,
      ListedExamples validation,
      int threads,
      Optional<TreesState> resume,
      TreesListener listener)
      throws IOException {
    try (TrainingMatrix train = training.matrix();
        TrainingMatrix valid = validation.matrix()) {
      return TreesFit.run(settings, train, valid, threads, resume, listener);
    }
  }

  @Test
  void shouldGrowTheSameTreesWithAnyNumberOfThreads() throws IOException {
    ListedExamples training = ListedExamples.binary(3000, 1);
    ListedExamples validation = ListedExamples.binary(500, 2);
    TreesSettings settings = settings(Objective.LOGISTIC, 12, 0.7, 0);
    TreesResult one = fit(settings, training, validation, 1);
    assertEquals(one, fit(settings, training, validation, 2));
    assertEquals(12, one.ensemble(ListedExamples.columns()).trees().size());
  }

  @Test
  void shouldGrowOtherTreesWithAnotherSeedWhereRowsAreDrawn() throws IOException {
    ListedExamples training = ListedExamples.binary(500, 1);
    TreesSettings settings = settings(Objective.LOGISTIC, 2, 0.7, 0);
    TreesSettings other = settings(Objective.LOGISTIC, 2, 0.7, 0, SEED + 1);
    assertNotEquals(
        fit(settings, training, new ListedExamples(), 1),
        fit(other, training, new ListedExamples(), 1));
  }

  @Test
  void shouldGoOnFromAnyRoundAsIfNothingHadHappened() throws IOException {
    ListedExamples training = ListedExamples.binary(1500, 1);
    ListedExamples validation = ListedExamples.binary(300, 2);
    TreesSettings settings = settings(Objective.LOGISTIC, 10, 0.6, 0);
    List<byte[]> states = new ArrayList<>();
    TreesResult undisturbed =
        fit(
            settings,
            training,
            validation,
            1,
            Optional.empty(),
            (round, state) -> {
              ByteArrayOutputStream out = new ByteArrayOutputStream();
              state.make().writeTo(out);
              states.add(out.toByteArray());
            });
    assertEquals(10, states.size());
    for (int done : List.of(1, 4, 10)) {
      TreesState state = TreesState.readFrom(new ByteArrayInputStream(states.get(done - 1)));
      assertEquals(done, state.done());
      List<Integer> grown = new ArrayList<>();
      TreesResult resumed =
          fit(
              settings,
              training,
              validation,
              1,
              Optional.of(state),
              (round, maker) -> grown.add(round.number()));
      assertEquals(undisturbed, resumed);
      assertEquals(10 - done, grown.size());
    }
  }

  @Test
  void shouldRefuseAStateThatIsCutOff() {
    assertThrows(
        IOException.class,
        () ->
            TreesState.readFrom(
                new ByteArrayInputStream("{\"rounds\":[]}\n".getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void shouldKeepTheBestRoundOfTheValidationRows() throws IOException {
    ListedExamples training = ListedExamples.binary(300, 1);
    ListedExamples validation = ListedExamples.binary(300, 2);
    TreesResult result = fit(settings(Objective.LOGISTIC, 200, 1, 5), training, validation, 1);
    assertEquals(StopReason.EARLY, result.reason());
    List<TreesRound> rounds = result.rounds();
    assertEquals(result.kept() + 5, rounds.get(rounds.size() - 1).number());
    assertEquals(result.kept(), result.ensemble(ListedExamples.columns()).trees().size());
    double best = rounds.get(result.kept()).validationLoss().orElseThrow();
    assertTrue(rounds.stream().allMatch(round -> round.validationLoss().orElseThrow() >= best));
    assertTrue(rounds.get(5).trainingLoss() < rounds.get(0).trainingLoss());
  }

  @Test
  void shouldDoAllRoundsWhereNothingIsToStopIt() throws IOException {
    TreesResult result =
        fit(
            settings(Objective.SQUARED_ERROR, 3, 1, 0),
            ListedExamples.random(200, 1, (values, random) -> ListedExamples.tendency(values)),
            new ListedExamples(),
            1);
    assertEquals(StopReason.ALL_ROUNDS, result.reason());
    assertEquals(3, result.kept());
    assertTrue(result.rounds().get(3).validationLoss().isEmpty());
  }

  @Test
  void shouldSayWhyThereIsNoModel() throws IOException {
    TreesSettings binary = settings(Objective.LOGISTIC, 5, 1, 0);
    ListedExamples none = new ListedExamples();
    assertRefused(StopReason.NO_ROWS, "there are no rows to learn from", binary, none, none);
    ListedExamples oneClass = ListedExamples.random(20, 1, (values, random) -> 1);
    assertRefused(
        StopReason.ONE_CLASS, "all 20 rows to learn from are of one class", binary, oneClass, none);
    assertRefused(
        StopReason.NO_VALIDATION_ROWS,
        "there are no validation rows, which decide when there are enough trees: give them dates or a share in train.split, or set early_stopping to 0",
        settings(Objective.LOGISTIC, 5, 1, 20),
        ListedExamples.binary(50, 1),
        none);
    assertRefused(
        StopReason.CONSTANT_LABEL,
        "the label of all 20 rows to learn from is 1.0",
        settings(Objective.SQUARED_ERROR, 5, 1, 0),
        oneClass,
        none);
    assertRefused(
        StopReason.IMPOSSIBLE_LABEL,
        "there are labels that cannot be: a number has to be finite, a count 0 or more; the least is -1.0",
        settings(Objective.POISSON, 5, 1, 0),
        ListedExamples.random(20, 1, (values, random) -> random.nextInt(3) - 1),
        none);
  }

  private static void assertRefused(
      StopReason reason,
      String text,
      TreesSettings settings,
      ListedExamples training,
      ListedExamples validation)
      throws IOException {
    TreesResult result = fit(settings, training, validation, 1);
    assertEquals(reason, result.reason());
    assertEquals(text, result.text());
    assertFalse(reason.givesModel());
  }

  @Test
  void shouldThrowWhatReadingARowThrew() {
    DesignRow row = new DesignRow(7);
    AtomicInteger rows = new AtomicInteger();
    Examples broken =
        sink -> {
          if (rows.incrementAndGet() == 5000) {
            throw new IOException("the disk is gone");
          }
          sink.take(row, rows.get() % 2, 1);
          return true;
        };
    IOException thrown =
        assertThrows(
            IOException.class,
            () -> TrainingMatrix.read(broken, ListedExamples.columns(), new TreesMemory(1, 0)));
    assertEquals("the disk is gone", thrown.getMessage());
  }
}
