package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.MiniHadoop;
import io.millrace.OnMiniHadoop;
import io.millrace.plan.StageId;
import io.millrace.warehouse.Unit;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationSubmissionContext;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.junit.jupiter.api.Test;

/** Applications on YARN whose client has died. */
@OnMiniHadoop
class OrphanedJobsIT {
  private static final String RUN = "20261122T020000123Z-7f3a09bc";
  private static final Unit UNIT = new Unit(StageId.partials("card"), LocalDate.of(2026, 11, 21));
  private static final Unit OTHER = new Unit(StageId.partials("card"), LocalDate.of(2026, 11, 22));

  private final Configuration configuration;

  OrphanedJobsIT(MiniHadoop hadoop) throws IOException {
    configuration = hadoop.configuration();
  }

  @Test
  void shouldEndTheJobsOfOneUnitAndNoOther() throws IOException, YarnException {
    try (YarnClient client = YarnClient.createYarnClient()) {
      client.init(configuration);
      client.start();
      ApplicationId orphan = sleep(client, JobTags.of(RUN, UNIT));
      ApplicationId other = sleep(client, JobTags.of(RUN, OTHER));
      new OrphanedJobs(configuration).end(RUN, UNIT);
      assertEquals(YarnApplicationState.KILLED, state(client, orphan));
      assertEquals(YarnApplicationState.ACCEPTED, state(client, other));
      client.killApplication(other);
    }
  }

  @Test
  void shouldEndTheContainersOfTheRunWhichMayWorkOnTheUnit() throws IOException, YarnException {
    try (YarnClient client = YarnClient.createYarnClient()) {
      client.init(configuration);
      client.start();
      ApplicationId orphan = sleep(client, JobTags.ofContainers(RUN));
      ApplicationId other = sleep(client, JobTags.ofContainers(RUN + "0"));
      new OrphanedJobs(configuration).end(RUN, UNIT);
      assertEquals(YarnApplicationState.KILLED, state(client, orphan));
      assertEquals(YarnApplicationState.ACCEPTED, state(client, other));
      client.killApplication(other);
    }
  }

  /** An application that would sleep for an hour. */
  private static ApplicationId sleep(YarnClient client, String tag)
      throws IOException, YarnException {
    ApplicationSubmissionContext application =
        client.createApplication().getApplicationSubmissionContext();
    application.setApplicationName("sleeper");
    application.setApplicationTags(Set.of(JobTags.of(RUN), tag));
    application.setResource(Resource.newInstance(128, 1));
    application.setAMContainerSpec(
        ContainerLaunchContext.newInstance(
            Map.of(), Map.of(), List.of("sleep 3600"), Map.of(), null, Map.of()));
    client.submitApplication(application);
    return application.getApplicationId();
  }

  private static YarnApplicationState state(YarnClient client, ApplicationId application)
      throws IOException, YarnException {
    return client.getApplicationReport(application).getYarnApplicationState();
  }
}
