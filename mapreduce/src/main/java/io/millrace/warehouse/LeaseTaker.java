package io.millrace.warehouse;

import io.millrace.warehouse.CommitStep.Action;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * Takes leases for a run, free ones and those of dead runs, and gives them up. Whoever has taken
 * one had its staging's folder {@code commit} when it asked, and never makes that folder again
 * until the lease is given up. Thread-safe.
 */
final class LeaseTaker implements LeaseTaking {
  private static final int TRIES = 100;
  private static final int TRIES_WITHOUT_REASON = 10;

  private final Warehouse warehouse;
  private final WarehouseFiles files;
  private final LeaseFiles leases;
  private final Heartbeats heartbeats;
  private final LeaseApplicant applicant;
  private final CommitStep.Listener listener;

  LeaseTaker(
      Warehouse warehouse,
      WarehouseFiles files,
      LeaseFiles leases,
      Heartbeats heartbeats,
      LeaseApplicant applicant,
      CommitStep.Listener listener) {
    this.warehouse = warehouse;
    this.files = files;
    this.leases = leases;
    this.heartbeats = heartbeats;
    this.applicant = applicant;
    this.listener = listener;
  }

  @Override
  public Answer ask(Unit unit, String name, Silence silence) throws IOException {
    for (int tries = 1; ; tries++) {
      Optional<LeaseFiles.Found> found = look(unit, silence);
      if (found.isPresent() && !applicant.isDead(found.get(), silence)) {
        // nothing lies about while one waits; what a lease of that name works with is another
        // matter
        if (!found.get().name().equals(name)) {
          deleteStaging(unit, name);
        }
        return new Answer.Held(found.get());
      }
      makeStaging(unit, name);
      boolean isTaken =
          found.isPresent() ? takeOver(unit, name, found.get().name()) : take(unit, name, tries);
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

  @Override
  public Optional<LeaseFiles.Found> holder(Unit unit) throws IOException {
    return leases.look(unit);
  }

  @Override
  public void release(Lease lease) throws IOException {
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

  private void makeStaging(Unit unit, String name) throws IOException {
    Path lease = commit(unit, name).lease();
    Path holderFolder = new Path(lease, name);
    listener.before(Action.MAKE_STAGING);
    files.makeFolders(holderFolder);
    listener.before(Action.WRITE_HOLDER);
    try {
      leases.write(holderFolder, name, applicant.holder());
    } catch (IOException e) {
      // who settles the unit has swept it away: the lease cannot be taken, and all begins again
      if (files.exists(holderFolder)) {
        throw e;
      }
    }
  }

  private boolean take(Unit unit, String name, int tries) throws IOException {
    listener.before(Action.MAKE_LEASES);
    files.makeFolders(warehouse.leasePath(unit.stage()));
    listener.before(Action.TAKE);
    try {
      files.rename(commit(unit, name).lease(), leases.folder(unit));
      return true;
    } catch (IOException e) {
      if (mayHavePassed(unit, commit(unit, name).lease()) || tries < TRIES_WITHOUT_REASON) {
        return false;
      }
      throw e;
    }
  }

  /**
   * After a rename that failed: whether a reason for it is seen that may pass, so that another look
   * tells more. What was in the way, or missing, may also have changed since, so that none is seen.
   */
  private boolean mayHavePassed(Unit unit, Path lease) throws IOException {
    boolean sourceIsGone = !files.exists(lease);
    boolean parentIsGone = !files.exists(warehouse.leasePath(unit.stage()));
    if (files.exists(leases.folder(unit))) {
      if (files.folders(leases.folder(unit)).isEmpty()) {
        listener.before(Action.DELETE_EMPTY_LEASE);
        files.deleteEmpty(leases.folder(unit));
      }
      return true;
    }
    return sourceIsGone || parentIsGone;
  }

  private boolean takeOver(Unit unit, String name, String from) throws IOException {
    Path dead = leases.folder(unit, from);
    if (from.equals(name)) {
      // an earlier call was carried out, though it seemed to fail
      return files.exists(dead);
    }
    try {
      listener.before(Action.WRITE_CLAIM);
      leases.write(dead, name, applicant.holder());
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

  private CommitFolder commit(Unit unit, String name) {
    return CommitFolder.of(warehouse.stagingPath(name, unit.stage(), unit.date()));
  }
}
