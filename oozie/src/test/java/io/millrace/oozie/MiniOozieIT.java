package io.millrace.oozie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
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

  @Test
  void shouldSendMail() throws Exception {
    WorkflowJob workflow =
        run(
            """
            <workflow-app name="mailing" xmlns="uri:oozie:workflow:1.0">
              <start to="mail"/>
              <action name="mail">
                <email xmlns="uri:oozie:email-action:0.2">
                  <to>mini-oozie@example.com</to><subject>a subject</subject><body>a body</body>
                </email>
                <ok to="end"/>
                <error to="failed"/>
              </action>
              <kill name="failed"><message>${wf:errorMessage('mail')}</message></kill>
              <end name="end"/>
            </workflow-app>
            """,
            "");
    assertEquals(WorkflowJob.Status.SUCCEEDED, workflow.getStatus());
    List<String> mails =
        oozie.mails().stream().filter(mail -> mail.contains("mini-oozie@")).toList();
    assertEquals(1, mails.size());
    assertTrue(mails.get(0).contains("Subject: a subject"), mails.get(0));
    assertTrue(mails.get(0).contains("a body"), mails.get(0));
  }

  private WorkflowJob run(String made) throws Exception {
    return run(WORKFLOW, made);
  }

  private WorkflowJob run(String workflow, String made) throws Exception {
    oozie.write("/fixture/workflow.xml", workflow);
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
