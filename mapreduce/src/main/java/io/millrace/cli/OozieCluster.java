package io.millrace.cli;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/**
 * The cluster whose Oozie is to run a pipeline, as Hadoop's configuration knows it.
 *
 * @param nameNode the file system that paths without one are on: {@code hdfs://namenode:8020}
 * @param resourceManager host and port, or what stands for several
 * @param base the folder for the pipeline's applications
 */
record OozieCluster(FileSystem files, String nameNode, String resourceManager, Path base) {
  /**
   * Looks it up.
   *
   * @param base where the pipeline's applications are to lie; else in the home folder of who asks
   * @throws UsageException where the configuration knows no cluster
   */
  static OozieCluster of(Configuration configuration, Optional<String> base, String pipeline)
      throws IOException {
    FileSystem standard = FileSystem.get(configuration);
    boolean isNamed = base.isPresent() && new Path(base.get()).toUri().getScheme() != null;
    if (isLocal(standard) && !isNamed) {
      throw new UsageException(
          "Cannot submit: Hadoop's configuration names no cluster, only this machine. Set HADOOP_CONF_DIR, or give -D fs.defaultFS=hdfs://namenode:8020.");
    }
    Path given =
        new Path(base.orElseGet(() -> new Path(standard.getHomeDirectory(), pipeline) + ""));
    FileSystem files = given.getFileSystem(configuration);
    return new OozieCluster(
        files,
        uri(isLocal(standard) ? files : standard),
        resourceManager(configuration),
        files.makeQualified(given));
  }

  private static boolean isLocal(FileSystem files) {
    return files.getUri().getScheme().equals("file");
  }

  private static String uri(FileSystem files) {
    return isLocal(files) ? "file://" : files.getUri().toString();
  }

  private static String resourceManager(Configuration configuration) {
    if (configuration.getBoolean(YarnConfiguration.RM_HA_ENABLED, false)) {
      // Hadoop's clients find out which of them is at work
      return configuration.get(YarnConfiguration.RM_CLUSTER_ID, "yarn");
    }
    String address = configuration.get(YarnConfiguration.RM_ADDRESS, "");
    if (address.isBlank() || address.startsWith("0.0.0.0")) {
      throw new UsageException(
          "Cannot submit: Hadoop's configuration does not say where YARN's resource manager is. Set HADOOP_CONF_DIR, or give -D yarn.resourcemanager.address=HOST:8032.");
    }
    return address;
  }
}
