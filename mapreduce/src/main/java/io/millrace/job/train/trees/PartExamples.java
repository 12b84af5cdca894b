package io.millrace.job.train.trees;

import io.millrace.job.io.AvroRecordReader;
import io.millrace.job.io.RecordBlock;
import io.millrace.job.train.ExampleReader;
import io.millrace.learn.Part;
import io.millrace.learn.trees.Examples;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** The examples of one part, read block by block from the files in their order. */
final class PartExamples implements Examples, Closeable {
  private final List<String> files;
  private final Configuration configuration;
  private final ExampleReader examples;
  private final Runnable isAlive;
  private final RecordBlock block = new RecordBlock();
  private int opened;
  private @Nullable AvroRecordReader reader;

  /**
   * @param isAlive told at each block
   */
  PartExamples(
      TreesJobSettings settings, Part part, Configuration configuration, Runnable isAlive) {
    files = settings.files();
    examples = new ExampleReader(settings.examples(), Set.of(part));
    this.configuration = configuration;
    this.isAlive = isAlive;
  }

  @Override
  public boolean read(Sink sink) throws IOException, InterruptedException {
    AvroRecordReader current = reader;
    if (current == null) {
      if (opened == files.size()) {
        return false;
      }
      current = AvroRecordReader.open(new Path(files.get(opened++)), configuration);
      reader = current;
      block.writtenWith(current.schema());
    }
    isAlive.run();
    if (current.next(block)) {
      examples.read(block, sink::take);
    } else {
      close();
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
