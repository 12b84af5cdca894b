package io.millrace.cli;

import io.millrace.learn.Part;
import io.millrace.learn.metrics.EvaluatedModel;
import io.millrace.learn.metrics.EvaluationReport;
import io.millrace.learn.metrics.Metric;
import io.millrace.learn.metrics.MetricValue;
import io.millrace.plan.StageId;
import io.millrace.run.PartitionReader;
import io.millrace.run.Workspace;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.avro.generic.GenericRecord;

/** What was measured of a trained model, beside those that it was compared with. */
final class EvaluationTable {
  /** In the order of the table; the evaluation has others too. */
  private static final List<Metric> SHOWN =
      List.of(
          Metric.AUC,
          Metric.AVERAGE_PRECISION,
          Metric.LOG_LOSS,
          Metric.BRIER,
          Metric.CALIBRATION_ERROR,
          Metric.ACCURACY,
          Metric.PRECISION,
          Metric.RECALL,
          Metric.F1,
          Metric.PRECISION_AT,
          Metric.RECALL_AT,
          Metric.LIFT_AT,
          Metric.RMSE,
          Metric.MAE,
          Metric.R2,
          Metric.DEVIANCE);

  private final EvaluationReport report;

  private EvaluationTable(EvaluationReport report) {
    this.report = report;
  }

  /** The table of a training. */
  static EvaluationTable read(Workspace workspace, LocalDate date) throws IOException {
    List<GenericRecord> records = new ArrayList<>();
    PartitionReader.open(workspace, StageId.train().mainDataSet(), date).read(records::add);
    return new EvaluationTable(EvaluationReport.of(records));
  }

  /** A line a metric, a column a model; of the test rows, or where there are none, of others. */
  List<String> lines() {
    List<Part> parts = report.parts();
    if (parts.isEmpty()) {
      return List.of("Nothing was measured: there were no rows to measure on.");
    }
    Part part = parts.get(parts.size() - 1);
    List<EvaluatedModel> models = report.models();
    List<String> titles = new ArrayList<>(List.of("on the " + part.word() + " rows"));
    models.forEach(model -> titles.add(title(model)));
    TextTable table = new TextTable(titles);
    for (MetricValue shown : report.values(models.get(0), part)) {
      if (SHOWN.contains(shown.metric()) && shown.label().isEmpty()) {
        List<String> cells = new ArrayList<>(List.of(name(shown)));
        models.forEach(model -> cells.add(text(value(model, part, shown))));
        table.add(cells);
      }
    }
    return table.lines();
  }

  private OptionalDouble value(EvaluatedModel model, Part part, MetricValue like) {
    Optional<MetricValue> found =
        report.values(model, part).stream()
            .filter(value -> value.metric() == like.metric())
            .filter(value -> value.label().isEmpty())
            .filter(value -> value.parameter().equals(like.parameter()))
            .findFirst();
    return found.map(MetricValue::value).orElse(OptionalDouble.empty());
  }

  private static String title(EvaluatedModel model) {
    return switch (model) {
      case CANDIDATE -> "trained";
      case PRODUCTION -> "production";
      case BASELINE -> "baseline";
    };
  }

  private static String name(MetricValue value) {
    String name = value.metric().metricName();
    return value.parameter().map(parameter -> name + " " + parameter).orElse(name);
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.4f", value.getAsDouble()) : "-";
  }
}
