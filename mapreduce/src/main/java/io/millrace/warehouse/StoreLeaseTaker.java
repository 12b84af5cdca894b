package io.millrace.warehouse;

import java.io.IOException;
import java.util.Optional;

/** {@link LeaseTaking} on object stores. Thread-safe. */
final class StoreLeaseTaker implements LeaseTaking {
  private static final int TRIES = 100;

  private final StoreLeases leases;
  private final Heartbeats heartbeats;
  private final LeaseApplicant applicant;

  StoreLeaseTaker(StoreLeases leases, Heartbeats heartbeats, LeaseApplicant applicant) {
    this.leases = leases;
    this.heartbeats = heartbeats;
    this.applicant = applicant;
  }

  @Override
  public Answer ask(Unit unit, String name, Silence silence) throws IOException {
    for (int tries = 1; tries <= TRIES; tries++) {
      Optional<LeaseFiles.Found> found = look(unit, silence);
      if (found.isPresent() && !applicant.isDead(found.get(), silence)) {
        return new Answer.Held(found.get());
      }
      Lease lease = new Lease(unit, name);
      boolean isTaken =
          found.isPresent()
              ? leases.takeOver(lease, found.get(), applicant.holder())
              : leases.take(lease, applicant.holder());
      if (isTaken) {
        heartbeats.begin(lease);
        return new Answer.Taken(lease);
      }
    }
    throw new IOException(
        "Cannot take the lease of %s: it is neither free nor held, after %d tries"
            .formatted(unit, TRIES));
  }

  private Optional<LeaseFiles.Found> look(Unit unit, Silence silence) throws IOException {
    try {
      return leases.look(unit);
    } catch (IOException | RuntimeException e) {
      silence.forget();
      throw e;
    }
  }

  @Override
  public Optional<LeaseFiles.Found> holder(Unit unit) throws IOException {
    return leases.look(unit);
  }

  @Override
  public void release(Lease lease) throws IOException {
    heartbeats.end(lease);
    leases.release(lease);
  }
}
