package io.millrace.expression;

import io.millrace.row.Row;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Steps as bytecode: plain data that travels to the tasks. Equal steps over equal layouts give
 * equal bytes.
 *
 * @param className name of the generated class, derived from what it does; empty without steps
 * @param bytecode the class file
 * @param constants text that the code refers to, at the start of a row's buffer
 */
@SuppressWarnings("ArrayRecordComponent")
public record CompiledProgram(String className, byte[] bytecode, byte[] constants) {
  private static final ProgramClasses CLASSES = new ProgramClasses();
  private static final CompiledProgram EMPTY = new CompiledProgram("", new byte[0], new byte[0]);

  /** A program without steps: every row holds. */
  public static CompiledProgram empty() {
    return EMPTY;
  }

  /** Makes an instance. Where the process has not loaded an equal one, that takes a millisecond. */
  public Program load() {
    if (className.isEmpty()) {
      return row -> Program.ALL_HELD;
    }
    try {
      return CLASSES.of(this).getDeclaredConstructor().newInstance();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("Cannot load program " + className, e.getCause());
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IllegalStateException("Cannot load program " + className, e);
    }
  }

  /** A row that this program can run on. */
  public Row newRow(int slots) {
    return new Row(slots, constants);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CompiledProgram that
        && className.equals(that.className)
        && Arrays.equals(bytecode, that.bytecode)
        && Arrays.equals(constants, that.constants);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(bytecode) + Arrays.hashCode(constants);
  }

  @Override
  public String toString() {
    return "CompiledProgram[" + className + ", " + bytecode.length + " bytes]";
  }
}
