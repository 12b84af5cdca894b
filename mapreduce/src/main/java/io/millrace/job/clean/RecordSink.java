package io.millrace.job.clean;

import io.millrace.job.io.Slice;
import java.io.IOException;

/** Where the keys and values of the clean shuffle go; both are valid only during the call. */
interface RecordSink {
  void accept(Slice key, Slice value) throws IOException, InterruptedException;
}
