package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;

/**
 * A sum of doubles and of products of doubles, exact whatever the order and rounded when it is
 * asked for. It is encoded as SUM is stored. Not thread-safe.
 */
public final class ExactSum {
  /** Digits of a quotient before it is rounded to a double's 17. */
  private static final MathContext QUOTIENT = new MathContext(60);

  private final Sum sum = new Sum("SUM", ColumnType.of(Kind.DOUBLE), ColumnType.of(Kind.DOUBLE));
  private final GroupStates state = new GroupStates(List.of(sum));

  public ExactSum() {
    state.resize(1);
  }

  /** Makes it zero. */
  public ExactSum clear() {
    state.start(0);
    return this;
  }

  /** Adds a finite number. */
  public ExactSum add(double value) {
    sum.add(state, 0, 0, value);
    return this;
  }

  /**
   * Adds a product without rounding it, unless it is so small (below 1e-290) that doubles have no
   * digits left for it.
   */
  public ExactSum add(double a, double b) {
    double product = a * b;
    return add(product).add(Math.fma(a, b, -product));
  }

  /** Adds a product of three numbers in the same way. */
  public ExactSum add(double a, double b, double c) {
    double product = a * b;
    return add(product, c).add(Math.fma(a, b, -product), c);
  }

  public ExactSum add(ExactSum other) {
    state.merge(0, other.state, 0);
    return this;
  }

  /** Adds a sum that was {@link #write written}, and leaves the cursor behind it. */
  public ExactSum add(ByteCursor encoded) {
    sum.mergeSum(state, 0, 0, encoded);
    return this;
  }

  /** Appends the one encoding that the number has. */
  public void write(ByteBuilder out) {
    sum.encodeSum(state, 0, 0, out);
  }

  /** The nearest double; infinite where the sum is beyond the largest. */
  public double value() {
    return sum.nearest(state, 0, 0);
  }

  /** The sum as it is. */
  public BigDecimal exact() {
    Dyadic dyadic = sum.exact(state, 0, 0);
    BigInteger units = dyadic.units();
    if (units.signum() == 0) {
      return BigDecimal.ZERO;
    }
    int zeros = units.getLowestSetBit();
    int exponent = dyadic.exponent() + zeros;
    BigInteger odd = units.shiftRight(zeros);
    // m / 2^k = m·5^k / 10^k
    return exponent < 0
        ? new BigDecimal(odd.multiply(BigInteger.valueOf(5).pow(-exponent)), -exponent)
        : new BigDecimal(odd.shiftLeft(exponent));
  }

  /** The double nearest to the quotient by another sum, which is not zero. */
  public double dividedBy(ExactSum divisor) {
    return quotient(exact(), divisor.exact());
  }

  /** The double nearest to a quotient of exact numbers, of which the divisor is not zero. */
  public static double quotient(BigDecimal dividend, BigDecimal divisor) {
    return dividend.divide(divisor, QUOTIENT).doubleValue();
  }
}
