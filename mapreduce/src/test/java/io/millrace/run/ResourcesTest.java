package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.plan.JobResources;
import io.millrace.plan.PlanRequest;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.ResourceSizing;
import io.millrace.plan.StageId;
import io.millrace.plan.Wishes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapreduce.TaskType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourcesTest {
  private static final LocalDate DATE = LocalDate.of(2026, 11, 20);
  private static final String[] YARN = {
    "mapreduce.framework.name=yarn", "yarn.app.mapreduce.am.staging-dir=/tmp"
  };

  @TempDir private Path folder;

  private Workspace workspace(String resources, Configuration configuration) throws IOException {
    Files.writeString(
        folder.resolve("order.avsc"),
        """
        {"type": "record", "name": "Order", "fields": [
          {"name": "id", "type": "string"},
          {"name": "ts", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
        """);
    Files.writeString(folder.resolve(DATE + ".csv"), "id,ts\no-1,2026-11-20T08:15:00Z\n");
    Path spec = folder.resolve("pipeline.yaml");
    Files.writeString(
        spec,
        """
        pipeline: orders
        warehouse: %1$s/warehouse
        source: {path: "%1$s/${date}.csv", schema: order.avsc, from: 2026-11-20, event_time: ts}
        resources: %2$s
        """
            .formatted(folder.toUri(), resources));
    return Workspace.open(spec.toString(), Map.of(), configuration);
  }

  private static PlannedStage clean(Workspace workspace) throws IOException {
    return workspace.plan(PlanRequest.of(DATE)).stages().get(0);
  }

  /** The configuration of the job that cleans, as it would be submitted. */
  private static JobConf submitted(Workspace workspace) throws IOException {
    Resources resources = new Resources(workspace);
    List<JobResources> jobs = resources.of(clean(workspace));
    JobConf job = new JobConf(new Configuration(workspace.configuration()));
    ResourceSizing sizing = new ResourceSizing(new Wishes(Map.of()), OptionalLong.empty());
    new StageResources(resources, new SaidProperties(workspace.configuration()), sizing, jobs)
        .applyNext(job);
    return job;
  }

  @Test
  void shouldFollowFromTheInputWhereNobodySaysAnything() throws IOException {
    JobConf job = submitted(workspace("{}", SaidPropertiesTest.site(YARN)));

    assertEquals(1024, job.getMemoryRequired(TaskType.MAP));
    assertEquals(1024, job.getMemoryRequired(TaskType.REDUCE));
    assertEquals("-XX:+UseSerialGC -Xmx768m", job.get("mapreduce.map.java.opts"));
    assertEquals("-XX:+UseSerialGC -Xmx768m", job.get("mapreduce.reduce.java.opts"));
    assertEquals(16, job.getInt("mapreduce.task.io.sort.mb", 0));
    // 409 of 768 MiB, of which one map output may be a quarter more
    assertEquals(409 / 768.0, job.getDouble("mapreduce.reduce.shuffle.input.buffer.percent", 0));
    assertEquals(1, job.getDouble("mapreduce.reduce.input.buffer.percent", 0));
    assertTrue(job.getCompressMapOutput());
    assertEquals("default", job.getQueueName());
    assertEquals(128 << 20, job.getLong("millrace.input.split-bytes", 0));
  }

  @Test
  void shouldAskForWhatTheSpecSays() throws IOException {
    Workspace workspace =
        workspace(
            "{queue: nightly, priority: low, clean: {map_memory: 2GiB, vcores: 2, split: 1MiB, running_maps: 7}}",
            SaidPropertiesTest.site(YARN));
    JobConf job = submitted(workspace);

    assertEquals("nightly", job.getQueueName());
    assertEquals("LOW", job.get("mapreduce.job.priority"));
    assertEquals(2048, job.getMemoryRequired(TaskType.MAP));
    assertEquals(1024, job.getMemoryRequired(TaskType.REDUCE));
    // a fifth of the container is left beside the heap; with two cores the JVM chooses its
    // collector
    assertEquals("-Xmx1638m", job.get("mapreduce.map.java.opts"));
    assertEquals(2, job.getInt("mapreduce.map.cpu.vcores", 0));
    assertEquals(2, job.getInt("mapreduce.reduce.cpu.vcores", 0));
    assertEquals(1 << 20, job.getLong("millrace.input.split-bytes", 0));
    assertEquals(7, job.getInt("mapreduce.job.running.map.limit", 0));
  }

  @Test
  void shouldHearTheCommandLineFirstAndTheSiteLast() throws IOException {
    Configuration configuration =
        SaidPropertiesTest.site(
            "mapreduce.framework.name=yarn",
            "mapreduce.job.queuename=batch",
            "mapreduce.map.memory.mb=4096",
            "mapreduce.reduce.memory.mb=4096",
            "mapreduce.map.java.opts=-Xmx3276m -Da=b",
            "mapreduce.reduce.java.opts=-Xmx3276m -XX:+UseParallelGC",
            "mapreduce.map.output.compress=true",
            "mapreduce.map.output.compress.codec=org.apache.hadoop.io.compress.GzipCodec",
            "mapreduce.task.io.sort.mb=2047");
    configuration.set("mapreduce.reduce.memory.mb", "1536");
    configuration.set("mapreduce.reduce.shuffle.input.buffer.percent", "0.5");
    JobConf job =
        submitted(workspace("{clean: {reduce_memory: 8GiB, map_memory: 1GiB}}", configuration));

    assertEquals("batch", job.getQueueName());
    assertEquals(1024, job.getMemoryRequired(TaskType.MAP));
    assertEquals("-Da=b -XX:+UseSerialGC -Xmx768m", job.get("mapreduce.map.java.opts"));
    assertEquals(1536, job.getMemoryRequired(TaskType.REDUCE));
    assertEquals("-XX:+UseParallelGC -Xmx1228m", job.get("mapreduce.reduce.java.opts"));
    assertEquals(16, job.getInt("mapreduce.task.io.sort.mb", 0));
    assertEquals("0.5", job.get("mapreduce.reduce.shuffle.input.buffer.percent"));
    assertEquals(
        "org.apache.hadoop.io.compress.GzipCodec", job.get("mapreduce.map.output.compress.codec"));
    JobConf ofSite = submitted(workspace("{}", configuration));
    assertEquals(4096, ofSite.getMemoryRequired(TaskType.MAP));
    assertEquals("-Da=b -XX:+UseSerialGC -Xmx3276m", ofSite.get("mapreduce.map.java.opts"));
  }

  @Test
  void shouldLeaveTheHeapOfTheCommandLine() throws IOException {
    Configuration configuration = SaidPropertiesTest.site(YARN);
    configuration.set("mapred.child.java.opts", "-Xmx200m -Da=b");
    configuration.set("mapreduce.map.memory.mb", "384");
    configuration.set("mapreduce.task.io.sort.mb", "20");
    JobConf job = submitted(workspace("{}", configuration));

    assertEquals(384, job.getMemoryRequired(TaskType.MAP));
    assertEquals("-Da=b -XX:+UseSerialGC -Xmx200m", job.get("mapreduce.map.java.opts"));
    assertEquals(20, job.getInt("mapreduce.task.io.sort.mb", 0));
  }

  @Test
  void shouldLimitTheTasksOfThisProcess() throws IOException {
    Configuration configuration = LocalRuntime.ofThisMachine(folder.resolve("tmp"));
    configuration.setInt("mapreduce.local.map.tasks.maximum", 4);
    configuration.setInt("mapreduce.local.reduce.tasks.maximum", 4);
    Workspace workspace =
        workspace("{clean: {running_maps: 1, running_reduces: 9}}", configuration);
    JobConf job = submitted(workspace);

    assertEquals(1, job.getInt("mapreduce.local.map.tasks.maximum", 0));
    assertEquals(4, job.getInt("mapreduce.local.reduce.tasks.maximum", 0));
    assertEquals(-1, job.getInt("mapreduce.map.memory.mb", -1));
  }

  @Test
  void shouldShareTheHeapAmongTheReducesOfThisProcess() throws IOException {
    Configuration configuration = LocalRuntime.ofThisMachine(folder.resolve("tmp"));
    configuration.setInt("mapreduce.local.reduce.tasks.maximum", 4);
    configuration.setDouble("mapreduce.reduce.shuffle.input.buffer.percent", 0.1);
    Workspace workspace = workspace("{}", configuration);

    // four reduces of 0.1 each, or as many of as many jobs as there is room for
    assertEquals(0.4, arriving(workspace, 1), 1e-9);
    assertEquals(0.4, arriving(workspace, 2), 1e-9);
    assertEquals(0.4, arriving(workspace, 8), 1e-9);
  }

  /** Of the heap what may arrive at all reduces of all jobs. */
  private static double arriving(Workspace workspace, int jobs) throws IOException {
    JobConf job = submitted(LocalRuntime.sharing(workspace, jobs));
    assertEquals(1, job.getDouble("mapreduce.reduce.input.buffer.percent", 0));
    return job.getDouble("mapreduce.reduce.shuffle.input.buffer.percent", 0)
        * jobs
        * job.getInt("mapreduce.local.reduce.tasks.maximum", 0);
  }

  @Test
  void shouldCompressInThisProcessWhatTheMachineHasNoRoomFor() throws IOException {
    Configuration configuration = LocalRuntime.ofThisMachine(folder.resolve("tmp"));
    assertFalse(submitted(workspace("{}", configuration)).getCompressMapOutput());
    assertTrue(LocalRuntime.hasRoomFor(1 << 20));
    assertFalse(LocalRuntime.hasRoomFor(1L << 60));
    configuration.setBoolean("mapreduce.map.output.compress", true);
    assertTrue(submitted(workspace("{}", configuration)).getCompressMapOutput());
  }

  @Test
  void shouldSayWhatTheClusterCannotGive() throws IOException {
    Workspace bySpec = workspace("{clean: {reduce_memory: 9GiB}}", SaidPropertiesTest.site(YARN));
    assertEquals(
        "Cannot start clean: each reduce asks for a container of 9216 MiB (pipeline.yaml), but the largest that the cluster gives has 8192 MiB (yarn.scheduler.maximum-allocation-mb, or its largest node). Write at most 8192MiB into resources.clean.reduce_memory, or leave it out.",
        refused(new LargestContainer(8192, 4), bySpec));

    Configuration many = SaidPropertiesTest.site(YARN);
    many.set("mapreduce.map.cpu.vcores", "8");
    assertEquals(
        "Cannot start clean: each map asks for a container of 8 virtual cores (-D), but the largest that the cluster gives has 4 (yarn.scheduler.maximum-allocation-vcores, or its largest node). Ask for at most 4.",
        refused(new LargestContainer(8192, 4), workspace("{}", many)));

    Configuration large = SaidPropertiesTest.site(YARN);
    large.set("mapreduce.map.memory.mb", "9000");
    assertTrue(
        refused(new LargestContainer(8192, 4), workspace("{}", large))
            .endsWith("Pass at most -D mapreduce.map.memory.mb=8192, or leave it out."));
  }

  private static String refused(LargestContainer largest, Workspace workspace) throws IOException {
    JobResources job = new Resources(workspace).of(clean(workspace)).get(0);
    return assertThrows(StageFailedException.class, () -> largest.check(StageId.clean(), job))
        .getMessage();
  }
}
