package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.plan.StageKind;
import io.millrace.run.OneContainer.Fit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OneContainerTest {
  private static final long MIB = 1 << 20;
  private static final LargestContainer ROOMY = new LargestContainer(8192, 8);

  private final Configuration cluster = LocalRuntime.defaults();

  @BeforeEach
  void submitToACluster() {
    cluster.set("mapreduce.framework.name", "yarn");
  }

  @Test
  void shouldTakeMiddlingInput() {
    assertEquals(Fit.WORTH_ONE, OneContainer.fit(cluster, StageKind.CLEAN, 17 * MIB));
    assertEquals(Fit.WORTH_ONE, OneContainer.fit(cluster, StageKind.CLEAN, 512 * MIB));
  }

  @Test
  void shouldTakeLittleInputOnlyWhereAContainerStands() {
    assertEquals(Fit.WHERE_ONE_STANDS, OneContainer.fit(cluster, StageKind.CLEAN, 16 * MIB));
    assertEquals(Fit.WHERE_ONE_STANDS, OneContainer.fit(cluster, StageKind.CLEAN, 0));
  }

  @Test
  void shouldLeaveMuchInputAlone() {
    assertEquals(Fit.NONE, OneContainer.fit(cluster, StageKind.CLEAN, 513 * MIB));
  }

  @Test
  void shouldDoAsItIsTold() {
    cluster.set("millrace.one-container-bytes", "20m");
    assertEquals(Fit.WORTH_ONE, OneContainer.fit(cluster, StageKind.SCORE, 20 * MIB));
    assertEquals(Fit.NONE, OneContainer.fit(cluster, StageKind.SCORE, 21 * MIB));
    cluster.set("millrace.one-container-bytes", "0");
    assertEquals(Fit.NONE, OneContainer.fit(cluster, StageKind.SCORE, 20 * MIB));
    assertEquals(Fit.NONE, OneContainer.fit(cluster, StageKind.SCORE, 0));
  }

  @Test
  void shouldStartNoneWhereThePersonSpeaksOfTheMaster() {
    cluster.setBoolean("mapreduce.job.ubertask.enable", false);
    assertEquals(Fit.NONE, OneContainer.fit(cluster, StageKind.CLEAN, 100 * MIB));
  }

  @Test
  void shouldKeepNothingThatIsToBeEncryptedOnTheWay() {
    cluster.setBoolean("mapreduce.job.encrypted-intermediate-data", true);
    assertEquals(Fit.NONE, OneContainer.fit(cluster, StageKind.CLEAN, 100 * MIB));
  }

  @Test
  void shouldLeaveJobsOfThisProcessAlone() {
    cluster.set("mapreduce.framework.name", "local");
    assertEquals(Fit.NONE, OneContainer.fit(cluster, StageKind.CLEAN, 100 * MIB));
  }

  @ParameterizedTest
  @EnumSource(names = {"TRAINING", "TRAIN"})
  void shouldLeaveFitsAlone(StageKind stage) {
    assertEquals(Fit.NONE, OneContainer.fit(cluster, stage, 100 * MIB));
  }

  @Test
  void shouldWantAContainerThatTheClusterHas() {
    assertEquals(
        OptionalLong.empty(), OneContainer.memoryMib(512 * MIB, new LargestContainer(2047, 8)));
    assertEquals(
        OptionalLong.empty(), OneContainer.memoryMib(512 * MIB, new LargestContainer(8192, 1)));
    assertEquals(
        OptionalLong.of(2048), OneContainer.memoryMib(512 * MIB, new LargestContainer(2048, 2)));
  }

  @ParameterizedTest
  @CsvSource({"20, 2048", "400, 2624", "512, 3072", "1000, 3072"})
  void shouldWantNoLargerContainerThanTheInputNeeds(long inputMib, long containerMib) {
    assertEquals(OptionalLong.of(containerMib), OneContainer.memoryMib(inputMib * MIB, ROOMY));
  }

  @Test
  void shouldDivideTheMemoryAmongJobsAtOnce() {
    Configuration alone = OneContainer.jobs(cluster, 3072, 1);
    Configuration beside = OneContainer.jobs(cluster, 3072, 2);
    assertEquals("local", beside.get("mapreduce.framework.name"));
    // of a heap of 2304 MiB, three tenths for two maps, or for two maps of two jobs each
    assertEquals(345, alone.getInt("mapreduce.task.io.sort.mb", 0));
    assertEquals(172, beside.getInt("mapreduce.task.io.sort.mb", 0));
  }

  @Test
  void shouldGiveTheMasterThreeQuartersAsHeapAndBothCompilers() {
    cluster.set("yarn.app.mapreduce.am.admin-command-opts", "-XX:+UseSerialGC");
    cluster.set("yarn.app.mapreduce.am.command-opts", "-Xmx384m -Da=b");
    Configuration outer = OneContainer.master(cluster, 3072);
    String options = outer.get("yarn.app.mapreduce.am.command-opts");
    assertTrue(options.startsWith("-Xmx384m -Da=b -XX:TieredStopAtLevel=4 "), options);
    assertTrue(
        options.endsWith(
            " -XX:-UseSerialGC -XX:+UseParallelGC -XX:ActiveProcessorCount=2 -Xmx2304m"),
        options);
    assertEquals("yarn", outer.get("mapreduce.framework.name"));
    assertTrue(outer.getBoolean("mapreduce.job.ubertask.enable", false));
  }

  @Test
  void shouldLeaveACollectorThatWasChosen() {
    cluster.set("yarn.app.mapreduce.am.command-opts", "-XX:+UseG1GC");
    String options = OneContainer.master(cluster, 3072).get("yarn.app.mapreduce.am.command-opts");
    assertFalse(options.contains("Parallel"), options);
  }

  @Test
  void shouldHaveTheCompilersSettingsOfOneProcess() throws IOException {
    String script = Files.readString(Path.of("..", "scripts", "millrace"));
    int start = script.indexOf("compiler=(") + "compiler=(".length();
    List<String> settings =
        List.of(script.substring(start, script.indexOf(')', start)).split("\\s+", -1));
    String options = OneContainer.master(cluster, 3072).get("yarn.app.mapreduce.am.command-opts");
    assertTrue(options.contains(" " + String.join(" ", settings) + " "), options);
  }
}
