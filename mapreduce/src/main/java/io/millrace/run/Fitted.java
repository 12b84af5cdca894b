package io.millrace.run;

import io.millrace.model.card.FitSummary;
import org.apache.hadoop.fs.Path;

/**
 * A fitted model.
 *
 * @param onnx its file, the preparation of inputs inside
 */
record Fitted(Path onnx, FitSummary summary) {}
