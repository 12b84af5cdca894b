package io.millrace.oozie;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.MiniHadoop;
import io.millrace.cli.CommandResult;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The application of a pipeline in HDFS, in {@code app}; beside it {@code landing} and {@code
 * warehouse}.
 *
 * @param home the folder of all three
 * @param properties its job.properties
 */
record Application(MiniOozie oozie, String home, Properties properties) {
  private static final String JOB_PROPERTIES = "job.properties";

  /** Renders an application, as a person does, and brings it there. */
  static Application rendered(MiniOozie oozie, java.nio.file.Path spec, String home, String from)
      throws IOException {
    java.nio.file.Path folder = Files.createTempDirectory("millrace-application-");
    Properties place = oozie.properties();
    String nameNode = place.getProperty("nameNode");
    CommandResult result =
        CommandResult.of(
            List.of(
                "oozie",
                "render",
                spec.toUri().toString(),
                "--set",
                "landing=" + nameNode + home + "/landing",
                "--set",
                "warehouse=" + nameNode + home + "/warehouse",
                "--from",
                from,
                "--to-folder",
                folder.toString(),
                "--app-path",
                home + "/app",
                "-Dfs.defaultFS=" + nameNode,
                "-Dyarn.resourcemanager.address=" + place.getProperty("resourceManager")));
    assertEquals(0, result.exitCode(), result.out() + result.err());
    return brought(oozie, folder, home);
  }

  /** Brings a folder of this machine there, and the job jar where it has none. */
  static Application brought(MiniOozie oozie, java.nio.file.Path folder, String home)
      throws IOException {
    FileSystem fileSystem = oozie.fileSystem();
    Path app = new Path(home, "app");
    fileSystem.mkdirs(app);
    try (Stream<java.nio.file.Path> files = Files.list(folder)) {
      for (java.nio.file.Path file : files.toList()) {
        fileSystem.copyFromLocalFile(
            new Path(file.toUri()), new Path(app, file.getFileName().toString()));
      }
    }
    Path lib = new Path(app, "lib");
    if (!fileSystem.exists(lib)) {
      fileSystem.copyFromLocalFile(
          new Path(MiniHadoop.ofBuild("millrace.jar").toUri()), new Path(lib, "millrace.jar"));
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(folder.resolve(JOB_PROPERTIES))) {
      properties.load(reader);
    }
    properties.put("user.name", System.getProperty("user.name"));
    return new Application(oozie, home, properties);
  }

  /** Lets jobs run in the process of their launcher rather than in containers of their own. */
  Application inLaunchers() throws IOException {
    String workflow = home + "/app/workflow.xml";
    String text = oozie.read(workflow);
    String place = "</name-node>\n";
    if (!text.contains(place)) {
      throw new IllegalStateException("Cannot find </name-node> in the workflow: " + text);
    }
    oozie.write(
        workflow,
        text.replace(
            place,
            place
                + """
                    <configuration>
                      <property><name>mapreduce.framework.name</name><value>local</value></property>
                    </configuration>
                """));
    return this;
  }

  /** Its properties, and more. */
  Properties with(String... more) {
    Properties all = new Properties();
    all.putAll(properties);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }

  /** A path beside the application. */
  Path path(String name) {
    return new Path(home, name);
  }
}
