package io.millrace.job.evaluate;

import io.millrace.learn.Part;
import io.millrace.pipeline.Training;
import io.millrace.pipeline.Training.Target;
import io.millrace.row.ByteBuilder;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import io.millrace.row.ValueText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads from a training row what is needed beside its score. Not thread-safe. */
final class ExampleReader {
  private static final byte[] ALL_ROWS = EvaluateKey.putAllRows(new ByteBuilder()).toByteArray();

  private final RowType rows;
  private final Target target;
  private final int split;
  private final int label;
  private final int weight;
  private final int[] segments;
  private final ByteBuilder scope = new ByteBuilder();

  ExampleReader(RowType rows, Target target, List<String> segments) {
    this.rows = rows;
    this.target = target;
    split = rows.slot(Training.EXAMPLE_SPLIT);
    label = rows.slot(Training.EXAMPLE_LABEL);
    weight = rows.slot(Training.EXAMPLE_WEIGHT);
    this.segments = rows.slots(segments);
  }

  Example read(Row row) {
    boolean isClass = target == Target.CLASSES;
    return new Example(
        Part.of(row.string(split)),
        isClass ? 0 : row.doubles[label],
        isClass ? row.string(label) : "",
        row.doubles[weight],
        scopes(row),
        false);
  }

  private List<byte[]> scopes(Row row) {
    if (segments.length == 0) {
      return List.of(ALL_ROWS);
    }
    List<byte[]> scopes = new ArrayList<>(1 + segments.length);
    scopes.add(ALL_ROWS);
    for (int i = 0; i < segments.length; i++) {
      scope.clear();
      if (row.nulls[segments[i]]) {
        EvaluateKey.putNullSegment(i + 1, scope);
      } else {
        EvaluateKey.putSegment(i + 1, text(row, segments[i]), scope);
      }
      scopes.add(scope.toByteArray());
    }
    return scopes;
  }

  private byte[] text(Row row, int slot) {
    if (rows.columns().get(slot).type().kind() == Kind.STRING) {
      return Arrays.copyOfRange(
          row.bytes, row.offsets[slot], row.offsets[slot] + row.lengths[slot]);
    }
    return ValueText.of(row, slot, rows.columns().get(slot).type())
        .getBytes(StandardCharsets.UTF_8);
  }
}
