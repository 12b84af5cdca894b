package io.millrace.job.evaluate;

import io.millrace.model.ModelSession;
import io.millrace.pipeline.Training;
import io.millrace.row.ByteCursor;
import io.millrace.row.Row;
import io.millrace.row.RowDecoder;
import io.millrace.row.RowType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Measures models on the training rows of one file, in their order. Batches are counted from the
 * start of the file. Not thread-safe.
 */
final class RowEvaluator {
  private final RowDecoder decoder;
  private final ExampleReader reader;
  private final PermutedRows permuted;
  private final List<ModelScorer> scorers = new ArrayList<>();
  private final List<ScoreCollector> collectors = new ArrayList<>();
  private final Row row;
  private final ByteCursor cursor = new ByteCursor();
  private long taken;

  /**
   * @param written the columns of the records that will come
   * @param sessions one for each model
   * @param shuffled another session of the first model
   * @param file the number of the file
   */
  RowEvaluator(
      EvaluateSettings settings,
      RowType written,
      List<ModelSession> sessions,
      ModelSession shuffled,
      int file,
      EvaluateSink sink) {
    RowType rows = settings.rows();
    decoder = new RowDecoder(written, rows, wanted(settings));
    reader = new ExampleReader(rows, settings.target(), settings.segments());
    for (int model = 0; model < sessions.size(); model++) {
      ScoreCollector collector = new ScoreCollector(settings, model, sink);
      collectors.add(collector);
      scorers.add(new ModelScorer(sessions.get(model), collector));
    }
    ScoreCollector collector = new ScoreCollector(settings, 0, sink);
    collectors.add(collector);
    permuted =
        new PermutedRows(
            settings.permutations(),
            file,
            rows,
            decoder,
            reader,
            new ModelScorer(shuffled, collector));
    row = new Row(rows.size());
  }

  private static Collection<String> wanted(EvaluateSettings settings) {
    Set<String> wanted =
        new HashSet<>(
            List.of(Training.EXAMPLE_SPLIT, Training.EXAMPLE_LABEL, Training.EXAMPLE_WEIGHT));
    wanted.addAll(settings.segments());
    wanted.addAll(settings.permutations().inputs());
    settings
        .models()
        .forEach(model -> wanted.addAll(model.settings().toModel().inputs().columns()));
    return wanted;
  }

  /** Takes records that lie one behind the other. */
  void take(byte[] source, int offset, int length, long count)
      throws IOException, InterruptedException {
    int start = row.load(source, offset, length);
    cursor.reset(row.bytes, start, length);
    for (long i = 0; i < count; i++) {
      taken++;
      int recordStart = cursor.position();
      decoder.decode(cursor, row);
      Example example = reader.read(row);
      for (ModelScorer scorer : scorers) {
        scorer.put(row, example);
      }
      permuted.offer(example.part(), row.bytes, recordStart, cursor.position() - recordStart);
    }
  }

  /** How many records were begun. */
  long taken() {
    return taken;
  }

  /** How many of them were shuffled. */
  long shuffled() {
    return permuted.taken();
  }

  /** Measures the rows that still wait. To be called at the end of the file. */
  void finish() throws IOException, InterruptedException {
    for (ModelScorer scorer : scorers) {
      scorer.finish();
    }
    permuted.finish();
    for (ScoreCollector collector : collectors) {
      collector.flush();
    }
  }
}
