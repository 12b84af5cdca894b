package io.millrace.job.features;

import io.millrace.row.ByteCursor;
import java.io.IOException;

/** The partials of one entity, one after the other, each of which is read once. */
interface EntityPartials {
  /** Moves to the next partial; false where there is none. */
  boolean next() throws IOException;

  /** Event day and states of the partial, which have to be read to their end. */
  ByteCursor state();
}
