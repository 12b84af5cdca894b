package io.millrace.oozie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Properties;
import org.apache.hadoop.fs.Path;
import org.apache.oozie.client.OozieClient;
import org.apache.oozie.client.WorkflowJob;
import org.junit.jupiter.api.Test;

/** The Oozie that all other tests stand on. */
@OnOozie
class MiniOozieIT {
  private static final String WORKFLOW =
      """
      <workflow-app name="fixture" xmlns="uri:oozie:workflow:1.0">
        <start to="make"/>
        <action name="make">
          <fs><mkdir path="${nameNode}${made}"/></fs>
          <ok to="end"/>
          <error to="failed"/>
        </action>
        <kill name="failed"><message>${wf:errorMessage(wf:lastErrorNode())}</message></kill>
        <end name="end"/>
      </workflow-app>
      """;

  private final MiniOozie oozie;

  MiniOozieIT(MiniOozie oozie) {
    this.oozie = oozie;
  }

  @Test
  void shouldRunAWorkflow() throws Exception {
    WorkflowJob workflow = run("/fixture/first");
    assertEquals(WorkflowJob.Status.SUCCEEDED, workflow.getStatus());
    assertTrue(oozie.fileSystem().exists(new Path("/fixture/first")));
  }

  @Test
  void shouldKnowWhatItRanAfterARestart() throws Exception {
    String before = run("/fixture/second").getId();
    oozie.stop();
    oozie.start();
    assertEquals(WorkflowJob.Status.SUCCEEDED, oozie.workflows().getJobInfo(before).getStatus());
    assertEquals(WorkflowJob.Status.SUCCEEDED, run("/fixture/third").getStatus());
  }

  private WorkflowJob run(String made) throws Exception {
    oozie.write("/fixture/workflow.xml", WORKFLOW);
    Properties properties = oozie.properties();
    properties.put(
        OozieClient.APP_PATH, properties.getProperty("nameNode") + "/fixture/workflow.xml");
    properties.put("made", made);
    String id = oozie.workflows().run(properties);
    MiniOozie.await(
        "the workflow ends",
        () -> oozie.workflows().getJobInfo(id).getStatus() != WorkflowJob.Status.RUNNING,
        () -> oozie.workflows().getJobInfo(id));
    return oozie.workflows().getJobInfo(id);
  }
}
