package io.millrace.job.shuffle;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapred.MapTask;
import org.apache.hadoop.mapreduce.MRJobConfig;

/** Which collector sorts what the maps of a job send. */
public enum MapSort {
  /** {@link RadixCollector}, and Hadoop's where that one cannot. */
  RADIX,
  /** The one that Hadoop is configured with. */
  HADOOP;

  /** The property that says which: {@code radix} or {@code hadoop}. */
  public static final String PROPERTY = "millrace.sort";

  /** What a configuration says. */
  public static MapSort of(Configuration configuration) {
    String said = configuration.getTrimmed(PROPERTY, RADIX.word());
    return Arrays.stream(values())
        .filter(sort -> sort.word().equals(said))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot sort map output by -D %s=%s: expected %s"
                        .formatted(
                            PROPERTY,
                            said,
                            Arrays.stream(values())
                                .map(MapSort::word)
                                .collect(Collectors.joining(" or ")))));
  }

  /** Makes the maps of a job use the collector that its configuration says. */
  public static void applyTo(Configuration job) {
    if (isRadix(job)) {
      String others =
          job.get(
              MRJobConfig.MAP_OUTPUT_COLLECTOR_CLASS_ATTR, MapTask.MapOutputBuffer.class.getName());
      // Hadoop takes the first one that can be initialised
      job.setStrings(
          MRJobConfig.MAP_OUTPUT_COLLECTOR_CLASS_ATTR, RadixCollector.class.getName(), others);
    }
  }

  /**
   * Whether maps of such a configuration sort by radix. That their files are to be encrypted is
   * known here; a task would only find it out, and warn of what is meant.
   */
  public static boolean isRadix(Configuration configuration) {
    return of(configuration) == RADIX && !RadixCollector.isEncrypted(configuration);
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
