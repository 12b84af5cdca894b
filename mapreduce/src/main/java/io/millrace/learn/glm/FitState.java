package io.millrace.learn.glm;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.XxHash64;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a fit needs in order to go on after an iteration, with the same coefficients to the bit
 * as if it had never stopped. Immutable; {@link #encode} makes bytes of it.
 */
public final class FitState {
  private static final int FORMAT = 1;

  private final long problem;
  private final List<Iteration> history;
  private final double[] coefficients;
  private final List<double[]> memory;

  /**
   * @param memory what the optimiser remembers of earlier iterations
   */
  FitState(
      GlmProblem problem, List<Iteration> history, double[] coefficients, List<double[]> memory) {
    this(hash(problem), history, coefficients, memory);
  }

  private FitState(
      long problem, List<Iteration> history, double[] coefficients, List<double[]> memory) {
    this.problem = problem;
    this.history = List.copyOf(history);
    this.coefficients = coefficients.clone();
    this.memory = memory.stream().map(double[]::clone).toList();
  }

  /** The iterations so far. */
  public List<Iteration> history() {
    return history;
  }

  double[] coefficients() {
    return coefficients.clone();
  }

  List<double[]> memory() {
    return memory.stream().map(double[]::clone).toList();
  }

  /**
   * Checks that this is a state of a fit of that problem.
   *
   * @throws IllegalArgumentException where it is one of another
   */
  public void check(GlmProblem expected) {
    if (problem != hash(expected) || coefficients.length != expected.shape().coefficients()) {
      throw new IllegalArgumentException(
          "Cannot resume the fit: its state is that of another problem");
    }
  }

  /** Everything that decides the way of a fit but the limit of its iterations. */
  private static long hash(GlmProblem problem) {
    ByteBuilder bytes = new ByteBuilder();
    putText(bytes, problem.family().name());
    putTexts(bytes, problem.columns());
    putTexts(bytes, problem.classes());
    bytes.putDouble(problem.l1()).putDouble(problem.l2()).putDouble(problem.tolerance());
    problem.start().ifPresent(start -> putNumbers(bytes, start.flatFor(problem)));
    return XxHash64.hash(bytes.array(), 0, bytes.length());
  }

  public byte[] encode() {
    ByteBuilder bytes = new ByteBuilder();
    bytes.putByte(FORMAT).putBigEndian(problem);
    bytes.putVarint(history.size());
    for (Iteration iteration : history) {
      bytes
          .putVarint(iteration.number())
          .putDouble(iteration.objective())
          .putDouble(iteration.gradientNorm())
          .putDouble(iteration.step());
    }
    putNumbers(bytes, coefficients);
    bytes.putVarint(memory.size());
    memory.forEach(numbers -> putNumbers(bytes, numbers));
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException where it is not that, or only a part of it
   */
  public static FitState decode(byte[] bytes) {
    ByteCursor cursor = new ByteCursor().reset(bytes, 0, bytes.length);
    int format = cursor.readByte();
    if (format != FORMAT) {
      throw new IllegalArgumentException("Cannot read the state of a fit: format " + format);
    }
    long problem = cursor.readBigEndian();
    List<Iteration> history = new ArrayList<>();
    for (long i = cursor.readVarint(); i > 0; i--) {
      history.add(
          new Iteration(
              (int) cursor.readVarint(),
              cursor.readDouble(),
              cursor.readDouble(),
              cursor.readDouble()));
    }
    double[] coefficients = readNumbers(cursor);
    List<double[]> memory = new ArrayList<>();
    for (long i = cursor.readVarint(); i > 0; i--) {
      memory.add(readNumbers(cursor));
    }
    if (cursor.hasRemaining()) {
      throw new IllegalArgumentException(
          "Cannot read the state of a fit: " + cursor.remaining() + " bytes too many");
    }
    return new FitState(problem, history, coefficients, memory);
  }

  private static void putTexts(ByteBuilder bytes, List<String> texts) {
    bytes.putVarint(texts.size());
    texts.forEach(text -> putText(bytes, text));
  }

  private static void putText(ByteBuilder bytes, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    bytes.putSlice(utf8, 0, utf8.length);
  }

  private static void putNumbers(ByteBuilder bytes, double[] numbers) {
    bytes.putVarint(numbers.length);
    for (double number : numbers) {
      bytes.putDouble(number);
    }
  }

  private static double[] readNumbers(ByteCursor cursor) {
    long length = cursor.readVarint();
    if (length < 0 || length > cursor.remaining() / Double.BYTES) {
      throw new IllegalArgumentException(
          "Cannot read " + length + " numbers: " + cursor.remaining() + " bytes are left");
    }
    double[] numbers = new double[(int) length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = cursor.readDouble();
    }
    return numbers;
  }
}
