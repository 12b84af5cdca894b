package io.millrace.cli;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * The launcher of Oozie in whose process a command runs, and what it hands on to the command's
 * jobs: the configuration of the action, the tags by which Oozie finds them, the credentials.
 *
 * @param configurationFile of the action
 * @param tokenFile the credentials, on a cluster that wants some
 */
record OozieLauncher(Path configurationFile, Optional<String> tokenFile) {
  private static final String CONFIGURATION_FILE = "oozie.action.conf.xml";
  private static final String TAGS_OF_CHILDREN = "oozie.child.mapreduce.job.tags";
  private static final String CREDENTIALS = "mapreduce.job.credentials.binary";

  /** How Hadoop marks in a configuration file what it has from nobody but itself. */
  private static final String HADOOPS_OWN = "-default.xml";

  /** Jars of the launcher's own class path, which tasks do without, and its name. */
  private static final List<String> LAUNCHERS_OWN =
      List.of("mapreduce.job.cache.", "mapreduce.job.classpath.", MRJobConfig.JOB_NAME);

  /** The launcher that this process is, if it is one. */
  static Optional<OozieLauncher> ofThisProcess() {
    return Optional.ofNullable(System.getProperty(CONFIGURATION_FILE))
        .map(
            file ->
                new OozieLauncher(
                    Path.of(file),
                    Optional.ofNullable(
                        System.getenv(UserGroupInformation.HADOOP_TOKEN_FILE_LOCATION))));
  }

  /**
   * Adds what the launcher hands on. Oozie writes out all that it knows, Hadoop's defaults too:
   * those stay what they are here, or they would count as somebody's wish.
   */
  void handOn(Configuration configuration) {
    Configuration action = new Configuration(false);
    action.addResource(new org.apache.hadoop.fs.Path(configurationFile.toUri()));
    for (Map.Entry<String, String> property : action) {
      String name = property.getKey();
      // as written: what it refers to may be set elsewhere
      String value = action.getRaw(name);
      if (isSaid(name, action)
          && LAUNCHERS_OWN.stream().noneMatch(name::startsWith)
          && !value.equals(configuration.getRaw(name))) {
        configuration.set(name, value, configurationFile.toString());
      }
    }
    tag(configuration, action);
    tokenFile.ifPresent(file -> configuration.set(CREDENTIALS, file));
  }

  private boolean isSaid(String name, Configuration action) {
    String[] sources = action.getPropertySources(name);
    // the last is the file that was read; before it stand those that it names
    return sources.length < 2 || !sources[sources.length - 2].endsWith(HADOOPS_OWN);
  }

  /** By these tags Oozie ends what a launcher that was killed, or is started again, has left. */
  private static void tag(Configuration configuration, Configuration action) {
    Set<String> tags =
        new LinkedHashSet<>(configuration.getTrimmedStringCollection(MRJobConfig.JOB_TAGS));
    tags.addAll(action.getTrimmedStringCollection(TAGS_OF_CHILDREN));
    if (!tags.isEmpty()) {
      configuration.set(MRJobConfig.JOB_TAGS, String.join(",", tags));
    }
  }
}
