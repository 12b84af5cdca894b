package io.millrace.allreduce;

/** How the numbers of several files become those of all of them. */
public interface Addition {
  /** The numbers of no rows; a new array. */
  double[] zeros();

  /** Adds numbers to others. */
  void add(double[] to, double[] from);

  /** Number by number. */
  static Addition ofNumbers(int length) {
    return new Addition() {
      @Override
      public double[] zeros() {
        return new double[length];
      }

      @Override
      public void add(double[] to, double[] from) {
        for (int i = 0; i < length; i++) {
          to[i] += from[i];
        }
      }
    };
  }
}
