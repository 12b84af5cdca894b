package io.millrace.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.millrace.row.ByteBuilder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The scores of a batch, by the number of the row in it. Reused. Not thread-safe. */
public final class Scores {
  private final ModelOutput output;
  private final int columns;
  private final double[] doubles;
  private final long[] longs;
  private final byte[][] texts;

  /**
   * @param columns how many numbers of a row are kept: more than one where the output has them and
   *     none was chosen
   */
  Scores(ModelOutput output, int rows, int columns) {
    if (columns != 1 && (output.column().isPresent() || !output.element().hasNotANumber())) {
      throw new IllegalArgumentException(
          "Cannot take %d numbers a row from output %s".formatted(columns, output.name()));
    }
    this.output = output;
    this.columns = columns;
    boolean floating = output.element().hasNotANumber();
    doubles = new double[floating ? Math.multiplyExact(rows, columns) : 0];
    longs = new long[output.element() == ElementType.INT64 ? rows : 0];
    texts = new byte[output.element() == ElementType.STRING ? rows : 0][];
  }

  /** Whether a row's score is anything but not-a-number or infinite. */
  public boolean isFinite(int row) {
    boolean finite = true;
    for (int i = row * columns; i < Math.min((row + 1) * columns, doubles.length); i++) {
      finite &= Double.isFinite(doubles[i]);
    }
    return finite;
  }

  /** A row's score where that is a number. */
  public double number(int row) {
    return doubles.length == 0 ? longs[row] : number(row, 0);
  }

  /** One of a row's numbers, from 0. */
  public double number(int row, int column) {
    return doubles[row * columns + column];
  }

  /** A row's score for a person to read; text as it is. */
  public String describe(int row) {
    return switch (output.element()) {
      case FLOAT, DOUBLE -> Double.toString(doubles[row]);
      case STRING -> new String(texts[row], StandardCharsets.UTF_8);
      case INT64, INT32, BOOL -> Long.toString(longs[row]);
    };
  }

  /** Appends a row's score in Avro's binary encoding of {@link ModelOutput#scoreType()}. */
  public void encode(int row, ByteBuilder out) {
    switch (output.element()) {
      case FLOAT -> out.putFloat((float) doubles[row]);
      case DOUBLE -> out.putDouble(doubles[row]);
      case STRING -> out.putSlice(texts[row], 0, texts[row].length);
      case INT64, INT32, BOOL -> out.putVarint(longs[row]);
    }
  }

  /** Takes the scores of {@code count} rows from what the model gave. */
  void take(OnnxTensor tensor, int first, int count) throws OrtException {
    int width = width(tensor.getInfo().getShape(), count);
    int column = output.column().orElse(0);
    switch (output.element()) {
      case FLOAT -> {
        FloatBuffer values = tensor.getFloatBuffer();
        for (int i = 0; i < count * columns; i++) {
          doubles[first * columns + i] = values.get(i / columns * width + column + i % columns);
        }
      }
      case DOUBLE -> {
        DoubleBuffer values = tensor.getDoubleBuffer();
        for (int i = 0; i < count * columns; i++) {
          doubles[first * columns + i] = values.get(i / columns * width + column + i % columns);
        }
      }
      case INT64 -> {
        LongBuffer values = tensor.getLongBuffer();
        for (int i = 0; i < count; i++) {
          longs[first + i] = values.get(i * width + column);
        }
      }
      case STRING -> takeTexts(tensor.getValue(), first, count, column);
      case INT32, BOOL -> throw new IllegalStateException("no scores are of " + output.element());
    }
  }

  private void takeTexts(Object values, int first, int count, int column) {
    for (int i = 0; i < count; i++) {
      String text =
          values instanceof String[][] matrix ? matrix[i][column] : ((String[]) values)[i];
      texts[first + i] = text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** How many values each row has. What the model's file says of its shapes need not be true. */
  private int width(long[] shape, int count) {
    if ((shape.length != 1 && shape.length != 2) || shape[0] != count) {
      throw new IllegalStateException(
          "Cannot take one score a row from output %s: it gave %s for %d rows"
              .formatted(output.name(), Arrays.toString(shape), count));
    }
    long width = shape.length == 1 ? 1 : shape[1];
    if (columns != 1 && width != columns) {
      throw new IllegalStateException(
          "Cannot take %d numbers a row from output %s: it gives %d"
              .formatted(columns, output.name(), width));
    }
    if (columns == 1
        && (output.column().isPresent() ? output.column().getAsInt() >= width : width != 1)) {
      throw new IllegalStateException(
          output.column().isPresent()
              ? "Cannot take value %d of output %s: it gives %d a row, counted from 0"
                  .formatted(output.column().getAsInt(), output.name(), width)
              : "Cannot take the score from output %s: it gives %d values a row; choose one, as in %s[0]"
                  .formatted(output.name(), width, output.name()));
    }
    return (int) width;
  }
}
