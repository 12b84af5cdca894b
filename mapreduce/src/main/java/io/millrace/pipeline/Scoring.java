package io.millrace.pipeline;

import io.millrace.model.BoundModel;
import io.millrace.model.ModelBinder;
import io.millrace.model.ModelInputs;
import io.millrace.model.ModelOutput;
import io.millrace.model.ModelSignature;
import io.millrace.row.Column;
import io.millrace.row.RowType;
import io.millrace.spec.Located;
import io.millrace.spec.Problem;
import io.millrace.spec.ScoreSpec;
import io.millrace.spec.Spelling;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How rows become scores, bound to their columns and to the model.
 *
 * @param features the rows that come in: features of entities, or joined rows of events
 * @param keep columns of the rows that are carried into the scores
 */
public record Scoring(RowType features, ModelInputs inputs, ModelOutput output, List<String> keep) {
  /** The column that holds the score. */
  public static final String SCORE = "score";

  public Scoring {
    keep = List.copyOf(keep);
  }

  /** The rows that go out: the kept columns, and the score behind them. */
  public RowType scores() {
    return features
        .select("Score", keep)
        .with("Score", List.of(new Column(SCORE, output.scoreType())));
  }

  /**
   * Binds what a spec says of scoring, or gives nothing where problems were found.
   *
   * @param problems to which all that is wrong is added
   */
  public static Optional<Scoring> bind(
      ScoreSpec spec, ModelSignature signature, RowType features, List<Problem> problems) {
    Optional<BoundModel> model = ModelBinder.bind(signature, spec, features, problems);
    int problemsBefore = problems.size();
    List<String> keep = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Located<String> column : spec.keep()) {
      String name = column.value();
      keep.add(name);
      problemOfKept(name, seen.add(name), spec.rows(), features)
          .ifPresent(message -> problems.add(new Problem(column.at(), message)));
    }
    return problems.size() == problemsBefore
        ? model.map(bound -> new Scoring(features, bound.inputs(), bound.output(), keep))
        : Optional.empty();
  }

  private static Optional<String> problemOfKept(
      String name, boolean first, ScoreSpec.Rows rows, RowType features) {
    if (!features.has(name)) {
      return Optional.of(
          "there is no column `%s` among %s%s"
              .formatted(
                  name,
                  rows.columns(),
                  Spelling.nearest(name, features.names())
                      .map(near -> "; did you mean `" + near + "`?")
                      .orElse("")));
    }
    if (name.equals(SCORE)) {
      return Optional.of("column `score` cannot be kept: the score itself is called so");
    }
    return first ? Optional.empty() : Optional.of("column `" + name + "` is kept twice");
  }
}
