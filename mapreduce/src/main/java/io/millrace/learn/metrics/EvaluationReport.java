package io.millrace.learn.metrics;

import io.millrace.avro.Evaluation;
import io.millrace.learn.Part;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** All that was measured in one training: the records of {@code evaluation/dt=D}. */
public final class EvaluationReport {
  /**
   * A value, and what it was measured of.
   *
   * @param segment left out: all rows of the split
   */
  public record Entry(
      EvaluatedModel model, Part part, Optional<Segment> segment, MetricValue measured) {

    /** The entry as it is stored. */
    public Evaluation toRecord() {
      return Evaluation.newBuilder()
          .setModel(model.fieldValue())
          .setSplit(part.word())
          .setSegment(segment.map(Segment::column).orElse(null))
          .setSegmentValue(segment.flatMap(Segment::value).orElse(null))
          .setMetric(measured.metric().metricName())
          .setLabel(measured.label().orElse(null))
          .setParameter(measured.parameter().orElse(null))
          .setValue(measured.value().isPresent() ? measured.value().getAsDouble() : null)
          .setReason(measured.reason().orElse(null))
          .setRows(measured.rows())
          .setWeight(measured.weight())
          .build();
    }

    /** The entry of a record; nothing where it has a metric that a later version has added. */
    static Optional<Entry> of(IndexedRecord stored) {
      return Metric.named(text(stored, "metric").orElseThrow())
          .map(
              metric ->
                  new Entry(
                      EvaluatedModel.of(text(stored, "model").orElseThrow()),
                      Part.of(text(stored, "split").orElseThrow()),
                      text(stored, "segment")
                          .map(column -> new Segment(column, text(stored, "segment_value"))),
                      new MetricValue(
                          metric,
                          text(stored, "label"),
                          text(stored, "parameter"),
                          number(stored, "value"),
                          text(stored, "reason"),
                          (long) number(stored, "rows").orElseThrow(),
                          number(stored, "weight").orElseThrow())));
    }

    private static Optional<Object> field(IndexedRecord stored, String name) {
      Schema.Field field = stored.getSchema().getField(name);
      return field == null ? Optional.empty() : Optional.ofNullable(stored.get(field.pos()));
    }

    private static Optional<String> text(IndexedRecord stored, String name) {
      return field(stored, name).map(Object::toString);
    }

    private static OptionalDouble number(IndexedRecord stored, String name) {
      Optional<Object> found = field(stored, name);
      return found.isPresent()
          ? OptionalDouble.of(((Number) found.get()).doubleValue())
          : OptionalDouble.empty();
    }
  }

  /**
   * How much an input matters.
   *
   * @param loss as {@link Metric#PERMUTATION_IMPORTANCE} has it
   */
  public record Importance(String input, double loss) {}

  private final List<Entry> entries;

  public EvaluationReport(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * The report of what is stored, in its order.
   *
   * @param stored {@link Evaluation}s, as Avro reads them: generic records too
   */
  public static EvaluationReport of(Collection<? extends IndexedRecord> stored) {
    return new EvaluationReport(stored.stream().flatMap(each -> Entry.of(each).stream()).toList());
  }

  /** All there is. */
  public List<Entry> entries() {
    return entries;
  }

  /** Whose scores were measured. */
  public List<EvaluatedModel> models() {
    return entries.stream().map(Entry::model).distinct().sorted().toList();
  }

  /** The splits that had rows. */
  public List<Part> parts() {
    return entries.stream().map(Entry::part).distinct().sorted().toList();
  }

  /** The segments that had rows, those of a column together. */
  public List<Segment> segments() {
    return entries.stream().flatMap(entry -> entry.segment().stream()).distinct().toList();
  }

  /** What was measured of a model on all rows of a split. */
  public List<MetricValue> values(EvaluatedModel model, Part part) {
    return overall(model, part).toList();
  }

  /** What was measured of a model on the rows of a segment. */
  public List<MetricValue> values(EvaluatedModel model, Part part, Segment segment) {
    return entries.stream()
        .filter(entry -> entry.model() == model && entry.part() == part)
        .filter(entry -> entry.segment().equals(Optional.of(segment)))
        .map(Entry::measured)
        .toList();
  }

  /**
   * What was measured of a model on all rows of a split; where the metric has parameters, with the
   * first of them. Nothing where it was not measured; the answer may be a reason why it has no
   * value.
   */
  public Optional<MetricValue> find(EvaluatedModel model, Part part, Metric metric) {
    return first(model, part, value -> value.metric() == metric && value.label().isEmpty());
  }

  /** The same with one parameter. */
  public Optional<MetricValue> find(
      EvaluatedModel model, Part part, Metric metric, String parameter) {
    return first(
        model,
        part,
        value ->
            value.metric() == metric
                && value.label().isEmpty()
                && value.parameter().equals(Optional.of(parameter)));
  }

  /** The number that {@link #find} finds, if any. */
  public OptionalDouble value(EvaluatedModel model, Part part, Metric metric) {
    return find(model, part, metric).map(MetricValue::value).orElse(OptionalDouble.empty());
  }

  /** How much the candidate's inputs matter, the most important first. */
  public List<Importance> importances() {
    return entries.stream()
        .filter(entry -> entry.model() == EvaluatedModel.CANDIDATE && entry.segment().isEmpty())
        .map(Entry::measured)
        .filter(value -> value.metric() == Metric.PERMUTATION_IMPORTANCE)
        .filter(value -> value.value().isPresent())
        .map(value -> new Importance(value.parameter().orElseThrow(), value.value().getAsDouble()))
        .sorted(Comparator.comparingDouble(Importance::loss).reversed())
        .toList();
  }

  private Optional<MetricValue> first(
      EvaluatedModel model, Part part, Predicate<MetricValue> wanted) {
    return overall(model, part).filter(wanted).findFirst();
  }

  private Stream<MetricValue> overall(EvaluatedModel model, Part part) {
    return entries.stream()
        .filter(
            entry -> entry.model() == model && entry.part() == part && entry.segment().isEmpty())
        .map(Entry::measured);
  }
}
