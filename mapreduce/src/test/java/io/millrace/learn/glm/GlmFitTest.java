package io.millrace.learn.glm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GlmFitTest {
  private static final List<String> THREE = List.of("a", "b", "c");

  /** The line through (0, 1), (1, 3), (2, 4), (3, 4) is 1.5 + x. */
  @Test
  void shouldFitALine() throws Exception {
    GlmProblem problem = problem(Family.LINEAR, List.of("x"), 0, 0);
    FilesInMemory rows = new FilesInMemory(problem.shape(), 2);
    rows.add(0, 1, 1, 0).add(0, 3, 1, 1).add(1, 4, 1, 2).add(1, 4, 1, 3);
    FitResult result = fit(problem, rows);
    assertInstanceOf(StopReason.Converged.class, result.reason());
    assertArrayEquals(new double[] {1, 1.5}, result.model().flat(), 1e-14);
    assertEquals(1, result.iterations());
    // of (-0.5, 0.5, 0.5, -0.5)
    assertEquals(0.5, result.history().get(0).objective(), 1e-14);
  }

  /** With a category, Poisson's means are those of its rows: 2 and 5. */
  @Test
  void shouldFitCountsOfTwoCategories() throws Exception {
    GlmProblem problem = problem(Family.POISSON, List.of("web"), 0, 0);
    FilesInMemory rows = new FilesInMemory(problem.shape(), 1);
    rows.add(0, 1, 1, 0).add(0, 3, 1, 0).add(0, 4, 2, 1).add(0, 7, 1, 1);
    GlmModel model = fit(problem, rows).model();
    assertEquals(Math.log(2), model.intercepts().get(0), 1e-12);
    assertEquals(Math.log(2.5), model.coefficients().get(0).get(0), 1e-12);
  }

  /** Log odds of a category's rows: 3 of 4, and 1 of 5. */
  @Test
  void shouldFitOddsOfTwoCategories() throws Exception {
    GlmProblem problem = problem(Family.LOGISTIC, List.of("web"), 0, 0);
    FilesInMemory rows = new FilesInMemory(problem.shape(), 1);
    rows.add(0, 1, 3, 1).add(0, 0, 1, 1).add(0, 1, 1, 0).add(0, 0, 4, 0);
    GlmModel model = fit(problem, rows).model();
    assertEquals(Math.log(1 / 4.0), model.intercepts().get(0), 1e-12);
    assertEquals(Math.log(3) - Math.log(1 / 4.0), model.coefficients().get(0).get(0), 1e-12);
  }

  @Test
  void shouldSayThatThereAreNoRows() throws Exception {
    GlmProblem problem = problem(Family.LINEAR, THREE, 0, 1);
    FilesInMemory rows = new FilesInMemory(problem.shape(), 2).add(1, 4, 0, 1, 1, 1);
    assertEquals(new StopReason.NoRows(), fit(problem, rows).reason());
    assertEquals(List.of(Order.LOSS), rows.asked());
  }

  @ParameterizedTest
  @CsvSource({"1, true", "0, false"})
  void shouldSayThatThereIsOneClass(double label, String name) throws Exception {
    GlmProblem problem = problem(Family.LOGISTIC, THREE, 0, 1);
    FilesInMemory rows = new FilesInMemory(problem.shape(), 1);
    rows.add(0, label, 1, 1, 2, 3).add(0, label, 2, 4, 5, 6).add(0, 1 - label, 0, 7, 8, 9);
    assertEquals(new StopReason.OneClass(name), fit(problem, rows).reason());
  }

  @Test
  void shouldSayThatThereIsOneOfSeveralClasses() throws Exception {
    GlmProblem problem = new GlmProblem(Family.MULTINOMIAL, THREE, List.of("x", "y"), 0, 1, 50);
    FilesInMemory rows = new FilesInMemory(problem.shape(), 1).add(0, 1, 1, 1, 2, 3);
    assertEquals(new StopReason.OneClass("y"), fit(problem, rows).reason());
  }

  @Test
  void shouldRefuseAClassWithoutRows() {
    GlmProblem problem =
        new GlmProblem(Family.MULTINOMIAL, List.of("x"), List.of("p", "q", "r"), 0, 1, 50);
    FilesInMemory rows = new FilesInMemory(problem.shape(), 1).add(0, 0, 1, 1).add(0, 2, 1, 2);
    Exception e = assertThrows(IllegalArgumentException.class, () -> fit(problem, rows));
    assertEquals("Cannot fit the class q: it has no training rows", e.getMessage());
  }

  @ParameterizedTest
  @EnumSource(
      value = Family.class,
      names = {"LINEAR", "POISSON"})
  void shouldSayThatTheLabelIsConstant(Family family) throws Exception {
    GlmProblem problem = problem(family, THREE, 0, 1);
    FilesInMemory rows = new FilesInMemory(problem.shape(), 2);
    rows.add(0, 2.5, 1, 1, 2, 3).add(1, 2.5, 2, 4, 5, 6);
    assertEquals(new StopReason.ConstantLabel(2.5), fit(problem, rows).reason());
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void shouldFindACategoryWithOneLabelOnly(boolean quasiNewton) throws Exception {
    GlmProblem problem = problem(Family.LOGISTIC, List.of("number", "web", "shop"), 0, 0);
    FilesInMemory rows = noise(problem, 500);
    for (int i = 0; i < 10; i++) {
      rows.add(0, 1, 1, 0.1 * i, 0, 1);
    }
    FitResult result = quasiNewton ? quasiNewton(problem, rows) : fit(problem, rows);
    StopReason.Separable reason = assertInstanceOf(StopReason.Separable.class, result.reason());
    assertEquals(List.of("shop"), reason.coefficients());
    assertInstanceOf(
        StopReason.Converged.class,
        fit(problem(Family.LOGISTIC, problem.columns(), 0, 0.01), rows).reason());
    assertInstanceOf(
        StopReason.Converged.class,
        fit(problem(Family.LOGISTIC, problem.columns(), 0.01, 0), rows).reason());
  }

  @Test
  void shouldFindACountThatIsAlwaysZero() throws Exception {
    GlmProblem problem = problem(Family.POISSON, List.of("number", "web", "shop"), 0, 0);
    FilesInMemory rows = noise(problem, 500);
    for (int i = 0; i < 10; i++) {
      rows.add(0, 0, 1, 0.1 * i, 0, 1);
    }
    StopReason.Separable reason =
        assertInstanceOf(StopReason.Separable.class, fit(problem, rows).reason());
    assertEquals(List.of("shop"), reason.coefficients());
  }

  @ParameterizedTest
  @CsvSource({"LOGISTIC, false", "LOGISTIC, true", "MULTINOMIAL, false", "MULTINOMIAL, true"})
  void shouldFindLabelsThatAreAllCertain(Family family, boolean quasiNewton) throws Exception {
    List<String> classes = family == Family.MULTINOMIAL ? List.of("l", "m", "h") : List.of();
    GlmProblem problem = new GlmProblem(family, List.of("x", "y"), classes, 0, 0, 200);
    FilesInMemory rows = new FilesInMemory(problem.shape(), 1);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 300; i++) {
      double x = random.nextDouble(-1, 1);
      double y = random.nextDouble(-1, 1);
      double label = x + y > 0.5 ? 1 : x + y > -0.5 && !classes.isEmpty() ? 2 : 0;
      rows.add(0, label, 1, x, y);
    }
    FitResult result = quasiNewton ? quasiNewton(problem, rows) : fit(problem, rows);
    assertInstanceOf(StopReason.Separable.class, result.reason(), result.reason()::message);
  }

  @Test
  void shouldConvergeWhereACategoryIsAlmostCertain() throws Exception {
    GlmProblem problem = problem(Family.LOGISTIC, List.of("shop"), 0, 0);
    FilesInMemory rows = new FilesInMemory(problem.shape(), 1);
    rows.add(0, 1, 99999, 1).add(0, 0, 1, 1).add(0, 1, 700, 0).add(0, 0, 300, 0);
    FitResult result = fit(problem, rows);
    assertInstanceOf(StopReason.Converged.class, result.reason());
    double expected = Math.log(99999) - Math.log(7 / 3.0);
    assertEquals(expected, result.model().coefficients().get(0).get(0), 1e-9);
  }

  /** What is predicted does not depend on which of the equal solutions is taken. */
  @ParameterizedTest
  @EnumSource(Family.class)
  void shouldFitColumnsThatDependOnOneAnother(Family family) throws Exception {
    GlmProblem single = noiseProblem(family, List.of("number", "web"), 0, 0);
    GlmProblem twice =
        noiseProblem(family, List.of("number", "web", "shop", "constant", "zero"), 0, 0);
    FilesInMemory singleRows = noise(single, 400);
    FilesInMemory twiceRows = new FilesInMemory(twice.shape(), 2);
    forNoise(single, 400, (label, x) -> twiceRows.add(0, label, 1, x[0], x[1], 1 - x[1], 3, 0));
    FitResult expected = fit(single, singleRows);
    FitResult result = fit(twice, twiceRows);
    assertInstanceOf(StopReason.Converged.class, result.reason());
    forNoise(
        single,
        20,
        (label, x) ->
            assertArrayEquals(
                expected.model().scorer().predict(row(x)).clone(),
                result.model().scorer().predict(row(x[0], x[1], 1 - x[1], 3, 0)),
                1e-9));
  }

  @Test
  void shouldSayThatItDiverged() throws Exception {
    GlmProblem problem = problem(Family.LINEAR, List.of("x"), 0, 0);
    FilesInMemory rows = new FilesInMemory(problem.shape(), 1);
    rows.add(0, 1e200, 1, 1).add(0, -1e200, 1, 2);
    StopReason reason = fit(problem, rows).reason();
    assertInstanceOf(StopReason.Diverged.class, reason);
    assertTrue(reason.message().contains("the objective is Infinity"), reason.message());
  }

  @Test
  void shouldStopAtTheLimit() throws Exception {
    GlmProblem problem =
        new GlmProblem(Family.LOGISTIC, List.of("number", "web"), List.of(), 0, 1, 2);
    FitResult result = fit(problem, noise(problem, 300));
    assertEquals(new StopReason.Limit(2), result.reason());
    assertEquals(2, result.iterations());
  }

  @ParameterizedTest
  @CsvSource({
    "LOGISTIC, 0, 0.5",
    "LOGISTIC, 4, 0",
    "LOGISTIC, 2, 1",
    "MULTINOMIAL, 0, 1",
    "MULTINOMIAL, 2, 0.5",
    "LINEAR, 0, 0",
    "LINEAR, 20, 3",
    "POISSON, 0, 1",
    "POISSON, 10, 0"
  })
  void shouldFindTheSameWithBothOptimisers(Family family, double l1, double l2) throws Exception {
    GlmProblem problem = noiseProblem(family, wide(), l1, l2);
    FilesInMemory rows = noise(problem, 600);
    FitResult newton = fit(problem, rows);
    FitResult quasiNewton = quasiNewton(problem, rows);
    assertInstanceOf(StopReason.Converged.class, newton.reason());
    assertInstanceOf(StopReason.Converged.class, quasiNewton.reason());
    assertArrayEquals(newton.model().flat(), quasiNewton.model().flat(), 1e-8);
    double[] flat = newton.model().flat();
    for (int at = 0; at < flat.length; at++) {
      // the very same are 0
      assertEquals(flat[at] == 0, quasiNewton.model().flat()[at] == 0, problem.name(at));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1, false", "3, 1, false", "0, 1, true", "3, 0, true"})
  void shouldResumeToTheSameBits(double l1, double l2, boolean quasiNewton) throws Exception {
    GlmProblem problem = noiseProblem(Family.LOGISTIC, wide(), l1, l2);
    FilesInMemory rows = noise(problem, 600);
    List<byte[]> states = new ArrayList<>();
    FitListener keep = (iteration, state) -> states.add(state.encode());
    FitResult whole = run(problem, rows, keep, quasiNewton);
    assertTrue(states.size() > 3, () -> "only " + states.size() + " iterations");
    for (byte[] bytes : List.copyOf(states)) {
      FitState state = FitState.decode(bytes);
      List<byte[]> rest = new ArrayList<>();
      Progress progress =
          new Progress(
              problem, rows, (iteration, next) -> rest.add(next.encode()), state.history());
      FitResult resumed =
          quasiNewton
              ? new QuasiNewton(progress).run(state.coefficients(), state.memory())
              : GlmFit.resume(problem, rows, state, (iteration, next) -> rest.add(next.encode()));
      assertEquals(whole, resumed);
      List<byte[]> expected = states.subList(state.history().size(), states.size());
      assertArrayEquals(expected.toArray(), rest.toArray());
    }
  }

  @Test
  void shouldNotResumeAnotherProblem() throws Exception {
    GlmProblem problem = noiseProblem(Family.LOGISTIC, wide(), 0, 1);
    FilesInMemory rows = noise(problem, 100);
    List<FitState> states = new ArrayList<>();
    GlmFit.run(problem, rows, (iteration, state) -> states.add(state));
    GlmProblem other = noiseProblem(Family.LOGISTIC, wide(), 0, 2);
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> GlmFit.resume(other, rows, states.get(0), FitListener.NONE));
    assertEquals("Cannot resume the fit: its state is that of another problem", e.getMessage());
    byte[] bytes = states.get(0).encode();
    byte[] part = java.util.Arrays.copyOf(bytes, bytes.length - 1);
    assertThrows(IllegalArgumentException.class, () -> FitState.decode(part));
  }

  @Test
  void shouldBeginAtTheCoefficientsOfColumnsOfTheSameName() throws Exception {
    GlmProblem problem = noiseProblem(Family.MULTINOMIAL, wide(), 0, 1);
    FilesInMemory rows = noise(problem, 600);
    FitResult cold = fit(problem, rows);
    FitResult warm = fit(problem.from(cold.model()), rows);
    assertEquals(0, warm.iterations());
    assertArrayEquals(cold.model().flat(), warm.model().flat(), 1e-9);
    List<String> fewer = wide().subList(0, 3);
    GlmProblem small = noiseProblem(Family.MULTINOMIAL, fewer, 0, 1);
    double[] begun = cold.model().flatFor(small);
    assertEquals(
        cold.model().coefficients().get(1).subList(0, 3), List.of(begun[4], begun[5], begun[6]));
    FitResult other = fit(small.from(cold.model()), noise(small, 600));
    assertArrayEquals(fit(small, noise(small, 600)).model().flat(), other.model().flat(), 1e-9);
  }

  @Test
  void shouldNotBeginWhereItIsWorseThanWithoutAnything() throws Exception {
    GlmProblem problem = noiseProblem(Family.POISSON, List.of("number"), 0, 1);
    GlmModel wild =
        GlmModel.of(Family.POISSON, List.of("number"), List.of(), new double[] {900, 0});
    FitResult result = fit(problem.from(wild), noise(problem, 300));
    assertInstanceOf(StopReason.Converged.class, result.reason());
    assertEquals(fit(problem, noise(problem, 300)).model(), result.model());
  }

  @Test
  void shouldTellOfEachIteration() throws Exception {
    GlmProblem problem = noiseProblem(Family.LOGISTIC, wide(), 0, 0.1);
    FilesInMemory rows = noise(problem, 600);
    List<Iteration> told = new ArrayList<>();
    FitResult result = GlmFit.run(problem, rows, (iteration, state) -> told.add(iteration));
    assertEquals(result.history(), told);
    for (int i = 1; i < told.size(); i++) {
      assertEquals(i + 1, told.get(i).number());
      assertTrue(told.get(i).objective() <= told.get(i - 1).objective());
      assertTrue(told.get(i).step() > 0 && told.get(i).step() <= 1);
    }
    assertTrue(told.get(told.size() - 1).gradientNorm() < 1e-6);
    // once for the labels, once where it begins, then once an iteration
    assertEquals(told.size() + 2, rows.asked().size());
  }

  @Test
  void shouldTravelAsJson() throws Exception {
    GlmProblem problem = noiseProblem(Family.MULTINOMIAL, wide(), 1, 1);
    GlmModel model = fit(problem, noise(problem, 200)).model();
    ObjectMapper json = new ObjectMapper();
    assertEquals(model, json.readValue(json.writeValueAsString(model), GlmModel.class));
  }

  private static List<String> wide() {
    return List.of("number", "web", "p", "q", "r", "s", "t");
  }

  private static FitResult fit(GlmProblem problem, RowSums rows)
      throws IOException, InterruptedException {
    return GlmFit.run(problem, rows, FitListener.NONE);
  }

  private static FitResult quasiNewton(GlmProblem problem, RowSums rows)
      throws IOException, InterruptedException {
    return run(problem, rows, FitListener.NONE, true);
  }

  private static FitResult run(
      GlmProblem problem, RowSums rows, FitListener listener, boolean quasiNewton)
      throws IOException, InterruptedException {
    if (!quasiNewton) {
      return GlmFit.run(problem, rows, listener);
    }
    GlmProblem longer =
        new GlmProblem(
            problem.family(),
            problem.columns(),
            problem.classes(),
            problem.l1(),
            problem.l2(),
            1000);
    Progress progress = new Progress(longer, rows, listener, List.of());
    return new QuasiNewton(progress).run(new FitStart(progress).begin().coefficients, List.of());
  }

  private static GlmProblem problem(Family family, List<String> columns, double l1, double l2) {
    return new GlmProblem(family, columns, List.of(), l1, l2, 100);
  }

  private static GlmProblem noiseProblem(
      Family family, List<String> columns, double l1, double l2) {
    List<String> classes = family == Family.MULTINOMIAL ? List.of("u", "v", "w") : List.of();
    return new GlmProblem(family, columns, classes, l1, l2, 1000);
  }

  private interface RowSink {
    void accept(double label, double... x);
  }

  private static io.millrace.learn.DesignRow row(double... x) {
    io.millrace.learn.DesignRow row = new io.millrace.learn.DesignRow(x.length);
    for (int column = 0; column < x.length; column++) {
      row.add(column, x[column]);
    }
    return row;
  }

  private static FilesInMemory noise(GlmProblem problem, int count) {
    FilesInMemory rows = new FilesInMemory(problem.shape(), 2);
    int[] i = {0};
    forNoise(problem, count, (label, x) -> rows.add(i[0]++ * 2 / count, label, 1, x));
    return rows;
  }

  /** Rows whose label hangs on the first two columns: a number, and a category. */
  private static void forNoise(GlmProblem problem, int count, RowSink sink) {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < count; i++) {
      double[] x = new double[problem.shape().width()];
      double number = random.nextDouble(-1.5, 1.5);
      double web = random.nextInt(3) == 0 ? 1 : 0;
      for (int column = 0; column < 8; column++) {
        double value =
            column == 0 ? number : column == 1 ? web : random.nextDouble() * (1 + number);
        if (column < x.length) {
          x[column] = value;
        }
      }
      if (problem.columns().contains("shop")) {
        x[2] = 0;
      }
      double margin = 0.8 * number - 1.2 * web + random.nextDouble(-2, 2);
      double label =
          switch (problem.family()) {
            case LOGISTIC -> margin > 0 ? 1 : 0;
            case MULTINOMIAL -> margin > 0.5 ? 2 : margin > -0.4 ? 1 : 0;
            case LINEAR -> margin;
            case POISSON -> Math.floor(Math.exp(margin));
          };
      sink.accept(label, x);
    }
  }
}
