package io.millrace.pipeline;

import io.millrace.model.BoundModel;
import io.millrace.model.ModelBinder;
import io.millrace.model.ModelSignature;
import io.millrace.row.RowType;
import io.millrace.spec.EvaluateSpec;
import io.millrace.spec.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Binds {@code train.evaluate.baseline} to its model and to the columns of rows. */
final class BaselineBinder {
  private final Binder binder;

  BaselineBinder(Binder binder) {
    this.binder = binder;
  }

  /**
   * The bound model, or nothing where what is wrong was reported.
   *
   * @param columns that rows of the training set could have
   */
  Optional<Training.Baseline> bind(EvaluateSpec.Baseline spec, RowType columns) {
    return binder.read(spec.model()).flatMap(model -> bind(spec, model, columns));
  }

  private Optional<Training.Baseline> bind(
      EvaluateSpec.Baseline spec, byte[] model, RowType columns) {
    try {
      List<Problem> problems = new ArrayList<>();
      Optional<BoundModel> bound =
          ModelBinder.bind(ModelSignature.read(model), spec.asScore(), columns, problems);
      problems.forEach(problem -> binder.report(problem.at(), problem.message()));
      return bound.map(
          found -> new Training.Baseline(spec.model().value(), found, ModelFingerprint.of(model)));
    } catch (IllegalArgumentException e) {
      binder.report(spec.model().at(), spec.model() + ": " + e.getMessage());
      return Optional.empty();
    }
  }
}
