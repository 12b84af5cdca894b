package io.millrace.job.join;

import io.millrace.job.io.JobSettings;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What the two jobs of a join have in common.
 *
 * @param examples what training rows are made by; empty where joined rows are wanted as they are
 * @param settingsFile where tasks find what they read: on many dates it is more than a job's
 *     configuration should hold
 */
public record Joining(
    JoinInput input, Optional<ExampleRecords.Settings> examples, Path settingsFile) {
  /** The name of the data set that is made, and of its folder. */
  String dataSet() {
    return examples.isPresent() ? AssembleJob.TRAINING : AssembleJob.JOINED;
  }

  String schema() {
    return examples
        .map(settings -> settings.examples().schema())
        .orElseGet(() -> input.join().joinedSchema());
  }

  void put(Configuration configuration) throws IOException {
    JobSettings.putAside(configuration, input, settingsFile);
    examples.ifPresent(settings -> JobSettings.put(configuration, settings));
  }
}
