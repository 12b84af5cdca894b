package io.millrace.run;

import io.millrace.allreduce.PortRange;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.HAUtil;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/**
 * Where this process listens for the tasks of its jobs.
 *
 * @param host as tasks reach it
 * @param bind the address of this machine
 */
record DriverAddress(String host, InetAddress bind, PortRange ports) {
  /** What tasks call this machine; found where it is not set. */
  static final String HOST = "millrace.fit.host";

  /** On which address of this machine to listen, where that is not what tasks call it. */
  static final String BIND_HOST = "millrace.fit.bind-host";

  /** A range such as {@code 50100-50150}, where a firewall lets no others pass. */
  static final String PORTS = "millrace.fit.ports";

  static DriverAddress of(Configuration configuration) throws IOException {
    PortRange ports = PortRange.parse(configuration.get(PORTS, "0"));
    String said = configuration.get(HOST, "");
    InetAddress found = said.isEmpty() ? facingTasks(configuration) : InetAddress.getByName(said);
    String bind = configuration.get(BIND_HOST, "");
    return new DriverAddress(
        said.isEmpty() ? found.getHostAddress() : said,
        bind.isEmpty() ? found : InetAddress.getByName(bind),
        ports);
  }

  /** The address from which this machine talks to the cluster; no packet is sent to find it. */
  private static InetAddress facingTasks(Configuration configuration) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    if (LocalRuntime.isLocal(configuration)) {
      return loopback;
    }
    InetSocketAddress manager = resourceManager(new YarnConfiguration(configuration));
    if (manager.isUnresolved() || manager.getAddress().isAnyLocalAddress()) {
      return manager.isUnresolved() ? InetAddress.getLocalHost() : loopback;
    }
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(manager);
      InetAddress own = socket.getLocalAddress();
      return own.isAnyLocalAddress() ? InetAddress.getLocalHost() : own;
    }
  }

  private static InetSocketAddress resourceManager(YarnConfiguration configuration) {
    if (HAUtil.isHAEnabled(configuration)) {
      String first = HAUtil.getRMHAIds(configuration).iterator().next();
      configuration.set(YarnConfiguration.RM_HA_ID, first);
    }
    return configuration.getSocketAddr(
        YarnConfiguration.RM_ADDRESS,
        YarnConfiguration.DEFAULT_RM_ADDRESS,
        YarnConfiguration.DEFAULT_RM_PORT);
  }
}
