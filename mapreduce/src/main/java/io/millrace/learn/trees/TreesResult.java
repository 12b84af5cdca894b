package io.millrace.learn.trees;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * What came of a fit of trees.
 *
 * @param text the reason, for a person
 * @param kept how many rounds of trees the model has: up to the best one of the validation rows, or
 *     all
 * @param rounds from round 0, before the first tree
 * @param trees of all rounds, in XGBoost's JSON; empty where no model came of it
 */
public record TreesResult(
    StopReason reason, String text, int kept, List<TreesRound> rounds, SavedTrees trees) {
  public TreesResult {
    rounds = List.copyOf(rounds);
  }

  private record Line(StopReason reason, String text, int kept, List<TreesRound> rounds) {}

  /** The trees that are kept. */
  public TreeEnsemble ensemble(DesignColumns columns) throws IOException {
    return TreeEnsemble.read(trees.bytes(), columns).first(kept);
  }

  public void writeTo(OutputStream out) throws IOException {
    new LineAndTrees<>(new Line(reason, text, kept, rounds), trees).writeTo(out);
  }

  /** Reads what {@link #writeTo} wrote. */
  public static TreesResult readFrom(InputStream in) throws IOException {
    LineAndTrees<Line> read = LineAndTrees.readFrom(in, Line.class, "what came of a fit");
    Line line = read.line();
    return new TreesResult(line.reason(), line.text(), line.kept(), line.rounds(), read.trees());
  }
}
