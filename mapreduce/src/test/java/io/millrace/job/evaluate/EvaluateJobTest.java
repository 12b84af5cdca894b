package io.millrace.job.evaluate;

import static io.millrace.learn.metrics.EvaluatedModel.BASELINE;
import static io.millrace.learn.metrics.EvaluatedModel.CANDIDATE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.job.LocalRunner;
import io.millrace.job.evaluate.Payments.Payment;
import io.millrace.job.io.TaskFailure;
import io.millrace.learn.Part;
import io.millrace.learn.metrics.EvaluatedModel;
import io.millrace.learn.metrics.EvaluationReport;
import io.millrace.learn.metrics.EvaluationReport.Importance;
import io.millrace.learn.metrics.Metric;
import io.millrace.learn.metrics.MetricValue;
import io.millrace.learn.metrics.Segment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateJobTest {
  private static final double TOLERANCE = 1e-12;

  private static final Payments FRAUD = Payments.ofFraud();

  @TempDir static java.nio.file.Path folder;
  private static LocalRunner runner;
  private static Path fraudOutput;
  private static EvaluationReport fraud;

  @BeforeAll
  static void measureFraud() throws Exception {
    runner = new LocalRunner(folder);
    fraudOutput = run(FRAUD, "fraud", runner.configuration());
    fraud = read(fraudOutput);
  }

  private static Path run(Payments payments, String name, Configuration configuration)
      throws Exception {
    Path output = runner.path(name);
    Job job =
        EvaluateJob.create(
            configuration,
            payments.training(),
            payments.examples(runner),
            payments.models(folder),
            LocalRunner.FINGERPRINT,
            output);
    assertTrue(job.waitForCompletion(false), () -> failures(output, configuration));
    assertEquals(
        payments.rows().size(),
        job.getCounters()
            .findCounter(EvaluateCounter.GROUP, EvaluateCounter.ROWS_READ.counterName())
            .getValue());
    return output;
  }

  private static String failures(Path output, Configuration configuration) {
    try {
      return TaskFailure.collect(output, configuration).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EvaluationReport report(Payments payments, String name) throws Exception {
    return read(run(payments, name, runner.configuration()));
  }

  private static EvaluationReport read(Path output) throws IOException {
    return EvaluateJob.read(
        List.of(new Path(output, "evaluation/part-r-00000.avro")), runner.configuration());
  }

  private static double value(
      EvaluationReport report, EvaluatedModel model, Part part, Metric metric) {
    return report.value(model, part, metric).orElseThrow();
  }

  @Test
  void shouldMeasureEachModelOnEachPart() throws Exception {
    for (Part part : Part.values()) {
      List<Payment> rows = FRAUD.rows(part);
      assertEquals(
          area(rows, Payments::fraudScore), value(fraud, CANDIDATE, part, Metric.AUC), TOLERANCE);
      assertEquals(
          rows.stream().mapToDouble(row -> row.weight() * -Math.log(probabilityOfLabel(row))).sum()
              / weight(rows),
          value(fraud, CANDIDATE, part, Metric.LOG_LOSS),
          TOLERANCE);
      MetricValue auc = fraud.find(CANDIDATE, part, Metric.AUC).orElseThrow();
      assertEquals(rows.size(), auc.rows());
      assertEquals(weight(rows), auc.weight(), 1e-9);
      assertEquals(0, value(fraud, CANDIDATE, part, Metric.UNSCORED));
    }
  }

  private static double probabilityOfLabel(Payment row) {
    return row.label() == 1 ? Payments.fraudScore(row) : 1 - Payments.fraudScore(row);
  }

  private static double weight(List<Payment> rows) {
    return rows.stream().mapToDouble(Payment::weight).sum();
  }

  /** P(true above false) + ½ P(same), pair by pair. */
  private static double area(List<Payment> rows, ToDoubleFunction<Payment> score) {
    double pairs = 0;
    double ordered = 0;
    for (Payment a : rows) {
      for (Payment b : rows) {
        if (a.label() == 1 && b.label() == 0) {
          double weight = a.weight() * b.weight();
          pairs += weight;
          ordered +=
              weight * (1 + Math.signum(score.applyAsDouble(a) - score.applyAsDouble(b))) / 2;
        }
      }
    }
    return ordered / pairs;
  }

  @Test
  void shouldMeasureOtherModelOnTheRowsThatItScores() throws Exception {
    List<Payment> scored =
        FRAUD.rows(Part.TEST).stream().filter(row -> row.amount() != null).toList();
    List<Payment> unscored =
        FRAUD.rows(Part.TEST).stream().filter(row -> row.amount() == null).toList();
    assertTrue(unscored.size() > 1);
    assertEquals(
        area(scored, row -> -row.amount()),
        value(fraud, BASELINE, Part.TEST, Metric.AUC),
        TOLERANCE);
    assertEquals(scored.size(), fraud.find(BASELINE, Part.TEST, Metric.AUC).orElseThrow().rows());
    assertEquals(weight(unscored), value(fraud, BASELINE, Part.TEST, Metric.UNSCORED), TOLERANCE);
    assertTrue(
        fraud
            .find(BASELINE, Part.TEST, Metric.LOG_LOSS)
            .orElseThrow()
            .reason()
            .orElseThrow()
            .startsWith("scores are not probabilities: one is -"));
  }

  @Test
  void shouldMeasureSegments() throws Exception {
    assertEquals(
        List.of(
            new Segment("channel", Optional.empty()),
            new Segment("channel", Optional.of("")),
            new Segment("channel", Optional.of("shop")),
            new Segment("channel", Optional.of("\u0000\u0001 ünïcode"))),
        fraud.segments().stream()
            .sorted(java.util.Comparator.comparing(Payments::orderOfSegment))
            .toList());
    for (Segment segment : fraud.segments()) {
      List<Payment> rows =
          FRAUD.rows(Part.TEST).stream()
              .filter(row -> Optional.ofNullable(row.channel()).equals(segment.value()))
              .toList();
      MetricValue auc =
          fraud.values(CANDIDATE, Part.TEST, segment).stream()
              .filter(found -> found.metric() == Metric.AUC)
              .findFirst()
              .orElseThrow();
      assertEquals(
          area(rows, Payments::fraudScore),
          auc.value().orElseThrow(),
          TOLERANCE,
          segment::toString);
    }
  }

  @Test
  void shouldTellHowMuchInputsMatter() throws Exception {
    List<Importance> importances = fraud.importances();
    assertEquals(
        List.of("hour", "amount", "channel"), importances.stream().map(Importance::input).toList());
    assertTrue(importances.get(0).loss() > 0.1, importances::toString);
    assertTrue(importances.get(1).loss() > 0.01, importances::toString);
    // the model does not look at it
    assertEquals(0, importances.get(2).loss());
  }

  @Test
  void shouldMakeTheSameBytesHoweverTheShuffleGoes() throws Exception {
    Configuration other = runner.configuration();
    other.setInt("mapreduce.local.map.tasks.maximum", 1);
    other.set("mapreduce.map.sort.spill.percent", "0.01");
    other.setInt("mapreduce.task.io.sort.factor", 2);
    other.setLong("mapreduce.input.fileinputformat.split.maxsize", 1000);
    assertArrayEquals(bytes(fraudOutput), bytes(run(FRAUD, "again", other)));
  }

  @Test
  void shouldMeasureTheSameInSeveralTasks() throws Exception {
    EvaluateJob.Examples few = FRAUD.examples(runner);
    Path output = runner.path("tasks");
    Job job =
        EvaluateJob.create(
            runner.configuration(),
            FRAUD.training(),
            new EvaluateJob.Examples(few.files(), 10_000_000, few.testRows()),
            FRAUD.models(folder),
            LocalRunner.FINGERPRINT,
            output);
    assertEquals(6, job.getNumReduceTasks());
    runner.run(job);
    List<Path> files =
        IntStream.range(0, 6)
            .mapToObj(i -> new Path(output, "evaluation/part-r-0000%d.avro".formatted(i)))
            .toList();
    assertEquals(fraud.entries(), EvaluateJob.read(files, runner.configuration()).entries());
  }

  private static byte[] bytes(Path output) throws Exception {
    return Files.readAllBytes(
        java.nio.file.Path.of(new Path(output, "evaluation/part-r-00000.avro").toUri()));
  }

  @Test
  void shouldMeasureNumbers() throws Exception {
    Payments payments = Payments.ofAmounts();
    EvaluationReport report = report(payments, "amounts");
    List<Payment> rows = payments.rows(Part.TEST);
    double squares =
        rows.stream()
            .mapToDouble(row -> row.weight() * Math.pow(Payments.amountScore(row) - row.label(), 2))
            .sum();
    assertEquals(
        Math.sqrt(squares / weight(rows)), value(report, CANDIDATE, Part.TEST, Metric.RMSE), 1e-9);
    double mean = rows.stream().mapToDouble(row -> row.weight() * row.label()).sum() / weight(rows);
    double spread =
        rows.stream().mapToDouble(row -> row.weight() * Math.pow(row.label() - mean, 2)).sum();
    assertEquals(1 - squares / spread, value(report, CANDIDATE, Part.TEST, Metric.R2), TOLERANCE);
    assertEquals("hour", report.importances().get(0).input());
    assertEquals(0, report.importances().get(2).loss());
  }

  @Test
  void shouldMeasureClasses() throws Exception {
    Payments payments = Payments.ofHours();
    EvaluationReport report = report(payments, "hours");
    List<Payment> rows = payments.rows(Part.TEST);
    double losses =
        rows.stream()
            .mapToDouble(
                row -> row.weight() * -Math.log(Payments.hourScores(row)[(int) row.label()]))
            .sum();
    assertEquals(
        losses / weight(rows), value(report, CANDIDATE, Part.TEST, Metric.LOG_LOSS), TOLERANCE);
    List<MetricValue> areas =
        report.values(CANDIDATE, Part.TEST).stream()
            .filter(found -> found.metric() == Metric.AUC_OF_CLASS)
            .toList();
    assertEquals(Payments.CLASSES, areas.stream().map(area -> area.label().orElseThrow()).toList());
    for (int i = 0; i < areas.size(); i++) {
      int each = i;
      List<Payment> against =
          rows.stream().map(row -> row.labelled(row.label() == each ? 1 : 0)).toList();
      assertEquals(
          area(against, row -> Payments.hourScores(row)[each]),
          areas.get(i).value().orElseThrow(),
          TOLERANCE);
    }
    double right =
        rows.stream()
            .filter(row -> Payments.likeliestHour(row) == (int) row.label())
            .mapToDouble(Payment::weight)
            .sum();
    assertEquals(
        right / weight(rows), value(report, CANDIDATE, Part.TEST, Metric.ACCURACY), TOLERANCE);
    assertEquals("hour", report.importances().get(0).input());
    assertTrue(report.importances().get(0).loss() > 0.01);
  }
}
