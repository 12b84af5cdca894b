package io.millrace.expression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Array;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgramTest {
  private static final RowType SCOPE = Evaluation.SCOPE;

  private final ExpressionCompiler compiler = new ExpressionCompiler(ZoneId.of("UTC"));

  @Test
  void shouldRunStepsInOrder() throws ExpressionException {
    CompiledProgram compiled =
        compiler.compile(
            SCOPE,
            List.of(
                assign("currency", "LOWER(currency)"),
                check("is lower", "currency = 'eur'"),
                assign("i", "i + 1"),
                assign("l", "i * 2")));
    Row row = row(compiled);
    assertEquals(Program.ALL_HELD, compiled.load().run(row));
    assertEquals("eur", row.string(SCOPE.slot("currency")));
    assertEquals(16, row.longs[SCOPE.slot("l")]);
    assertEquals(3, row.step);
  }

  @Test
  void shouldLoadEqualProgramsAsOneClassAndEachAsItsOwnInstance() throws ExpressionException {
    List<Step> steps = List.of(check("known", "currency = 'one class'"));
    Program first = compiler.compile(SCOPE, steps).load();
    Program second = new ExpressionCompiler(ZoneId.of("UTC")).compile(SCOPE, steps).load();
    assertSame(first.getClass(), second.getClass());
    assertNotSame(first, second);
    Program other =
        compiler.compile(SCOPE, List.of(check("known", "currency = 'another class'"))).load();
    assertNotSame(first.getClass(), other.getClass());
  }

  @Test
  void shouldLetAClassGoThatNobodyUses() throws ExpressionException, InterruptedException {
    WeakReference<Class<?>> unused =
        new WeakReference<>(
            compiler.compile(SCOPE, List.of(check("a", "currency = 'gone'"))).load().getClass());
    for (int i = 0; i < 50 && unused.get() != null; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertNull(unused.get());
  }

  @Test
  void shouldStopAtTheFirstCheckThatIsNotTrue() throws ExpressionException {
    List<Step> steps =
        List.of(
            check("a", "i = 7"), check("b", "no_i = 7"), check("c", "i = 8"), assign("d", "LN(0)"));
    CompiledProgram compiled = compiler.compile(SCOPE, steps);
    Row row = row(compiled);
    assertEquals(1, compiled.load().run(row));
    assertEquals(1, row.step);
  }

  @Test
  void shouldNameTheStepThatFails() throws ExpressionException {
    CompiledProgram compiled =
        compiler.compile(SCOPE, List.of(check("a", "b"), check("amount in range!", "LN(0) > 1")));
    Row row = row(compiled);
    ArithmeticException e = assertThrows(ArithmeticException.class, () -> compiled.load().run(row));
    assertEquals(1, row.step);
    assertTrue(
        Arrays.stream(e.getStackTrace())
            .anyMatch(frame -> frame.getMethodName().equals("check_amount_in_range_")));
  }

  @Test
  void shouldRefuseNullWhereTheColumnIsNotNullable() throws ExpressionException {
    CompiledProgram compiled =
        compiler.compile(SCOPE, List.of(new Step.Assign("half", parse("no_d / 2"), "amount")));
    Row row = row(compiled);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> compiled.load().run(row));
    assertEquals("half gave NULL but column amount is not nullable", e.getMessage());
  }

  @Test
  void shouldWidenToTheColumn() throws ExpressionException {
    CompiledProgram compiled =
        compiler.compile(
            SCOPE,
            List.of(
                assign("no_d", "i"), assign("m", "3"), assign("us", "ts"), assign("f", "0.1e0")));
    Row row = row(compiled);
    compiled.load().run(row);
    assertEquals(7.0, row.doubles[SCOPE.slot("no_d")]);
    assertFalse(row.nulls[SCOPE.slot("no_d")]);
    assertEquals(300, row.longs[SCOPE.slot("m")]);
    assertEquals(row.longs[SCOPE.slot("ts")] * 1000, row.longs[SCOPE.slot("us")]);
    assertEquals((double) 0.1f, row.doubles[SCOPE.slot("f")]);
  }

  @Test
  void shouldNotCutOffInSilence() throws ExpressionException {
    for (String[] pair : new String[][] {{"i", "d"}, {"m", "0.125"}, {"s", "i"}, {"ts", "us"}}) {
      Step step = assign(pair[0], pair[1]);
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class, () -> compiler.compile(SCOPE, List.of(step)));
      assertTrue(e.getMessage().contains("CAST it"), e::getMessage);
    }
    CompiledProgram compiled = compiler.compile(SCOPE, List.of(assign("i", "l")));
    Row row = row(compiled);
    assertThrows(ArithmeticException.class, () -> compiled.load().run(row));
  }

  @Test
  void shouldGiveEqualBytesForEqualSteps() throws ExpressionException {
    CompiledProgram one = compiler.compile(SCOPE, List.of(check("a", "s LIKE 'x%' OR i > 3")));
    CompiledProgram same =
        new ExpressionCompiler(ZoneId.of("UTC"))
            .compile(SCOPE, List.of(check("a", "s LIKE 'x%'  OR  i>3")));
    CompiledProgram other = compiler.compile(SCOPE, List.of(check("a", "s LIKE 'y%' OR i > 3")));
    assertArrayEquals(one.bytecode(), same.bytecode());
    assertEquals(one, same);
    assertNotEquals(one.className(), other.className());
  }

  @Test
  void shouldTellExpressionsApartByWhatTheyCompute() throws ExpressionException {
    assertEquals(parse("amount  +1"), parse("amount + 1"));
    assertNotEquals(parse("amount + 2"), parse("amount + 1"));
    assertEquals(List.of("amount", "i"), List.copyOf(parse("i + amount * i").columns()));
  }

  @Test
  void shouldRefuseTheRowOfAnotherProgram() throws ExpressionException {
    Program program = compiler.compile(SCOPE, List.of(check("a", "s = 'Zürich'"))).load();
    assertThrows(IllegalStateException.class, () -> program.run(new Row(SCOPE.size())));
  }

  @Test
  void shouldRefuseAnotherLayout() throws ExpressionException {
    RowType other = new RowType("other", List.of(new Column("i", ColumnType.of(Kind.STRING))));
    Step step = check("a", "i = 1");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> compiler.compile(other, List.of(step)));
    assertEquals("Cannot read column i as INTEGER: in other it is VARCHAR", e.getMessage());
  }

  @Test
  void shouldHoldWithoutSteps() {
    CompiledProgram empty = compiler.compile(SCOPE, List.of());
    assertEquals(CompiledProgram.empty(), empty);
    assertEquals(Program.ALL_HELD, empty.load().run(empty.newRow(3)));
  }

  @Test
  void shouldCompileWhatIsTooLargeForOneMethod() throws ExpressionException {
    String any =
        IntStream.range(0, 700)
            .mapToObj(k -> "i = " + (k + 1000) + " - no_i")
            .collect(Collectors.joining(" OR "));
    String branches =
        IntStream.range(0, 1000)
            .mapToObj(k -> "WHEN i + 1 = " + (k + 5) + " THEN 'v" + k + "'")
            .collect(Collectors.joining(" "));
    String list =
        IntStream.range(0, 20_000).mapToObj(k -> "'k" + k + "'").collect(Collectors.joining(", "));
    CompiledProgram compiled =
        compiler.compile(
            SCOPE,
            List.of(
                check("any", "(" + any + ") IS NULL"),
                check("branches", "CASE " + branches + " END = 'v3'"),
                check("list", "'k' || CAST(i AS VARCHAR) IN (" + list + ")"),
                check("not in list", "s NOT IN (" + list + ")")));
    assertEquals(Program.ALL_HELD, compiled.load().run(row(compiled)));
  }

  @Test
  void shouldComputeCommonPartsOnce() throws ExpressionException {
    // were the value of the skipped branch remembered, the second condition would read it unset
    String sql = "CASE WHEN b THEN LN(d + 1) ELSE 0 END + CASE WHEN no_b THEN 1 ELSE LN(d + 1) END";
    CompiledProgram compiled = compiler.compile(SCOPE, List.of(assign("d", sql)));
    Row row = row(compiled);
    compiled.load().run(row);
    assertEquals(2 * StrictMath.log(3.5), row.doubles[SCOPE.slot("d")]);
  }

  @Test
  void shouldLoadWithNeitherCalciteNorJanino() throws Exception {
    CompiledProgram compiled =
        compiler.compile(
            SCOPE,
            List.of(
                check("a", "s LIKE 'Z%' AND EXTRACT(HOUR FROM ts) = 22 AND LN(d) > 0"),
                check("b", "i = 8")));
    URL classes = Program.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader bare =
        new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
      assertThrows(ClassNotFoundException.class, () -> bare.loadClass("org.codehaus.janino.Java"));
      Class<?> programType = bare.loadClass(Program.class.getName());
      Class<?> rowType = bare.loadClass(Row.class.getName());
      Object copy =
          bare.loadClass(CompiledProgram.class.getName())
              .getConstructor(String.class, byte[].class, byte[].class)
              .newInstance(compiled.className(), compiled.bytecode(), compiled.constants());
      Object row = copy.getClass().getMethod("newRow", int.class).invoke(copy, SCOPE.size());
      copyFilledRow(compiled, row);
      Object program = copy.getClass().getMethod("load").invoke(copy);
      assertEquals(1, programType.getMethod("run", rowType).invoke(program, row));
    }
  }

  private static void copyFilledRow(CompiledProgram compiled, Object target)
      throws ReflectiveOperationException, IOException {
    Row row = row(compiled);
    target.getClass().getField("bytes").set(target, row.bytes);
    for (String array : List.of("longs", "doubles", "offsets", "lengths", "nulls")) {
      Object from = Row.class.getField(array).get(row);
      Object to = target.getClass().getField(array).get(target);
      System.arraycopy(from, 0, to, 0, Array.getLength(from));
    }
  }

  private Step assign(String column, String sql) throws ExpressionException {
    return new Step.Assign(column, parse(sql), column);
  }

  private Step check(String name, String sql) throws ExpressionException {
    return new Step.Check(name, compiler.parseCondition(sql, SCOPE));
  }

  private TypedExpression parse(String sql) throws ExpressionException {
    return compiler.parse(sql, SCOPE);
  }

  private static Row row(CompiledProgram compiled) {
    Row row = compiled.newRow(SCOPE.size());
    Evaluation.fill(row);
    return row;
  }
}
