package io.millrace.learn.prepare;

import static java.util.Objects.requireNonNull;

import io.millrace.aggregate.ValueCounts;
import io.millrace.row.Column;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks for inputs that give the label away: one that alone tells it nearly perfectly, or does so
 * by being NULL. The numbers behind the warnings are those of the training rows, each counting
 * once.
 */
public final class LeakCheck {
  /** An input whose AUC alone, or whose correlation, is at least that is suspicious. */
  static final double SUSPICIOUS = 0.95;

  /** The same of its being NULL: AUC. */
  static final double SUSPICIOUS_NULLS = 0.75;

  /** The same of its being NULL: by how many standard deviations of the label means differ. */
  static final double SUSPICIOUS_DIFFERENCE = 1;

  /** A class with fewer rows says nothing. */
  static final long FEWEST_ROWS = 20;

  /** Texts with fewer rows are taken together. */
  private static final long RARE = 10;

  private final TableStatistics statistics;
  private final SortedMap<String, ClassStatistics> classes;
  private final List<InputLink> links = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private LeakCheck(TableStatistics statistics) {
    this.statistics = statistics;
    classes = statistics.isByClass() ? statistics.classes() : new TreeMap<>();
  }

  /** Checks all inputs of which there are statistics. */
  public static LeakReport check(TableStatistics statistics) {
    LeakCheck check = new LeakCheck(statistics);
    List<Column> inputs = statistics.inputs();
    for (int number = 0; number < inputs.size(); number++) {
      String input = inputs.get(number).name();
      check.links.add(
          statistics.labelsOf(TableStatistics.TRAIN) instanceof LabelSummary.OfNumbers labels
              ? check.withNumbers(input, number, labels)
              : check.withClasses(input, number));
    }
    check.warnings.addAll(new PresenceCheck(statistics).warnings());
    return new LeakReport(check.links, check.warnings);
  }

  private InputLink withClasses(String input, int number) {
    // of two classes, one is the other turned round
    List<String> told =
        classes.size() == 2 ? List.of(classes.lastKey()) : List.copyOf(classes.keySet());
    Best values = Best.NONE;
    Best nulls = Best.NONE;
    for (String each : told) {
      values = values.or(each, separation(valueTallies(each, number)));
      nulls = nulls.or(each, separation(nullTallies(each, number)));
    }
    if (values.auc() >= SUSPICIOUS) {
      warnings.add(
          "%s alone tells %s apart with an AUC of %s: is it known when the score is made?"
              .formatted(input, labelOf(values.name()), decimals(values.auc())));
    }
    if (nulls.auc() >= SUSPICIOUS_NULLS) {
      warnings.add(nullWarning(input, nulls, nullTallies(nulls.name(), number)));
    }
    return new InputLink(
        input, values.known(), values.known() == null ? null : values.name(), nulls.known(), null);
  }

  /** The class that is told from the others best, and how well. */
  private record Best(String name, double auc) {
    static final Best NONE = new Best("", Double.NaN);

    Best or(String other, double otherAuc) {
      return otherAuc > auc || (Double.isNaN(auc) && !Double.isNaN(otherAuc))
          ? new Best(other, otherAuc)
          : this;
    }

    @Nullable Double known() {
      return Double.isNaN(auc) ? null : auc;
    }
  }

  private String labelOf(String name) {
    return classes.size() == 2 ? "the label" : "the label '" + name + "'";
  }

  private String nullWarning(String input, Best best, List<ClassTally> tallies) {
    ClassTally filled = tallies.get(0);
    ClassTally nulls = tallies.get(1);
    return ("%s is NULL in %s of the training rows with the label %s and in %s of the others (AUC"
            + " %s): is it filled only once the label is known?")
        .formatted(
            input,
            share(nulls.inside(), nulls.inside() + filled.inside()),
            best.name(),
            share(nulls.outside(), nulls.outside() + filled.outside()),
            decimals(best.auc()));
  }

  /** The rows where an input is filled, and those where it is NULL. */
  private List<ClassTally> nullTallies(String name, int number) {
    ClassTally filled = ClassTally.NOTHING;
    ClassTally nulls = ClassTally.NOTHING;
    for (Map.Entry<String, ClassStatistics> each : classes.entrySet()) {
      InputStatistics input = each.getValue().input(number);
      boolean inside = each.getKey().equals(name);
      filled = filled.plus(tally(inside, input.rows() - input.nulls()));
      nulls = nulls.plus(tally(inside, input.nulls()));
    }
    return List.of(filled, nulls);
  }

  /** The rows of each value of an input, in the order that tells a class from the others. */
  private Collection<ClassTally> valueTallies(String name, int number) {
    return requireNonNull(classes.get(name)).input(number) instanceof NumberStatistics
        ? numberTallies(name, number)
        : textTallies(name, number);
  }

  private Collection<ClassTally> numberTallies(String name, int number) {
    boolean binned =
        classes.values().stream()
            .anyMatch(each -> !((NumberStatistics) each.input(number)).isCounted());
    SortedMap<Double, ClassTally> tallies = new TreeMap<>();
    classes.forEach(
        (each, ofClass) ->
            ((NumberStatistics) ofClass.input(number))
                .forEach(
                    binned,
                    (value, count) ->
                        tallies.merge(value, tally(each.equals(name), count), ClassTally::plus)));
    return tallies.values();
  }

  private Collection<ClassTally> textTallies(String name, int number) {
    Map<String, ClassTally> tallies = new TreeMap<>();
    for (Map.Entry<String, ClassStatistics> each : classes.entrySet()) {
      Optional<ValueCounts> found = ((TextStatistics) each.getValue().input(number)).counts();
      if (found.isEmpty()) {
        return List.of();
      }
      ValueCounts counts = found.get();
      for (int value = 0; value < counts.size(); value++) {
        String text =
            new String(
                counts.values().array(),
                counts.values().offset(value),
                counts.values().length(value),
                StandardCharsets.UTF_8);
        tallies.merge(
            text, tally(each.getKey().equals(name), counts.count(value)), ClassTally::plus);
      }
    }
    ClassTally rare = ClassTally.NOTHING;
    List<ClassTally> ordered = new ArrayList<>();
    for (ClassTally tally : tallies.values()) {
      if (tally.rows() < RARE) {
        rare = rare.plus(tally);
      } else {
        ordered.add(tally);
      }
    }
    if (rare.rows() > 0) {
      ordered.add(rare);
    }
    ordered.sort(ClassTally.byShare());
    return ordered;
  }

  private static ClassTally tally(boolean inside, long rows) {
    return inside ? new ClassTally(rows, 0) : new ClassTally(0, rows);
  }

  /** The AUC, whichever way round; NaN where a side has too few rows. */
  private static double separation(Collection<ClassTally> ascending) {
    ClassTally all = ascending.stream().reduce(ClassTally.NOTHING, ClassTally::plus);
    if (all.inside() < FEWEST_ROWS || all.outside() < FEWEST_ROWS) {
      return Double.NaN;
    }
    double auc = ClassTally.auc(ascending);
    return Math.max(auc, 1 - auc);
  }

  private InputLink withNumbers(String input, int number, LabelSummary.OfNumbers labels) {
    LabelLink link = statistics.link(number);
    @Nullable Double correlation = null;
    if (labels.rows() >= FEWEST_ROWS && link.correlation().isPresent()) {
      correlation = link.correlation().getAsDouble();
      if (Math.abs(correlation) >= SUSPICIOUS) {
        warnings.add(
            "%s has a correlation of %s with the label: is it known when the score is made?"
                .formatted(input, decimals(correlation)));
      }
    }
    InputStatistics all = statistics.input(input);
    long filled = all.rows() - all.nulls();
    if (all.nulls() >= FEWEST_ROWS && filled >= FEWEST_ROWS && labels.deviation() > 0) {
      double meanNull = link.meanNull().orElseThrow();
      double meanFilled = link.meanFilled().orElseThrow();
      if (Math.abs(meanNull - meanFilled) >= SUSPICIOUS_DIFFERENCE * labels.deviation()) {
        warnings.add(
            ("the label is %s on average where %s is NULL and %s where it is not (standard deviation"
                    + " %s): is it filled only once the label is known?")
                .formatted(
                    NumberText.shortly(meanNull),
                    input,
                    NumberText.shortly(meanFilled),
                    NumberText.shortly(labels.deviation())));
      }
    }
    return new InputLink(input, null, null, null, correlation);
  }

  static String share(long part, long all) {
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / Math.max(1, all));
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
