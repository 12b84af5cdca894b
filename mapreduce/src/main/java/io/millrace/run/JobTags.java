package io.millrace.run;

import io.millrace.warehouse.Unit;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.MRJobConfig;

/** By which tags the jobs of a run are found on YARN. */
final class JobTags {
  private static final String PREFIX = "millrace-";
  // of YARN, which wants lower case, too
  private static final int LONGEST = 100;

  private JobTags() {}

  /** The tag of all jobs of a run. */
  static String of(String run) {
    return tag(PREFIX + run);
  }

  /** The tag of the jobs of a run that make one unit. */
  static String of(String run, Unit unit) {
    return tag(PREFIX + run + "-" + unit.stage().toString().replace('/', '-') + "-" + unit.date());
  }

  /** The tag of the containers that a run keeps for the jobs of any of its units. */
  static String ofContainers(String run) {
    return tag(PREFIX + run + "-container");
  }

  /** Tags a job, besides the tags that it has. */
  static void add(Configuration configuration, String run, Unit unit) {
    add(configuration, of(run) + "," + of(run, unit));
  }

  /** The same for a container that a run keeps. */
  static void addOfContainer(Configuration configuration, String run) {
    add(configuration, of(run) + "," + ofContainers(run));
  }

  private static void add(Configuration configuration, String tags) {
    String known = configuration.get(MRJobConfig.JOB_TAGS, "");
    configuration.set(MRJobConfig.JOB_TAGS, known.isEmpty() ? tags : known + "," + tags);
  }

  private static String tag(String text) {
    String tag = text.toLowerCase(Locale.ROOT);
    if (tag.length() <= LONGEST) {
      return tag;
    }
    String hash = UUID.nameUUIDFromBytes(tag.getBytes(StandardCharsets.UTF_8)).toString();
    return tag.substring(0, LONGEST - hash.length() - 1) + "-" + hash;
  }
}
