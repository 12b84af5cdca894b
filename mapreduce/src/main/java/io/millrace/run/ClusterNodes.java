package io.millrace.run;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.apache.hadoop.yarn.api.records.QueueInfo;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;

/**
 * What a cluster has for the containers of one job, if no other job runs.
 *
 * @param memoryMib of each node
 * @param share of it that the job's queue may take
 */
record ClusterNodes(List<Long> memoryMib, double share) {
  ClusterNodes {
    memoryMib = List.copyOf(memoryMib);
  }

  /** Asks the cluster. */
  static ClusterNodes of(Configuration configuration, Optional<String> queue) throws IOException {
    try (YarnClient client = YarnClient.createYarnClient()) {
      client.init(new YarnConfiguration(configuration));
      client.start();
      List<Long> nodes =
          client.getNodeReports(NodeState.RUNNING).stream()
              .map(node -> node.getCapability().getMemorySize())
              .toList();
      QueueInfo info = client.getQueueInfo(queue.orElse(YarnConfiguration.DEFAULT_QUEUE_NAME));
      return new ClusterNodes(nodes, info == null ? 1 : share(info.getMaximumCapacity()));
    } catch (YarnException e) {
      throw new IOException("Cannot ask the cluster for its nodes: " + e.getMessage(), e);
    }
  }

  /** Schedulers that know no such share say anything. */
  private static double share(float maximumCapacity) {
    return maximumCapacity > 0 && maximumCapacity <= 1 ? maximumCapacity : 1;
  }

  /**
   * How many containers of a size run at once.
   *
   * @param masterMib what the application master has beside them, wherever it takes least from them
   */
  int atOnce(long containerMib, long masterMib) {
    long fitting = 0;
    long leastLost = Long.MAX_VALUE;
    for (long node : memoryMib) {
      long all = node / containerMib;
      fitting += all;
      if (node >= masterMib) {
        leastLost = Math.min(leastLost, all - (node - masterMib) / containerMib);
      }
    }
    return leastLost > fitting
        ? 0
        : (int) Math.min(Integer.MAX_VALUE, (long) ((fitting - leastLost) * share));
  }
}
