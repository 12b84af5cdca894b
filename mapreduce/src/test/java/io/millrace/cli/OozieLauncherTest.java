package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.run.LocalRuntime;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapred.JobConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OozieLauncherTest {
  @TempDir Path folder;

  /** As Oozie writes it: all of Hadoop's defaults, and what it has set beside them. */
  private Configuration handedOn(Configuration action, Optional<String> tokenFile)
      throws IOException {
    Path file = folder.resolve("action.xml");
    try (OutputStream out = Files.newOutputStream(file)) {
      action.writeXml(out);
    }
    Configuration configuration = LocalRuntime.defaults();
    new OozieLauncher(file, tokenFile).handOn(configuration);
    return configuration;
  }

  private static Configuration action(String... namesAndValues) {
    Configuration action = new Configuration(new JobConf());
    for (int i = 0; i < namesAndValues.length; i += 2) {
      action.set(namesAndValues[i], namesAndValues[i + 1]);
    }
    return action;
  }

  @Test
  void shouldHandOnWhatTheActionSets() throws IOException {
    Configuration configuration =
        handedOn(
            action(
                "mapreduce.job.queuename", "nightly",
                "mapreduce.job.complete.cancel.delegation.tokens", "false",
                "fs.defaultFS", "hdfs://here:8020",
                "dfs.data", "${fs.defaultFS}/data"),
            Optional.empty());
    assertEquals("nightly", configuration.get("mapreduce.job.queuename"));
    assertEquals("false", configuration.get("mapreduce.job.complete.cancel.delegation.tokens"));
    assertEquals("hdfs://here:8020/data", configuration.get("dfs.data"));
  }

  @Test
  void shouldLeaveHadoopsDefaultsToHadoop() throws IOException {
    Configuration configuration = handedOn(action(), Optional.empty());
    String[] sources = configuration.getPropertySources("mapreduce.job.ubertask.enable");
    assertEquals("mapred-default.xml", sources[sources.length - 1]);
    // what tells a file of settings from a person's own word
    Configuration queue = handedOn(action("mapreduce.job.queuename", "q"), Optional.empty());
    String[] of = queue.getPropertySources("mapreduce.job.queuename");
    assertTrue(of[of.length - 1].endsWith("action.xml"), of[of.length - 1]);
  }

  @Test
  void shouldNotHandOnTheLaunchersOwnJarsAndName() throws IOException {
    Configuration configuration =
        handedOn(
            action(
                "mapreduce.job.cache.files", "hdfs://here/lib/millrace.jar#millrace.jar",
                "mapreduce.job.classpath.files", "/lib/millrace.jar",
                "mapreduce.job.name", "oozie:action:T=java"),
            Optional.empty());
    assertNull(configuration.get("mapreduce.job.cache.files"));
    assertNull(configuration.get("mapreduce.job.classpath.files"));
    assertEquals("", configuration.get("mapreduce.job.name", ""));
  }

  @Test
  void shouldTagJobsSoThatOozieFindsThem() throws IOException {
    Configuration configuration =
        handedOn(
            action("mapreduce.job.tags", "mine", "oozie.child.mapreduce.job.tags", "oozie-12ab"),
            Optional.empty());
    assertEquals("mine,oozie-12ab", configuration.get("mapreduce.job.tags"));
    // Oozie's own way puts the tag there, too
    Configuration twice =
        handedOn(
            action(
                "mapreduce.job.tags", "oozie-12ab", "oozie.child.mapreduce.job.tags", "oozie-12ab"),
            Optional.empty());
    assertEquals("oozie-12ab", twice.get("mapreduce.job.tags"));
    assertEquals("", handedOn(action(), Optional.empty()).get("mapreduce.job.tags", ""));
  }

  @Test
  void shouldHandOnCredentials() throws IOException {
    Configuration with = handedOn(action(), Optional.of("/container/container_tokens"));
    assertEquals("/container/container_tokens", with.get("mapreduce.job.credentials.binary"));
    Configuration without = handedOn(action(), Optional.empty());
    assertNull(without.get("mapreduce.job.credentials.binary"));
  }
}
