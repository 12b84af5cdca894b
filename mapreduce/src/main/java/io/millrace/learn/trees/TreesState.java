package io.millrace.learn.trees;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * All that a fit needs to go on behind a round, as if it had never been interrupted.
 *
 * @param rounds from round 0, before the first tree, to the last that is done
 * @param trees of these rounds
 */
public record TreesState(List<TreesRound> rounds, SavedTrees trees) {
  public TreesState {
    rounds = List.copyOf(rounds);
  }

  private record Line(List<TreesRound> rounds) {}

  /** How many rounds of trees there are. */
  public int done() {
    return rounds.get(rounds.size() - 1).number();
  }

  public void writeTo(OutputStream out) throws IOException {
    new LineAndTrees<>(new Line(rounds), trees).writeTo(out);
  }

  /** Reads what {@link #writeTo} wrote. */
  public static TreesState readFrom(InputStream in) throws IOException {
    LineAndTrees<Line> read = LineAndTrees.readFrom(in, Line.class, "the state of a fit");
    if (read.line().rounds().isEmpty() || read.trees().bytes().length == 0) {
      throw new IOException("Cannot read the state of a fit: it has no trees");
    }
    return new TreesState(read.line().rounds(), read.trees());
  }
}
