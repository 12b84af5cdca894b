package io.millrace.warehouse;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A run that asks for leases: what it says of itself, and whom it takes for dead. */
final class LeaseApplicant {
  private final RunEnvironment environment;
  private final Heartbeats heartbeats;
  private final String run;
  private final String command;
  private final String host = hostName();

  LeaseApplicant(RunEnvironment environment, Heartbeats heartbeats, String run, String command) {
    this.environment = environment;
    this.heartbeats = heartbeats;
    this.run = run;
    this.command = command;
  }

  /**
   * Whether the holder of a lease counts as dead.
   *
   * @param silence what was seen of the lease so far
   */
  boolean isDead(LeaseFiles.Found found, Silence silence) {
    boolean isSilent =
        silence
                .observe(found, environment.ticker().nanoTime())
                .compareTo(environment.timing().deadAfter())
            >= 0;
    boolean isGone = found.holder().map(Holder::process).filter(environment.isGone()).isPresent();
    boolean isOurPast =
        HolderName.run(found.name()).equals(run) && !heartbeats.holds(found.unit(), found.name());
    return isSilent || isGone || isOurPast;
  }

  /** What it says of itself, now. */
  Holder holder() {
    return new Holder(run, host, environment.process(), command, environment.ticker().now());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
