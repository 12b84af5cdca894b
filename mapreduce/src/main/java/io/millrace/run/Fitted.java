package io.millrace.run;

import io.millrace.model.card.FitSummary;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * A fitted model.
 *
 * @param onnx its file, the preparation of inputs inside
 * @param notes how it came to be, for a person: what may differ from run to run, while all else is
 *     the same to the bit
 */
record Fitted(Path onnx, FitSummary summary, List<String> notes) {
  Fitted {
    notes = List.copyOf(notes);
  }
}
