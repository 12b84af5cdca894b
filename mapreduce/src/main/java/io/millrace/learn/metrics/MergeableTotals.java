package io.millrace.learn.metrics;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;

/** What is added up of the rows of a group, of which parts merge in any order to the bit. */
public sealed interface MergeableTotals permits ClassTotals, NumberTotals, ScoreTally {
  /** Adds what was {@link #write written}, and leaves the cursor behind it. */
  MergeableTotals add(ByteCursor encoded);

  void write(ByteBuilder out);
}
