package io.millrace.oozie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.MiniHadoop;
import io.millrace.cli.CommandResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.oozie.client.OozieClient;
import org.apache.oozie.client.WorkflowAction;
import org.apache.oozie.client.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder that is shipped, as the build makes it, on a cluster. */
@OnOozie
class WorkflowIT {
  private static final String HOME = "/shipped";
  private static final String FIRST = "2026-01-01";
  private static final String SECOND = "2026-01-02";

  private final MiniOozie oozie;
  @TempDir private Path here;

  WorkflowIT(MiniOozie oozie) {
    this.oozie = oozie;
  }

  @Test
  void shouldMakeOfANightWhatOneMachineMakesOfIt() throws Exception {
    Path shipped = MiniHadoop.ofBuild("millrace.card-fraud");
    millrace(
        "generate",
        "card-fraud",
        "--landing",
        here.resolve("landing").toString(),
        "--from",
        FIRST,
        "--days",
        "2",
        "--transactions",
        "2000",
        "--cards",
        "200",
        "--terminals",
        "50");
    runHere(shipped, FIRST);
    Application application = Application.brought(oozie, shipped, HOME);
    for (String name : List.of("landing", "warehouse")) {
      oozie
          .fileSystem()
          .copyFromLocalFile(
              new org.apache.hadoop.fs.Path(here.resolve(name).toString()), application.path(name));
    }

    WorkflowJob night = night(application);
    assertEquals(WorkflowJob.Status.SUCCEEDED, night.getStatus(), () -> steps(night).toString());
    for (WorkflowAction step : night.getActions()) {
      if (step.getType().equals("java")) {
        // nothing has been trained yet, and what leads to scores needs to know what they are of
        String state = step.getName().equals("join") ? "state=no_model" : "state=done";
        assertTrue(step.getData().contains(state), step.getName() + ": " + step.getData());
      }
    }

    runHere(shipped, SECOND);
    SortedMap<String, String> expected =
        DataFiles.of(
            FileSystem.getLocal(new Configuration()),
            new org.apache.hadoop.fs.Path(here.resolve("warehouse").toString()));
    assertFalse(expected.isEmpty());
    assertEquals(expected, DataFiles.of(oozie.fileSystem(), application.path("warehouse")));
  }

  private WorkflowJob night(Application application) throws Exception {
    Properties place = oozie.properties();
    String nameNode = place.getProperty("nameNode");
    Properties job =
        application.with(
            "nameNode",
            nameNode,
            "resourceManager",
            place.getProperty("resourceManager"),
            "app",
            nameNode + HOME + "/app",
            "landing",
            nameNode + HOME + "/landing",
            "warehouse",
            nameNode + HOME + "/warehouse",
            "date",
            SECOND);
    // one workflow of the bundle
    job.remove(OozieClient.BUNDLE_APP_PATH);
    job.put(OozieClient.APP_PATH, nameNode + HOME + "/app/workflow.xml");
    String id = oozie.workflows().run(job);
    MiniOozie.await(
        "the night is over",
        () -> oozie.workflows().getJobInfo(id).getStatus() != WorkflowJob.Status.RUNNING,
        () -> steps(oozie.workflows().getJobInfo(id)));
    return oozie.workflows().getJobInfo(id);
  }

  private static List<String> steps(WorkflowJob job) {
    return job.getActions().stream()
        .map(
            step ->
                "\n%s %s %s %s"
                    .formatted(
                        step.getName(), step.getStatus(), step.getErrorMessage(), step.getData()))
        .toList();
  }

  /** Makes a date on this machine, as far as it goes without a model. */
  private void runHere(Path shipped, String date) {
    CommandResult result =
        CommandResult.of(
            List.of(
                "run",
                shipped.resolve("pipeline/trained.yaml").toString(),
                "--set",
                "landing=" + here.resolve("landing"),
                "--set",
                "warehouse=" + here.resolve("warehouse"),
                "--date",
                date));
    // 4: all but the scores
    assertTrue(
        Stream.of(0, 4).anyMatch(code -> code == result.exitCode()), result.out() + result.err());
  }

  private static void millrace(String... arguments) {
    CommandResult result = CommandResult.of(Arrays.asList(arguments));
    assertEquals(0, result.exitCode(), result.out() + result.err());
  }
}
