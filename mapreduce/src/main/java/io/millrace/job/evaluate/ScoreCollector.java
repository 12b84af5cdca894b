package io.millrace.job.evaluate;

import io.millrace.learn.metrics.ClassTotals;
import io.millrace.learn.metrics.MergeableTotals;
import io.millrace.learn.metrics.NumberTotals;
import io.millrace.learn.metrics.ScoreTally;
import io.millrace.model.Scores;
import io.millrace.row.ByteBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds up what can be added of one model's scores, and sends on the scores themselves where they
 * have to be put in order. Not thread-safe.
 */
final class ScoreCollector implements ModelScorer.Listener {
  /** Groups whose totals are held at once; there may be more. */
  private static final int MOST_GROUPS = 4096;

  private final EvaluateSettings settings;
  private final int model;
  private final List<String> classes;
  private final EvaluateSink sink;
  private final Map<ByteBuffer, MergeableTotals> totals = new HashMap<>();
  private final ByteBuilder key = new ByteBuilder();
  private final ByteBuilder value = new ByteBuilder();
  private final ScoreTally one = new ScoreTally();

  /**
   * @param model its number in the settings
   */
  ScoreCollector(EvaluateSettings settings, int model, EvaluateSink sink) {
    this.settings = settings;
    this.model = model;
    this.sink = sink;
    classes = settings.models().get(model).classes();
  }

  @Override
  public void scored(Example example, Scores scores, int at)
      throws IOException, InterruptedException {
    for (byte[] scope : example.scopes()) {
      int group = beginGroup(example, scope);
      switch (settings.target()) {
        case BINARY -> {
          boolean label = example.label() != 0;
          ((ScoreTally) totals(EvaluateKey.TOTALS)).add(label, example.weight());
          key.truncate(group);
          sendScore(0, scores.number(at), label, example.weight());
        }
        case NUMBER ->
            ((NumberTotals) totals(EvaluateKey.TOTALS))
                .add(example.label(), scores.number(at), example.weight());
        case CLASSES -> addClass(group, example, scores, at);
      }
    }
    if (totals.size() > MOST_GROUPS) {
      flush();
    }
  }

  private void addClass(int group, Example example, Scores scores, int at)
      throws IOException, InterruptedException {
    ClassTotals sums = (ClassTotals) totals(EvaluateKey.TOTALS);
    String label = example.className();
    if (classes.isEmpty()) {
      sums.add(label, scores.describe(at), example.weight());
      return;
    }
    int found = 0;
    for (int i = 1; i < classes.size(); i++) {
      found = scores.number(at, i) > scores.number(at, found) ? i : found;
    }
    int right = classes.indexOf(label);
    double probability = right < 0 ? 0 : scores.number(at, right);
    sums.add(label, classes.get(found), probability, example.weight());
    // shuffled inputs are measured by log loss, which needs no order
    for (int i = 0; i < classes.size() && !example.permuted(); i++) {
      key.truncate(group);
      sendScore(i, scores.number(at, i), i == right, example.weight());
    }
  }

  private void sendScore(int classNumber, double score, boolean label, double weight)
      throws IOException, InterruptedException {
    EvaluateKey.putScore(classNumber, score, key);
    one.clear().add(label, weight).write(value.clear());
    sink.emit(key, value);
  }

  @Override
  public void unscored(Example example) {
    for (byte[] scope : example.scopes()) {
      beginGroup(example, scope);
      ((ScoreTally) totals(EvaluateKey.UNSCORED)).add(false, example.weight());
    }
  }

  /** Puts the group into the key, and returns where it ends. */
  private int beginGroup(Example example, byte[] scope) {
    return EvaluateKey.begin(model, example.part(), key).putBytes(scope).length();
  }

  /** The totals of the group that the key has; the key is then theirs. */
  private MergeableTotals totals(int kind) {
    key.putByte(kind);
    MergeableTotals found = totals.get(ByteBuffer.wrap(key.array(), 0, key.length()));
    if (found == null) {
      found = newTotals(kind, settings);
      totals.put(ByteBuffer.wrap(key.toByteArray()), found);
    }
    return found;
  }

  /** Totals of nothing, of the kind that a key has. */
  static MergeableTotals newTotals(int kind, EvaluateSettings settings) {
    if (kind != EvaluateKey.TOTALS) {
      return new ScoreTally();
    }
    return switch (settings.target()) {
      case BINARY -> new ScoreTally();
      case NUMBER -> new NumberTotals(settings.deviance());
      case CLASSES -> new ClassTotals();
    };
  }

  /** Sends on what was added up. */
  void flush() throws IOException, InterruptedException {
    for (Map.Entry<ByteBuffer, MergeableTotals> group : totals.entrySet()) {
      key.clear().putBytes(group.getKey().array());
      group.getValue().write(value.clear());
      sink.emit(key, value);
    }
    totals.clear();
  }
}
