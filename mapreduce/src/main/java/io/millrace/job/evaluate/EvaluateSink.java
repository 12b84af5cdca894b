package io.millrace.job.evaluate;

import io.millrace.row.ByteBuilder;
import java.io.IOException;

/** Takes keys as in {@link EvaluateKey} and what belongs to them. Valid during the call only. */
interface EvaluateSink {
  void emit(ByteBuilder key, ByteBuilder value) throws IOException, InterruptedException;
}
