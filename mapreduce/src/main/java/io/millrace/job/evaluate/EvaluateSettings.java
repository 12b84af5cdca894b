package io.millrace.job.evaluate;

import io.millrace.job.io.ModelSettings;
import io.millrace.learn.metrics.EvaluatedModel;
import io.millrace.learn.metrics.UnitDeviance;
import io.millrace.pipeline.Training.Target;
import io.millrace.row.RowType;
import io.millrace.spec.EvaluateSpec.Top;
import java.math.BigDecimal;
import java.util.List;
import org.apache.avro.Schema;

/**
 * What the tasks of an evaluation need; plain data.
 *
 * @param rowsSchema of the training rows
 * @param segments columns
 */
record EvaluateSettings(
    String rowsSchema,
    Target target,
    UnitDeviance deviance,
    double threshold,
    List<PlainTop> top,
    List<String> segments,
    List<Model> models,
    Permutations permutations,
    int batchRows) {
  EvaluateSettings {
    top = List.copyOf(top);
    segments = List.copyOf(segments);
    models = List.copyOf(models);
  }

  /** A measured model without its file. */
  record Model(EvaluatedModel role, ModelSettings settings, List<String> classes) {
    /** By which tasks find its file. */
    String fileName() {
      return role.fieldValue();
    }
  }

  /**
   * How the candidate's inputs are shuffled.
   *
   * @param inputs columns; none where nothing is shuffled
   * @param share of the test rows that take part
   */
  record Permutations(List<String> inputs, double share, long seed) {
    Permutations {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * A {@link Top}.
   *
   * @param share empty where it is a number of rows
   */
  record PlainTop(long rows, String share) {
    static PlainTop of(Top top) {
      return top instanceof Top.Share some
          ? new PlainTop(0, some.share().toPlainString())
          : new PlainTop(((Top.Rows) top).rows(), "");
    }

    Top toTop() {
      return share.isEmpty() ? new Top.Rows(rows) : new Top.Share(new BigDecimal(share));
    }
  }

  RowType rows() {
    return RowType.fromAvro(new Schema.Parser().parse(rowsSchema));
  }

  List<Top> tops() {
    return top.stream().map(PlainTop::toTop).toList();
  }
}
