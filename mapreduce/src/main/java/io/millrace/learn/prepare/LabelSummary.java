package io.millrace.learn.prepare;

import java.util.List;

/** The labels of the rows of one split. */
public sealed interface LabelSummary {
  /** How many rows there are. */
  long rows();

  /**
   * Labels that tell classes apart.
   *
   * @param classes in the order of their labels
   */
  record OfClasses(List<ClassCount> classes) implements LabelSummary {
    public OfClasses {
      classes = List.copyOf(classes);
    }

    @Override
    public long rows() {
      return classes.stream().mapToLong(ClassCount::rows).sum();
    }
  }

  /**
   * A class.
   *
   * @param label its text, or {@code 0} or {@code 1}
   */
  record ClassCount(String label, long rows) {}

  /**
   * Labels that are numbers; all 0 where there are no rows.
   *
   * @param deviation the standard deviation of all there is
   */
  record OfNumbers(long rows, double mean, double deviation, double least, double greatest)
      implements LabelSummary {}
}
