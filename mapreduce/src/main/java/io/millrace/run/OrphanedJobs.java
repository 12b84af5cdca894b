package io.millrace.run;

import io.millrace.warehouse.OrphanedWork;
import io.millrace.warehouse.Unit;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.MRConfig;
import org.apache.hadoop.yarn.api.protocolrecords.GetApplicationsRequest;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the jobs that a dead run has left on YARN; jobs of the local runner die with it. */
final class OrphanedJobs implements OrphanedWork {
  private static final Logger LOG = LoggerFactory.getLogger(OrphanedJobs.class);

  private final Configuration configuration;

  OrphanedJobs(Configuration configuration) {
    this.configuration = configuration;
  }

  @Override
  public void end(String run, Unit unit) throws IOException {
    String framework = configuration.get(MRConfig.FRAMEWORK_NAME, MRConfig.LOCAL_FRAMEWORK_NAME);
    if (!framework.equals(MRConfig.YARN_FRAMEWORK_NAME)) {
      return;
    }
    try (YarnClient client = YarnClient.createYarnClient()) {
      client.init(configuration);
      client.start();
      for (ApplicationReport application : client.getApplications(running(run, unit))) {
        LOG.info("Ending {} of run {}, which has died", application.getApplicationId(), run);
        client.killApplication(application.getApplicationId());
      }
    } catch (YarnException e) {
      throw new IOException(
          "Cannot end the jobs that run %s has left of %s: %s".formatted(run, unit, e.getMessage()),
          e);
    }
  }

  /** Those of the unit, and containers that the run has kept, which may work on it. */
  private static GetApplicationsRequest running(String run, Unit unit) {
    GetApplicationsRequest request = GetApplicationsRequest.newInstance();
    request.setApplicationTags(Set.of(JobTags.of(run, unit), JobTags.ofContainers(run)));
    request.setApplicationStates(
        EnumSet.of(
            YarnApplicationState.NEW,
            YarnApplicationState.NEW_SAVING,
            YarnApplicationState.SUBMITTED,
            YarnApplicationState.ACCEPTED,
            YarnApplicationState.RUNNING));
    return request;
  }
}
