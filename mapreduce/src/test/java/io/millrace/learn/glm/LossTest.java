package io.millrace.learn.glm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.MathContext;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossTest {
  private static final double H = 1e-5;

  static final class Point {
    final Family family;
    final double label;
    final double[] margins;

    Point(Family family, double label, double[] margins) {
      this.family = family;
      this.label = label;
      this.margins = margins;
    }
  }

  @Property(tries = 200)
  void shouldHaveTheGradientOfCentralDifferences(@ForAll("points") Point point) {
    double[] gradient = new double[point.margins.length];
    loss(point, point.margins, gradient, new double[0]);
    for (int k = 0; k < gradient.length; k++) {
      double up = loss(point, moved(point.margins, k, H), gradient.clone(), new double[0]);
      double down = loss(point, moved(point.margins, k, -H), gradient.clone(), new double[0]);
      double scale = 1 + Math.abs(up);
      assertEquals(gradient[k], (up - down) / (2 * H), 1e-8 * scale);
    }
  }

  @Property(tries = 200)
  void shouldHaveTheCurvatureOfCentralDifferences(@ForAll("points") Point point) {
    int outputs = point.margins.length;
    double[] curvature = new double[outputs * (outputs + 1) / 2];
    loss(point, point.margins, new double[outputs], curvature);
    int at = 0;
    for (int k = 0; k < outputs; k++) {
      for (int l = k; l < outputs; l++) {
        double[] up = new double[outputs];
        double[] down = new double[outputs];
        loss(point, moved(point.margins, l, H), up, new double[0]);
        loss(point, moved(point.margins, l, -H), down, new double[0]);
        double scale = 1 + Math.abs(up[k]);
        assertEquals(curvature[at++], (up[k] - down[k]) / (2 * H), 1e-8 * scale);
      }
    }
  }

  private static double loss(Point point, double[] margins, double[] gradient, double[] curvature) {
    return point.family.loss().at(point.label, margins, gradient, curvature);
  }

  private static double[] moved(double[] margins, int at, double by) {
    double[] moved = margins.clone();
    moved[at] += by;
    return moved;
  }

  @Provide
  Arbitrary<Point> points() {
    Arbitrary<double[]> one = Arbitraries.doubles().between(-6, 6).array(double[].class).ofSize(1);
    Arbitrary<double[]> four = Arbitraries.doubles().between(-6, 6).array(double[].class).ofSize(4);
    return Arbitraries.oneOf(
        one.flatMap(m -> Arbitraries.of(0.0, 1.0).map(y -> new Point(Family.LOGISTIC, y, m))),
        four.flatMap(
            m -> Arbitraries.of(0.0, 1.0, 3.0).map(y -> new Point(Family.MULTINOMIAL, y, m))),
        one.flatMap(m -> Arbitraries.of(-2.5, 0.0, 7.0).map(y -> new Point(Family.LINEAR, y, m))),
        one.flatMap(m -> Arbitraries.of(0.0, 1.0, 40.0).map(y -> new Point(Family.POISSON, y, m))));
  }

  /** log(1 + e^-x), computed with 40 digits by Python's decimal. */
  @ParameterizedTest
  @CsvSource({
    "0, 0.6931471805599453094172321214581765680755",
    "1, 0.3132616875182228340489954949678556419153",
    "30, 9.357622968839737041022300764396543e-14",
    "40, 4.248354255291588986190811294654e-18",
    "700, 9.859676543759770e-305"
  })
  void shouldKeepItsDigitsFarOut(double margin, String expected) {
    double[] gradient = new double[1];
    double[] curvature = new double[1];
    double loss = Family.LOGISTIC.loss().at(1, new double[] {margin}, gradient, curvature);
    double exact = new BigDecimal(expected).round(new MathContext(17)).doubleValue();
    assertEquals(exact, loss, 4e-16 * exact);
    assertEquals(Family.LOGISTIC.loss().at(0, new double[] {-margin}, gradient, curvature), loss);
    double[] ofTwo = {margin, 0};
    double asClasses = Family.MULTINOMIAL.loss().at(0, ofTwo, new double[2], new double[3]);
    assertEquals(exact, asClasses, 3e-16);
  }

  @Test
  void shouldNotOverflow() {
    double[] gradient = new double[3];
    double[] curvature = new double[6];
    assertEquals(1e4, Family.LOGISTIC.loss().at(0, new double[] {1e4}, gradient, curvature));
    assertEquals(1, gradient[0]);
    assertEquals(0, curvature[0]);
    double[] margins = {1e4, 0, -1e4};
    assertEquals(2e4, Family.MULTINOMIAL.loss().at(2, margins, gradient, curvature));
    assertArrayEquals(new double[] {1, 0, -1}, gradient);
  }

  /** Half of scikit-learn's mean_poisson_deviance([3], [2]), and of ([0], [2]). */
  @Test
  void shouldBeHalfTheDevianceOfPoisson() {
    double[] margin = {Math.log(2)};
    double[] gradient = new double[1];
    Loss loss = Family.POISSON.loss();
    assertEquals(0.4327906486489863 / 2, loss.at(3, margin, gradient, new double[1]), 1e-15);
    assertEquals(2, loss.at(0, margin, gradient, new double[1]), 1e-15);
  }

  @ParameterizedTest
  @CsvSource({
    "LOGISTIC, 0.5, 0 or 1",
    "LOGISTIC, NaN, 0 or 1",
    "MULTINOMIAL, 3, the number of a class",
    "MULTINOMIAL, -1, the number of a class",
    "MULTINOMIAL, 1.5, the number of a class",
    "LINEAR, Infinity, a finite number",
    "POISSON, -1, a finite number that is not negative"
  })
  void shouldRejectLabelsThatTheFamilyDoesNotHave(Family family, double label, String expected) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> family.check(label, 3));
    assertEquals(
        "Cannot fit a " + family.word() + " model to the label " + label + ": expected " + expected,
        e.getMessage());
  }
}
