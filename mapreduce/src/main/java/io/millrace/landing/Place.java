package io.millrace.landing;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Where the input of a date is looked for. */
public interface Place {
  /** What lies there now; what goes while it is looked at is not there. */
  Sight look() throws IOException;

  /** What the clock says that files there are stamped by; empty where it cannot be read. */
  Optional<Instant> clock();

  /** A file of those seen that somebody is still writing, where the file system can tell. */
  Optional<String> openFile(Sight sight) throws IOException;
}
