package io.millrace.job.score;

import io.millrace.job.io.ModelSettings;
import io.millrace.model.BoundModel;
import io.millrace.pipeline.Scoring;
import io.millrace.row.RowType;
import java.util.List;
import org.apache.avro.Schema;

/** A {@link Scoring} as plain data, for the job's configuration. */
record ScoreSettings(String featuresSchema, ModelSettings model, List<String> keep, int batchRows) {
  static ScoreSettings of(Scoring scoring, int batchRows) {
    return new ScoreSettings(
        scoring.features().toAvro().toString(),
        ModelSettings.of(new BoundModel(scoring.inputs(), scoring.output())),
        scoring.keep(),
        batchRows);
  }

  Scoring toScoring() {
    BoundModel bound = model.toModel();
    return new Scoring(
        RowType.fromAvro(new Schema.Parser().parse(featuresSchema)),
        bound.inputs(),
        bound.output(),
        keep);
  }
}
