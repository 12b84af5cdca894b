package io.millrace;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.mapreduce.v2.MiniMRYarnCluster;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * HDFS with two data nodes, YARN and a job history server in this process, started for the first
 * test that asks for it and stopped after the last one. Tasks run in containers that have the job
 * jar and, as on a real cluster, Hadoop's own older Avro before it.
 */
public final class MiniHadoop implements AutoCloseable {
  /** Small blocks, so that small files have several. */
  public static final int BLOCK_BYTES = 64 * 1024;

  /** How long a writer of HDFS waits before it asks again whether its last block has arrived. */
  public static final String PAUSE_OF_WRITERS =
      "dfs.client.block.write.locateFollowingBlock.initial.delay.ms";

  private static final int SHORT_PAUSE_MILLIS = 10;
  private static final FsPermission ANYBODY = new FsPermission((short) 0777);
  private static final String TASK_JVM = "-Xmx300m -XX:+UseSerialGC -XX:TieredStopAtLevel=1";

  /** What containers must find in the job jar only, if at all. */
  private static final List<String> NOT_HADOOPS =
      List.of(
          "apache-el-",
          "apache-jsp-",
          "archunit",
          "avatica-",
          "avro-",
          "byte-buddy",
          "calcite-",
          "commons-compiler",
          "datasketches-",
          "duckdb_",
          "ehcache-core-",
          "greenmail-",
          "hsqldb-",
          "jakarta.mail-",
          "janino-",
          "jdom-",
          "jqwik-",
          "jts-",
          "junit",
          "mail-",
          "memory-",
          "millrace-",
          "mockito-",
          "mrunit-",
          "onnxruntime-",
          "oozie-",
          "openjpa-",
          "org.eclipse.jgit-",
          "picocli-",
          "proj4j-",
          "quartz-",
          "sketches-",
          "snakeyaml-engine-",
          "tribuo-",
          "xgboost4j_");

  private final Path folder;
  private final MiniDFSCluster hdfs;
  private final MiniMRYarnCluster yarn;

  private MiniHadoop() throws IOException {
    folder = Files.createTempDirectory("millrace-mini-hadoop-");
    System.setProperty("hadoop.log.dir", folder.resolve("logs").toString());
    System.setProperty("test.build.data", folder.toString());
    hdfs = startHdfs(folder);
    yarn = startYarn(hdfs);
  }

  private static MiniDFSCluster startHdfs(Path folder) throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("hadoop.tmp.dir", folder.resolve("tmp").toString());
    // a scheduler works for others
    String user = System.getProperty("user.name");
    configuration.set("hadoop.proxyuser." + user + ".hosts", "*");
    configuration.set("hadoop.proxyuser." + user + ".groups", "*");
    configuration.setLong("dfs.namenode.fs-limits.min-block-size", BLOCK_BYTES);
    configuration.setLong("dfs.blocksize", BLOCK_BYTES);
    configuration.setInt(PAUSE_OF_WRITERS, SHORT_PAUSE_MILLIS);
    MiniDFSCluster cluster =
        new MiniDFSCluster.Builder(configuration, folder.resolve("hdfs").toFile())
            .numDataNodes(2)
            .build();
    cluster.waitActive();
    FileSystem fileSystem = cluster.getFileSystem();
    for (String path : List.of("/tmp", "/tmp/hadoop-yarn", "/tmp/hadoop-yarn/staging")) {
      fileSystem.mkdirs(new org.apache.hadoop.fs.Path(path));
      fileSystem.setPermission(new org.apache.hadoop.fs.Path(path), ANYBODY);
    }
    return cluster;
  }

  private static MiniMRYarnCluster startYarn(MiniDFSCluster hdfs) throws IOException {
    Configuration configuration = new Configuration(hdfs.getFileSystem().getConf());
    configuration.set("fs.defaultFS", hdfs.getURI().toString());
    configuration.set("yarn.app.mapreduce.am.staging-dir", "/tmp/hadoop-yarn/staging");
    configuration.setInt("yarn.nodemanager.resource.memory-mb", 6144);
    configuration.setInt("yarn.nodemanager.resource.cpu-vcores", 16);
    configuration.setInt("yarn.scheduler.minimum-allocation-mb", 128);
    configuration.setBoolean("yarn.nodemanager.vmem-check-enabled", false);
    configuration.setBoolean("yarn.nodemanager.pmem-check-enabled", false);
    // a developer's disk may be nearly full
    configuration.set(
        "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "99.5");
    configuration.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
    configuration.set("yarn.scheduler.capacity.root.queues", "default");
    configuration.set("yarn.scheduler.capacity.root.default.capacity", "100");
    configuration.setInt("yarn.resourcemanager.nodemanagers.heartbeat-interval-ms", 100);
    // its folder below target has this name, and other processes have theirs beside it
    MiniMRYarnCluster cluster = new MiniMRYarnCluster("yarn-" + ProcessHandle.current().pid(), 1);
    cluster.init(configuration);
    cluster.start();
    return cluster;
  }

  public FileSystem fileSystem() throws IOException {
    return hdfs.getFileSystem();
  }

  /** How many applications YARN has seen. */
  public int applications() {
    return yarn.getResourceManager().getRMContext().getRMApps().size();
  }

  /** A client's configuration. */
  public Configuration configuration() throws IOException {
    Configuration configuration = new Configuration();
    for (String option : options()) {
      int equals = option.indexOf('=');
      configuration.set(option.substring(2, equals), option.substring(equals + 1));
    }
    return configuration;
  }

  /** The same as options {@code -Dkey=value} of a command line. */
  public List<String> options() throws IOException {
    Configuration cluster = yarn.getConfig();
    List<String> options = new ArrayList<>();
    for (String key :
        List.of(
            "yarn.resourcemanager.address",
            "yarn.resourcemanager.scheduler.address",
            "mapreduce.jobhistory.address",
            "mapreduce.jobhistory.webapp.address",
            "mapreduce.jobhistory.intermediate-done-dir",
            "mapreduce.jobhistory.done-dir",
            "yarn.app.mapreduce.am.staging-dir")) {
      options.add("-D" + key + "=" + cluster.get(key));
    }
    options.add("-Dfs.defaultFS=" + hdfs.getURI());
    options.add("-Ddfs.blocksize=" + BLOCK_BYTES);
    options.add("-D" + PAUSE_OF_WRITERS + "=" + SHORT_PAUSE_MILLIS);
    options.add("-Dmapreduce.framework.name=yarn");
    options.add("-Dmapreduce.job.jar=" + ofBuild("millrace.jar"));
    options.add("-Dyarn.application.classpath=" + containerClassPath());
    options.add("-Dmapreduce.application.classpath=$HADOOP_CONF_DIR");
    options.add("-Dmapreduce.map.memory.mb=384");
    options.add("-Dmapreduce.reduce.memory.mb=384");
    options.add("-Dyarn.app.mapreduce.am.resource.mb=512");
    options.add("-Dyarn.app.mapreduce.am.command-opts=" + TASK_JVM);
    options.add("-Dmapred.child.java.opts=" + TASK_JVM);
    options.add("-Dyarn.app.mapreduce.am.scheduler.heartbeat.interval-ms=100");
    options.add("-Dmapreduce.task.io.sort.mb=16");
    return options;
  }

  private static String containerClassPath() throws IOException {
    List<String> entries = new ArrayList<>();
    try (Stream<Path> older = Files.list(ofBuild("millrace.hadoop.avro"))) {
      older.map(Path::toString).forEach(entries::add);
    }
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      String name = Path.of(entry).getFileName().toString();
      if (name.endsWith(".jar") && NOT_HADOOPS.stream().noneMatch(name::startsWith)) {
        entries.add(entry);
      }
    }
    return String.join(",", entries);
  }

  /** A file or folder that the build made and names in a system property. */
  public static Path ofBuild(String property) {
    String value = System.getProperty(property);
    if (value == null || !Files.exists(Path.of(value))) {
      throw new IllegalStateException(
          "Cannot find %s: %s. Run integration tests with `mvn verify -Dit.test=…`."
              .formatted(property, value));
    }
    return Path.of(value);
  }

  /** The one cluster of all tests of this process. */
  public static MiniHadoop shared(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(MiniHadoop.class))
        .getOrComputeIfAbsent(MiniHadoop.class, type -> start(), MiniHadoop.class);
  }

  private static MiniHadoop start() {
    try {
      return new MiniHadoop();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("Cannot start HDFS and YARN in this process", e);
    }
  }

  @Override
  public void close() throws IOException {
    yarn.stop();
    hdfs.shutdown();
    System.clearProperty("hadoop.log.dir");
    System.clearProperty("test.build.data");
    delete(yarn.getTestWorkDir().toPath());
    delete(folder);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }

  /** Gives tests the one cluster as a parameter. */
  public static final class Extension implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == MiniHadoop.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return shared(context);
    }
  }
}
