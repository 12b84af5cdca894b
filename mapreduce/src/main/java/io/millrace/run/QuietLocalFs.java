package io.millrace.run;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;

/**
 * {@link QuietLocalFileSystem} as {@code FileContext} wants it, whose renames publish partitions.
 */
public final class QuietLocalFs extends DelegateToFileSystem {
  /** Called by Hadoop. */
  public QuietLocalFs(URI uri, Configuration configuration) throws IOException, URISyntaxException {
    super(uri, new QuietLocalFileSystem(), configuration, "file", false);
  }
}
