package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmallJobTest {
  private static final String UBER = "mapreduce.job.ubertask.enable";
  private static final String MASTER_MEMORY = "yarn.app.mapreduce.am.resource.mb";
  private static final String MASTER_OPTIONS = "yarn.app.mapreduce.am.command-opts";
  private static final long MIB = 1 << 20;

  private final Configuration job = LocalRuntime.defaults();

  @BeforeEach
  void submitToACluster() {
    job.set("mapreduce.framework.name", "yarn");
  }

  @Test
  void shouldRunLittleInputInTheMaster() {
    SmallJob.fit(job, MIB);
    assertTrue(job.getBoolean(UBER, false));
    assertEquals(16 * MIB, job.getLong("mapreduce.job.ubertask.maxbytes", 0));
  }

  @Test
  void shouldLeaveMuchInputAlone() {
    SmallJob.fit(job, 17 * MIB);
    assertFalse(job.getBoolean(UBER, false));
    assertEquals("-Xmx1024m", job.get(MASTER_OPTIONS));
  }

  @Test
  void shouldLeaveJobsOfThisProcessAlone() {
    job.set("mapreduce.framework.name", "local");
    SmallJob.fit(job, MIB);
    assertFalse(job.getBoolean(UBER, false));
  }

  @Test
  void shouldDoAsItIsTold() {
    job.setBoolean(UBER, false);
    job.set(MASTER_OPTIONS, "-Xmx700m -XX:+UseG1GC -XX:-TieredCompilation");
    SmallJob.fit(job, MIB);
    assertFalse(job.getBoolean(UBER, true));
    assertEquals("-Xmx700m -XX:+UseG1GC -XX:-TieredCompilation", job.get(MASTER_OPTIONS));
    assertEquals(1536, job.getInt(MASTER_MEMORY, 0));
  }

  @Test
  void shouldGiveTheMasterTheMemoryOfATask() {
    job.setBoolean(UBER, true);
    job.setInt("mapreduce.map.memory.mb", 2048);
    job.setInt("mapreduce.reduce.memory.mb", 3072);
    SmallJob.fit(job, MIB);
    assertEquals(3072, job.getInt(MASTER_MEMORY, 0));
  }

  @Test
  void shouldGiveTheMasterTheHeapOfATask() {
    job.set(MASTER_OPTIONS, "-server -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    job.set("mapreduce.map.java.opts", "-Xmx300000k");
    job.set("mapreduce.reduce.java.opts", "-Xmx1G -Dx=y");
    SmallJob.fit(job, MIB);
    assertEquals(
        "-server -Xmx1024m -XX:+UseSerialGC -XX:TieredStopAtLevel=1", job.get(MASTER_OPTIONS));
  }

  @Test
  void shouldStartTheMasterQuickly() {
    SmallJob.fit(job, MIB);
    assertEquals("-Xmx1024m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC", job.get(MASTER_OPTIONS));
  }

  @Test
  void shouldTakeNoMoreMemoryToSortThanThereIsToSort() {
    job.setInt("mapreduce.task.io.sort.mb", 600);
    SmallJob.fit(job, MIB);
    assertEquals(12, job.getInt("mapreduce.task.io.sort.mb", 0));
    job.setInt("mapreduce.task.io.sort.mb", 5);
    SmallJob.fit(job, MIB);
    assertEquals(5, job.getInt("mapreduce.task.io.sort.mb", 0));
  }
}
