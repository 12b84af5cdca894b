package io.millrace.job.train.trees;

import io.millrace.job.io.JobSettings;
import io.millrace.job.io.OneSplitInputFormat;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** One split, which is all files. The task opens them itself, as it reads them more than once. */
public final class AllRowsInputFormat extends OneSplitInputFormat {
  @Override
  protected long bytes(Configuration configuration) throws IOException {
    long bytes = 0;
    for (String file : JobSettings.get(configuration, TreesJobSettings.class).files()) {
      Path path = new Path(file);
      bytes += path.getFileSystem(configuration).getFileStatus(path).getLen();
    }
    return bytes;
  }
}
