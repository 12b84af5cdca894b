package io.millrace.pipeline;

import io.millrace.expression.TypedExpression;
import io.millrace.learn.Snapshots;
import io.millrace.learn.SplitPlan;
import io.millrace.learn.prepare.PreparePlan;
import io.millrace.model.BoundModel;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.RowType;
import io.millrace.spec.TrainSpec;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is learnt from history, bound to the columns of clean records and features.
 *
 * @param source what the rows of the training set are made of
 * @param key columns that name a row: the entity's, or those by which duplicates are told; may be
 *     none
 * @param inputs of the model, in its order
 * @param besides columns that are no inputs, but segments or read by the baseline
 * @param snapshots of which dates rows are trained on
 * @param prepare what is done with each input
 */
public record Training(
    TrainSpec spec,
    Source source,
    List<Column> key,
    List<Column> inputs,
    List<Column> besides,
    Target target,
    Snapshots snapshots,
    PreparePlan prepare,
    Optional<Baseline> baseline) {
  /** Column of the training set: the snapshot date; of an event, the date on which it landed. */
  public static final String EXAMPLE_DATE = "example_date";

  /** Column of the training set: {@code train}, {@code validation} or {@code test}. */
  public static final String EXAMPLE_SPLIT = "example_split";

  /** Column of the training set: 1 and 0 of a condition, a number, or the name of a class. */
  public static final String EXAMPLE_LABEL = "example_label";

  /** Column of the training set: for how many rows it stands, as others were sampled away. */
  public static final String EXAMPLE_WEIGHT = "example_weight";

  /** The columns that a training set has of itself. */
  public static final List<String> EXAMPLE_COLUMNS =
      List.of(EXAMPLE_DATE, EXAMPLE_SPLIT, EXAMPLE_LABEL, EXAMPLE_WEIGHT);

  public Training {
    key = List.copyOf(key);
    inputs = List.copyOf(inputs);
    besides = List.copyOf(besides);
  }

  /** What the rows of a training set are made of. */
  public sealed interface Source {
    /**
     * Clean records, with the features of the day before they landed.
     *
     * @param joined all columns of key, inputs, besides, and those that the label reads
     * @param label over the columns of a clean record; a row whose label is NULL is none
     */
    record Events(JoinedRows joined, TypedExpression label) implements Source {}

    /**
     * Entities with their features of the snapshot date.
     *
     * @param group whose entities they are: those that have features on the date
     * @param besides other groups of the same entity columns whose features are inputs
     * @param condition over the columns of clean records; whether it is TRUE of any whose entity it
     *     is, whose event day lies from 1 to {@code withinDays} days after the snapshot date, and
     *     that has landed by the training date
     */
    record Entities(
        FeatureGroup group, List<FeatureGroup> besides, TypedExpression condition, int withinDays)
        implements Source {
      public Entities {
        besides = List.copyOf(besides);
      }

      /** The columns of clean records that are read. */
      public List<String> cleanColumns() {
        Set<String> columns = new LinkedHashSet<>(group.entity());
        columns.add(group.eventTime());
        columns.addAll(condition.columns());
        return List.copyOf(columns);
      }
    }
  }

  /** What is predicted. */
  public enum Target {
    /** Whether a condition holds; the label is 1 or 0. */
    BINARY,
    /** One of several classes; the label is its name. */
    CLASSES,
    /** A number. */
    NUMBER
  }

  /**
   * A model that is measured beside the trained one.
   *
   * @param file its ONNX file, as the spec names it
   * @param model fed from rows of the training set
   * @param fingerprint SHA-256 of its bytes, hexadecimal
   */
  public record Baseline(String file, BoundModel model, String fingerprint) {}

  /** The rows of the training set. */
  public RowType rows() {
    List<Column> columns = new ArrayList<>(key);
    columns.add(column(EXAMPLE_DATE, Kind.DATE, dateDoc()));
    columns.add(
        column(EXAMPLE_SPLIT, Kind.STRING, "What the row is for: train, validation or test."));
    columns.add(
        target == Target.CLASSES
            ? column(EXAMPLE_LABEL, Kind.STRING, "Name of the class.")
            : column(
                EXAMPLE_LABEL,
                Kind.DOUBLE,
                target == Target.BINARY
                    ? "1 where the condition holds, 0 where it does not."
                    : "The number to be predicted."));
    columns.add(
        column(
            EXAMPLE_WEIGHT,
            Kind.DOUBLE,
            "For how many rows it stands: 1, or 1 / share where a share of rows was kept."));
    Set<String> names = new LinkedHashSet<>(key.stream().map(Column::name).toList());
    for (Column column : inputs) {
      if (names.add(column.name())) {
        columns.add(column);
      }
    }
    for (Column column : besides) {
      if (names.add(column.name())) {
        columns.add(column);
      }
    }
    return new RowType("Example", columns);
  }

  private String dateDoc() {
    return source instanceof Source.Events
        ? "Date on which the event landed; features are those of the day before."
        : "Date of the features; the label lies after it.";
  }

  private static Column column(String name, Kind kind, String doc) {
    return new Column(name, ColumnType.of(kind), Set.of(), doc, null);
  }

  /**
   * How many dates are left out between two parts by time: as the spec says, else until the labels
   * of the earlier part are known when the later one begins.
   */
  public int gapDays() {
    if (spec.split() instanceof TrainSpec.Split.ByTime byTime && byTime.gapDays().isPresent()) {
      return byTime.gapDays().get();
    }
    // an entity's snapshot is taken at the end of its date, when labels of that date are known
    int waitDays = spec.label().waitDays();
    return source instanceof Source.Entities ? waitDays - 1 : waitDays;
  }

  /** Which of the snapshot dates' rows are for what. */
  public SplitPlan split(LocalDate trainingDate) {
    return SplitPlan.of(spec.split(), gapDays(), snapshots.dates(trainingDate));
  }
}
