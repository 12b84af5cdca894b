package io.millrace.warehouse;

import io.millrace.warehouse.CommitStep.Action;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * Takes leases for a run, free ones and those of dead runs, and gives them up. Whoever has taken
 * one had its staging's folder {@code commit} when it asked, and never makes that folder again
 * until the lease is given up. Thread-safe.
 */
final class LeaseTaker {
  private static final int TRIES = 100;

  private final Warehouse warehouse;
  private final WarehouseFiles files;
  private final LeaseFiles leases;
  private final Heartbeats heartbeats;
  private final RunEnvironment environment;
  private final CommitStep.Listener listener;
  private final String run;
  private final String command;
  private final String host = hostName();

  LeaseTaker(
      Warehouse warehouse,
      WarehouseFiles files,
      LeaseFiles leases,
      Heartbeats heartbeats,
      RunEnvironment environment,
      String run,
      String command) {
    this.warehouse = warehouse;
    this.files = files;
    this.leases = leases;
    this.heartbeats = heartbeats;
    this.environment = environment;
    this.listener = environment.listener();
    this.run = run;
    this.command = command;
  }

  /** What came of asking for a lease. */
  sealed interface Answer {
    /** It is ours. */
    record Taken(Lease lease) implements Answer {}

    /** Somebody holds it who may be alive. */
    record Held(LeaseFiles.Found by) implements Answer {}
  }

  /**
   * Asks for a lease once.
   *
   * @param name of the holder that the run would be
   * @param silence what was seen of the lease so far
   */
  Answer ask(Unit unit, String name, Silence silence) throws IOException {
    for (int tries = 1; ; tries++) {
      Optional<LeaseFiles.Found> found = look(unit, silence);
      if (found.isPresent() && !isDead(found.get(), silence)) {
        // nothing lies about while one waits
        deleteStaging(unit, name);
        return new Answer.Held(found.get());
      }
      makeStaging(unit, name);
      boolean isTaken =
          found.isPresent() ? takeOver(unit, name, found.get().name()) : take(unit, name);
      if (isTaken) {
        Lease lease = new Lease(unit, name);
        heartbeats.begin(lease);
        return new Answer.Taken(lease);
      }
      if (tries == TRIES) {
        throw new IOException(
            "Cannot take the lease of %s: %s is neither free nor held, after %d tries"
                .formatted(unit, leases.folder(unit), TRIES));
      }
    }
  }

  /** Who holds a lease, if anybody. */
  Optional<LeaseFiles.Found> holder(Unit unit) throws IOException {
    return leases.look(unit);
  }

  /** Gives a lease up, in one call; where it was lost, nothing happens to its new holder. */
  void release(Lease lease) throws IOException {
    heartbeats.end(lease);
    Unit unit = lease.unit();
    Path held = leases.folder(unit, lease.holder());
    listener.before(Action.RELEASE);
    try {
      files.rename(held, commit(unit, lease.holder()).released());
    } catch (IOException e) {
      // the lease was taken, or, by one that had slept as it settled, the staging alone
      files.deleteTree(held);
    }
    listener.before(Action.DELETE_EMPTY_LEASE);
    files.tidy(leases.folder(unit), warehouse.leaseRoot());
  }

  /** Deletes what the run has of a unit. */
  void deleteStaging(Unit unit, String name) throws IOException {
    Path staging = warehouse.stagingPath(name, unit.stage(), unit.date());
    if (files.exists(staging)) {
      listener.before(Action.DELETE_STAGING);
      files.delete(staging, warehouse.stagingRoot());
    }
  }

  private Optional<LeaseFiles.Found> look(Unit unit, Silence silence) throws IOException {
    try {
      return leases.look(unit);
    } catch (IOException | RuntimeException e) {
      silence.forget();
      throw e;
    }
  }

  private boolean isDead(LeaseFiles.Found found, Silence silence) {
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

  private void makeStaging(Unit unit, String name) throws IOException {
    Path lease = commit(unit, name).lease();
    Path holderFolder = new Path(lease, name);
    listener.before(Action.MAKE_STAGING);
    files.makeFolders(holderFolder);
    listener.before(Action.WRITE_HOLDER);
    try {
      leases.write(holderFolder, name, holder());
    } catch (IOException e) {
      // who settles the unit has swept it away: the lease cannot be taken, and all begins again
      if (files.exists(holderFolder)) {
        throw e;
      }
    }
  }

  private boolean take(Unit unit, String name) throws IOException {
    listener.before(Action.MAKE_LEASES);
    files.makeFolders(warehouse.leasePath(unit.stage()));
    listener.before(Action.TAKE);
    try {
      files.rename(commit(unit, name).lease(), leases.folder(unit));
      return true;
    } catch (IOException e) {
      return mayGoOn(e, unit, commit(unit, name).lease());
    }
  }

  /**
   * After a rename that failed: whether it was carried out nevertheless. If the reason may pass,
   * another look will tell; else it is no reason to go on.
   */
  private boolean mayGoOn(IOException e, Unit unit, Path lease) throws IOException {
    boolean sourceIsGone = !files.exists(lease);
    boolean parentIsGone = !files.exists(warehouse.leasePath(unit.stage()));
    if (files.exists(leases.folder(unit))) {
      if (files.folders(leases.folder(unit)).isEmpty()) {
        listener.before(Action.DELETE_EMPTY_LEASE);
        files.deleteEmpty(leases.folder(unit));
      }
      return false;
    }
    if (sourceIsGone || parentIsGone) {
      return false;
    }
    throw e;
  }

  private boolean takeOver(Unit unit, String name, String from) throws IOException {
    Path dead = leases.folder(unit, from);
    if (from.equals(name)) {
      // an earlier call was carried out, though it seemed to fail
      return files.exists(dead);
    }
    try {
      listener.before(Action.WRITE_CLAIM);
      leases.write(dead, name, holder());
      listener.before(Action.TAKE_OVER);
      files.rename(dead, leases.folder(unit, name));
      return true;
    } catch (IOException e) {
      if (files.exists(dead)) {
        throw e;
      }
      return false;
    }
  }

  private Holder holder() {
    return new Holder(run, host, environment.process(), command, environment.ticker().now());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  private CommitFolder commit(Unit unit, String name) {
    return CommitFolder.of(warehouse.stagingPath(name, unit.stage(), unit.date()));
  }
}
