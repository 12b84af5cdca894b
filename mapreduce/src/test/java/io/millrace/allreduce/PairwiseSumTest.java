package io.millrace.allreduce;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.allreduce.PairwiseSum.Subtree;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PairwiseSumTest {
  private static double[][] vectors(int files, long seed) {
    Random random = new Random(seed);
    double[][] vectors = new double[files][];
    for (int file = 0; file < files; file++) {
      vectors[file] =
          new double[] {random.nextGaussian() * Math.pow(10, random.nextInt(30) - 15), 1};
    }
    return vectors;
  }

  private static PairwiseSum over(double[][] vectors, int from, int to) {
    PairwiseSum sum = new PairwiseSum(Addition.ofNumbers(2));
    for (int file = from; file < to; file++) {
      sum.add(file, vectors[file].clone());
    }
    return sum;
  }

  @Property(tries = 200)
  void shouldNotDependOnWhoAddsWhichFiles(
      @ForAll @IntRange(min = 1, max = 70) int files,
      @ForAll @IntRange(min = 1, max = 9) int workers,
      @ForAll long seed) {
    double[][] vectors = vectors(files, seed);
    int[] cuts = new Random(seed).ints(workers - 1, 0, files + 1).sorted().toArray();
    PairwiseSum driver = new PairwiseSum(Addition.ofNumbers(2));
    int from = 0;
    for (int worker = 0; worker < workers; worker++) {
      int to = worker < cuts.length ? cuts[worker] : files;
      List<Subtree> subtrees = over(vectors, from, to).subtrees();
      assertTrue(subtrees.size() <= 2 * (Integer.SIZE - Integer.numberOfLeadingZeros(files)));
      subtrees.forEach(driver::add);
      from = to;
    }
    assertArrayEquals(over(vectors, 0, files).total(files), driver.total(files));
  }

  @Property(tries = 100)
  void shouldStayWithinTheErrorBoundOfPairwiseSummation(
      @ForAll @IntRange(min = 1, max = 300) int files, @ForAll long seed) {
    double[][] vectors = vectors(files, seed);
    BigDecimal exact = BigDecimal.ZERO;
    double magnitude = 0;
    for (double[] vector : vectors) {
      exact = exact.add(new BigDecimal(vector[0]));
      magnitude += Math.abs(vector[0]);
    }
    double[] total = over(vectors, 0, files).total(files);
    int depth = 1 + Integer.SIZE - Integer.numberOfLeadingZeros(files);
    double error = exact.subtract(new BigDecimal(total[0])).abs().doubleValue();
    assertTrue(error <= 1.01 * depth * Math.ulp(1.0) / 2 * magnitude, () -> "off by " + error);
    assertEquals(files, total[1]);
  }

  @Test
  void shouldAddPairsFirst() {
    // 1 + 2^-53 is 1 again, while 2^-53 + 2^-53 is not lost
    double tiny = Math.pow(2, -53);
    double[][] vectors = {{1, 0}, {0, 0}, {tiny, 0}, {tiny, 0}};
    assertEquals(1 + 2 * tiny, over(vectors, 0, 4).total(4)[0]);
    double[][] fromTheLeft = {{1, 0}, {tiny, 0}, {tiny, 0}, {0, 0}};
    assertEquals(1, over(fromTheLeft, 0, 4).total(4)[0]);
  }

  @Test
  void shouldHoldFewVectors() {
    assertEquals(3, over(vectors(7, 1), 0, 7).subtrees().size());
    assertEquals(1, over(vectors(64, 1), 0, 64).subtrees().size());
  }

  @Test
  void shouldRefuseFilesThatAreLeftOutOrComeTwice() {
    PairwiseSum sum = over(vectors(3, 1), 0, 2);
    assertThrows(IllegalArgumentException.class, () -> sum.add(3, new double[2]));
    assertThrows(IllegalArgumentException.class, () -> sum.add(1, new double[2]));
    assertThrows(IllegalArgumentException.class, () -> sum.add(2, new double[3]));
    assertThrows(IllegalStateException.class, () -> sum.total(3));
    assertThrows(IllegalStateException.class, () -> over(vectors(3, 1), 1, 3).total(3));
  }

  @Test
  void shouldAddAsItIsTold() {
    PairwiseSum greatest =
        new PairwiseSum(
            new Addition() {
              @Override
              public double[] zeros() {
                return new double[] {Double.NEGATIVE_INFINITY};
              }

              @Override
              public void add(double[] to, double[] from) {
                to[0] = Math.max(to[0], from[0]);
              }
            });
    for (int file = 0; file < 5; file++) {
      greatest.add(file, new double[] {-3 - file});
    }
    assertArrayEquals(new double[] {-3}, greatest.total(5));
  }

  @Test
  void shouldSumNothing() {
    assertArrayEquals(new double[2], new PairwiseSum(Addition.ofNumbers(2)).total(0));
  }
}
