package io.millrace.learn.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.learn.prepare.InputPlan.Form;
import io.millrace.learn.prepare.InputPlan.Imputation;
import io.millrace.learn.prepare.PreparePlan.ModelKind;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PreparationFitTest {
  private static final InputPlan.Numbers AS_IT_IS =
      numbers(new Imputation.None(), new Form.AsItIs());

  private static InputPlan.Numbers numbers(Imputation imputation, Form form) {
    return new InputPlan.Numbers(imputation, true, Optional.empty(), false, form);
  }

  /** Of one column x, beside one that always varies. */
  private static Preparation fit(
      Kind kind, ModelKind model, @Nullable InputPlan said, @Nullable Object... values) {
    List<Column> inputs =
        List.of(Examples.nullable("x", kind), Examples.nullable("varies", Kind.DOUBLE));
    Examples examples = new Examples(inputs, false);
    for (int i = 0; i < values.length; i++) {
      examples.train((double) (i % 2), values[i], (double) i);
    }
    PreparePlan plan = PreparePlan.of(inputs, model, said == null ? Map.of() : Map.of("x", said));
    return Preparation.fit(inputs, plan, examples.statistics(plan, true));
  }

  private static List<String> columns(Preparation preparation) {
    return preparation.columns().stream()
        .map(DesignColumn::name)
        .filter(name -> !name.equals("varies"))
        .toList();
  }

  private static NumberStep step(Preparation preparation, int at) {
    return ((PreparedInput.Numeric) preparation.inputs().get(0)).steps().get(at);
  }

  @Test
  void shouldLeaveOutWhatIsConstant() {
    Preparation preparation = fit(Kind.DOUBLE, ModelKind.LINEAR, null, 3.0, 3.0, 3.0);
    assertEquals(List.of(), columns(preparation));
    assertEquals(List.of("x is 3 in all training rows: left out."), preparation.notes());
    assertEquals(
        List.of("x has one category only, x is other, in all training rows: left out."),
        fit(Kind.STRING, ModelKind.TREES, null, "a", "b", "c").notes());
  }

  @Test
  void shouldLeaveOutWhatIsAlwaysNull() {
    for (ModelKind model : ModelKind.values()) {
      assertEquals(
          List.of("x is NULL in all 2 training rows: left out."),
          fit(Kind.LONG, model, null, null, null).notes());
    }
  }

  @Test
  void shouldKeepWhetherAConstantIsNull() {
    Preparation preparation = fit(Kind.DOUBLE, ModelKind.LINEAR, null, 3.0, null, 3.0);
    assertEquals(List.of("x is missing"), columns(preparation));
    assertEquals(
        List.of("x is 3 in all training rows that have it: only whether it is NULL is used."),
        preparation.notes());
    assertEquals(List.of("x"), columns(fit(Kind.DOUBLE, ModelKind.TREES, null, 3.0, null, 3.0)));
  }

  @Test
  void shouldStandardiseByAllRowsImputedOnesIncluded() {
    Preparation preparation =
        fit(
            Kind.LONG,
            ModelKind.LINEAR,
            numbers(new Imputation.Constant(0), new Form.Standardised()),
            2L,
            4L,
            null,
            null);
    assertEquals(new NumberStep.Impute(0), step(preparation, 0));
    // of 2, 4, 0, 0: mean 1.5, variance (0.25 + 6.25 + 2.25 + 2.25) / 4
    assertEquals(new NumberStep.Standardise(1.5, Math.sqrt(2.75)), step(preparation, 1));
    assertEquals(List.of("x", "x is missing"), columns(preparation));
  }

  @Test
  void shouldImputeTheMedianBetweenTheMiddleTwo() {
    Preparation preparation =
        fit(
            Kind.DOUBLE,
            ModelKind.TREES,
            numbers(new Imputation.Median(), new Form.AsItIs()),
            1.0,
            2.0,
            5.0,
            9.0,
            null);
    assertEquals(new NumberStep.Impute(3.5), step(preparation, 0));
  }

  @Test
  void shouldTakeClippingBoundsOfImputedValues() {
    InputPlan.Numbers wanted =
        new InputPlan.Numbers(
            new Imputation.Constant(0),
            false,
            Optional.of(new InputPlan.Clip(new BigDecimal("0.25"), new BigDecimal("0.75"))),
            false,
            new Form.AsItIs());
    Preparation preparation = fit(Kind.DOUBLE, ModelKind.TREES, wanted, 4.0, 8.0, 12.0, null, null);
    // of 0, 0, 4, 8, 12
    assertEquals(new NumberStep.Clip(0, 8), step(preparation, 1));
  }

  @Test
  void shouldCountDecimalsAndBooleansAsNumbers() {
    List<Column> inputs =
        List.of(
            new Column("price", ColumnType.decimal(8, 2)),
            new Column("member", ColumnType.of(Kind.BOOLEAN)));
    Examples examples = new Examples(inputs, false);
    examples.train(1.0, 1050L, true).train(0.0, 950L, false).train(0.0, 1000L, false);
    PreparePlan plan = PreparePlan.of(inputs, ModelKind.LINEAR, Map.of());
    Preparation preparation = Preparation.fit(inputs, plan, examples.statistics(plan, true));
    assertEquals(
        10,
        ((NumberStep.Standardise)
                ((PreparedInput.Numeric) preparation.inputs().get(0)).steps().get(1))
            .mean());
    // no standardising of 0 and 1
    assertEquals(
        List.of(new NumberStep.Impute(1 / 3.0)),
        ((PreparedInput.Numeric) preparation.inputs().get(1)).steps());
  }

  @Test
  void shouldMakeCategoriesOfNumbers() {
    Preparation preparation =
        fit(Kind.LONG, ModelKind.LINEAR, new InputPlan.OneHot(2), 7L, 7L, -1L, -1L, 3L, null);
    assertEquals(List.of("x=-1", "x=7", "x is other", "x is missing"), columns(preparation));
  }

  @Test
  void shouldMakeFewerBucketsWhereValuesAreTheSame() {
    InputPlan.Numbers buckets = numbers(new Imputation.None(), new Form.Buckets(4));
    assertEquals(
        List.of("x < 1", "x in [1, 2)", "x >= 2"),
        columns(fit(Kind.LONG, ModelKind.TREES, buckets, 0L, 0L, 0L, 1L, 1L, 2L, 2L, 9L)));
    assertEquals(
        List.of(
            "x has one value in so many training rows that they make no two buckets; take one_hot,"
                + " or more buckets: left out."),
        fit(Kind.LONG, ModelKind.TREES, buckets, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 9L).notes());
  }

  @Test
  void shouldRefuseTimes() {
    assertEquals(
        "Cannot prepare the inputs: x is DATE, but a model takes numbers, BOOLEAN and VARCHAR;"
            + " derive one from it under clean.derive, such as EXTRACT(MONTH FROM x)",
        assertThrows(
                IllegalArgumentException.class, () -> fit(Kind.DATE, ModelKind.TREES, null, 1L, 2L))
            .getMessage());
  }

  @Test
  void shouldRefuseStepsThatATypeDoesNotHave() {
    assertEquals(
        Optional.of(
            "x is VARCHAR, but impute, clip, log1p, bucketise and standardise are of numbers; take"
                + " one_hot or ordinal"),
        AS_IT_IS.problem(Examples.nullable("x", Kind.STRING)));
    assertEquals(
        Optional.of("x is BIGINT, but ordinal is of VARCHAR: a number has its order"),
        new InputPlan.Ordinal().problem(Examples.nullable("x", Kind.LONG)));
  }

  @Test
  void shouldRefuseATrainingSetThatTeachesNothing() {
    List<Column> inputs = List.of(Examples.nullable("x", Kind.DOUBLE));
    PreparePlan plan = PreparePlan.of(inputs, ModelKind.LINEAR, Map.of());
    Examples none = new Examples(inputs, false);
    assertEquals(
        "Cannot train: the training set has no rows to learn from; see train.split and"
            + " train.snapshots",
        assertThrows(
                IllegalArgumentException.class,
                () -> Preparation.fit(inputs, plan, none.statistics(plan, true)))
            .getMessage());
    Examples same = new Examples(inputs, false).train(1.0, 2.0).train(0.0, 2.0);
    assertEquals(
        "Cannot train: no input is left that tells rows apart. x is 2 in all training rows: left"
            + " out.",
        assertThrows(
                IllegalArgumentException.class,
                () -> Preparation.fit(inputs, plan, same.statistics(plan, true)))
            .getMessage());
  }
}
