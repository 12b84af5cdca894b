package io.millrace.cli;

import io.millrace.run.Workspace;
import io.millrace.schedule.ScheduledPipeline;
import io.millrace.schedule.oozie.ApplicationPlace;
import io.millrace.schedule.oozie.ApplicationSchemas;
import io.millrace.schedule.oozie.OozieApplication;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/**
 * A pipeline's application for Oozie in memory: all of its folder but the job jar.
 *
 * @param files contents by their names, such as {@code pipeline/pipeline.yaml}
 */
record OozieRendering(ScheduledPipeline pipeline, SortedMap<String, byte[]> files) {
  private static final String SOME_NAME_NODE = "hdfs://namenode:8020";
  private static final String SOME_RESOURCE_MANAGER = "resourcemanager:8032";

  OozieRendering {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /**
   * Writes the application of a pipeline, and checks it against Oozie's schemas.
   *
   * @throws UsageException where Oozie could not run it
   */
  static OozieRendering of(Workspace workspace, ScheduledPipeline pipeline, ApplicationPlace place)
      throws IOException {
    SortedMap<String, String> texts;
    try {
      texts = OozieApplication.render(pipeline, place);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
    List<String> problems = ApplicationSchemas.problems(texts);
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          "Cannot write an application that Oozie takes: " + String.join("; ", problems));
    }
    SortedMap<String, byte[]> files = new TreeMap<>();
    texts.forEach((name, text) -> files.put(name, text.getBytes(StandardCharsets.UTF_8)));
    String folder = OozieApplication.SPEC_FOLDER;
    files.put(folder + pipeline.files().spec(), workspace.location().readSpec());
    for (Map.Entry<String, String> file : pipeline.files().beside().entrySet()) {
      files.put(folder + file.getKey(), workspace.location().read(file.getValue()));
    }
    return new OozieRendering(pipeline, files);
  }

  /**
   * Where an application works that is told nothing else: on the cluster of a configuration, or one
   * whose hosts are called by what they do.
   */
  static ApplicationPlace place(Configuration configuration, String folder, LocalDate first) {
    String fileSystem = configuration.get(FileSystem.FS_DEFAULT_NAME_KEY, "file:///");
    String manager = configuration.get(YarnConfiguration.RM_ADDRESS, "");
    return new ApplicationPlace(
        fileSystem.startsWith("file:") ? SOME_NAME_NODE : fileSystem.replaceAll("/+$", ""),
        manager.isBlank() || manager.startsWith("0.0.0.0") ? SOME_RESOURCE_MANAGER : manager,
        folder,
        first);
  }
}
