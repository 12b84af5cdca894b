package io.millrace.aggregate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.XxHash64;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.LongStream;
import org.apache.datasketches.memory.Memory;
import org.apache.datasketches.theta.CompactSketch;
import org.apache.datasketches.theta.SetOperation;
import org.apache.datasketches.theta.Union;
import org.apache.datasketches.thetacommon.ThetaUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctSketchTest {
  private static final double STANDARD_ERROR = 1 / Math.sqrt(DistinctSketch.EXACT - 2);

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 100, 4095, 4096})
  void shouldCountExactlyWhatIsKept(long count) {
    assertEquals(count, of(0, count).estimate());
  }

  @ParameterizedTest
  @ValueSource(longs = {4097, 5000, 12_289, 100_000, 1_000_000})
  void shouldBeWithinThreeStandardErrors(long count) {
    double error = of(0, count).estimate() / (double) count - 1;
    assertTrue(Math.abs(error) <= 3 * STANDARD_ERROR, "error " + error);
  }

  @Test
  void shouldHaveThePublishedStandardError() {
    int trials = 200;
    long count = 20_000;
    double sum = 0;
    double squares = 0;
    for (int trial = 0; trial < trials; trial++) {
      double error = of(trial * count, (trial + 1) * count).estimate() / (double) count - 1;
      sum += error;
      squares += error * error;
    }
    // the mean of 200 has a standard error of a fourteenth, their deviation one of a twentieth
    assertEquals(0, sum / trials, 4 * STANDARD_ERROR / Math.sqrt(trials));
    assertEquals(STANDARD_ERROR, Math.sqrt(squares / trials), 0.25 * STANDARD_ERROR);
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 4096, 4097, 50_000})
  void shouldBeReadByDataSketches(long count) {
    DistinctSketch sketch = of(0, count);
    assertEquals(sketch.estimate(), Math.round(asTheta(sketch).getEstimate()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1000, 4000, 30_000})
  void shouldMergeAsDataSketchesDoes(long count) {
    DistinctSketch one = of(0, count);
    DistinctSketch other = of(count / 2, 3 * count);
    Union union = SetOperation.builder().setNominalEntries(DistinctSketch.EXACT).buildUnion();
    union.union(asTheta(one));
    union.union(asTheta(other));
    one.add(other);
    assertEquals(Math.round(union.getResult().getEstimate()), one.estimate());
    assertArrayEquals(stored(of(0, 3 * count)), stored(one));
  }

  @Test
  void shouldKeepTheSameHashesInAnyOrder() {
    byte[] ascending = stored(of(0, 40_000));
    DistinctSketch descending = new DistinctSketch();
    LongStream.range(0, 40_000).map(i -> 39_999 - i).forEach(i -> add(descending, i));
    assertArrayEquals(ascending, stored(descending));
  }

  @Test
  void shouldReadWhatItWrote() {
    for (long count : new long[] {0, 1, 7, 4096, 4097, 30_000}) {
      byte[] stored = stored(of(0, count));
      DistinctSketch read = new DistinctSketch();
      read.read(new ByteCursor().reset(stored, 0, stored.length), stored.length);
      assertArrayEquals(stored, stored(read));
      assertEquals(of(0, count).estimate(), read.estimate());
    }
  }

  private static DistinctSketch of(long from, long to) {
    DistinctSketch sketch = new DistinctSketch();
    for (long i = from; i < to; i++) {
      add(sketch, i);
      add(sketch, i);
    }
    return sketch;
  }

  private static void add(DistinctSketch sketch, long value) {
    sketch.add(DistinctSketch.hash(XxHash64.hash(value)));
  }

  private static byte[] stored(DistinctSketch sketch) {
    ByteBuilder out = new ByteBuilder();
    sketch.write(out);
    assertEquals(sketch.storedLength(), out.length());
    return out.toByteArray();
  }

  /** The hashes as a compact, ordered theta sketch: preamble, theta, hashes. */
  private static CompactSketch asTheta(DistinctSketch sketch) {
    ByteBuffer stored = ByteBuffer.wrap(stored(sketch));
    int hashes = stored.remaining() / Long.BYTES;
    boolean exact = hashes <= DistinctSketch.EXACT;
    int below = Math.min(hashes, DistinctSketch.EXACT);
    ByteBuffer theta = ByteBuffer.allocate((3 + below) * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    theta.put((byte) 3).put((byte) 3).put((byte) 3).put((byte) 0).put((byte) 0);
    theta.put((byte) 0b11010).putShort(ThetaUtil.computeSeedHash(9001)).putInt(below).putFloat(1);
    theta.putLong(exact ? Long.MAX_VALUE : stored.getLong(DistinctSketch.EXACT * Long.BYTES));
    for (int i = 0; i < below; i++) {
      theta.putLong(stored.getLong(i * Long.BYTES));
    }
    return CompactSketch.heapify(Memory.wrap(theta.array()));
  }
}
