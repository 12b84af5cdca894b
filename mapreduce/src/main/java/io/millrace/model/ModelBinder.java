package io.millrace.model;

import io.millrace.row.RowType;
import io.millrace.spec.Problem;
import io.millrace.spec.ScoreSpec;
import java.util.List;
import java.util.Optional;

/** Binds what a spec says of a model to the model's signature and to the columns there are. */
public final class ModelBinder {
  private ModelBinder() {}

  /**
   * The bound model, or nothing where problems were found.
   *
   * @param features the columns that may be fed
   * @param problems to which all that is wrong is added
   */
  public static Optional<BoundModel> bind(
      ModelSignature signature, ScoreSpec spec, RowType features, List<Problem> problems) {
    Optional<ModelInputs> inputs = new InputBinder(signature, spec, features, problems).bind();
    Optional<ModelOutput> output = new OutputBinder(signature, spec, problems).bind();
    return inputs.flatMap(found -> output.map(score -> new BoundModel(found, score)));
  }
}
