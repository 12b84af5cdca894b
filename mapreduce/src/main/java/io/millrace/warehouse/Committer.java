package io.millrace.warehouse;

import io.millrace.plan.Manifest;
import io.millrace.plan.StageId;
import io.millrace.warehouse.CommitStep.Action;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes leases of units for a run, and publishes what it has made of them. A reader of a partition
 * sees the old one, the new one, or for an instant none; never a part or a mixture. Whatever the
 * step at which a run died, the next {@link #begin} finishes or undoes its commit, and nothing that
 * it does should it wake has any effect. Thread-safe; one for all stages of a run.
 */
public final class Committer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

  private final Warehouse warehouse;
  private final WarehouseFiles files;
  private final CommitStep.Listener listener;
  private final Heartbeats heartbeats;
  private final LeaseTaking taker;
  private final Publishing publishing;
  private final Claims claims;
  private final Leftovers leftovers;
  private final String run;

  /**
   * A committer for a run.
   *
   * @param command what the run was asked for, for those who find its leases
   */
  public Committer(Warehouse warehouse, String run, String command, RunEnvironment environment)
      throws IOException {
    requireOneStepCalls(warehouse);
    this.warehouse = warehouse;
    this.run = run;
    listener = environment.listener();
    files = new WarehouseFiles(warehouse);
    LeaseLook leases = LeaseLook.of(warehouse, files);
    heartbeats = new Heartbeats(leases, environment.timing(), environment.ticker());
    LeaseApplicant applicant = new LeaseApplicant(environment, heartbeats, run, command);
    if (leases instanceof StoreLeases storeLeases) {
      taker = new StoreLeaseTaker(storeLeases, heartbeats, applicant);
      publishing = new StorePublishing(warehouse, files, storeLeases, environment.orphans());
    } else {
      LeaseFiles folders = new LeaseFiles(warehouse, files);
      taker = new LeaseTaker(warehouse, files, folders, heartbeats, applicant, listener);
      RenamePlacement placement = new RenamePlacement(warehouse, files, listener);
      publishing = new Settler(warehouse, files, placement, environment.orphans(), listener);
    }
    claims = new Claims(warehouse, files, environment, heartbeats, taker, publishing, run);
    leftovers = new Leftovers(warehouse, files);
  }

  /** Over WebHDFS a client looks whether a parent is there, and then makes it with the folder. */
  private static void requireOneStepCalls(Warehouse warehouse) throws IOException {
    if (warehouse.root().toUri().getScheme().endsWith("webhdfs")) {
      throw new IOException(
          "Cannot publish in the warehouse %s: WebHDFS cannot do in one step what this needs. Name the warehouse by hdfs://"
              .formatted(warehouse.root()));
    }
  }

  /**
   * Takes the lease of a unit and settles what others have left of it. What stands may be another
   * than before: what is to be made has to be planned again.
   *
   * @param wait how long to wait for a run that holds the lease and may live
   * @param waiting told of that run, once
   * @throws LeaseHeldException where it still holds it then
   */
  public Staging begin(Unit unit, Duration wait, Consumer<LeaseHolder> waiting)
      throws IOException, InterruptedException {
    return claims.await(unit, wait, waiting);
  }

  /**
   * Settles what runs that have evidently died have left of any date of some stages. Nobody is
   * waited for; what cannot be settled stays for whoever works on it.
   */
  public void settleLeftovers(Collection<StageId> stages) {
    List<Unit> units;
    try {
      units = leftovers.units(stages);
    } catch (IOException e) {
      LOG.warn("Cannot look for what dead runs have left: {}", e.getMessage());
      return;
    }
    for (Unit unit : units) {
      try {
        if (claims.once(unit, new Silence()) instanceof Claims.Claim.Ready ready) {
          LOG.info("Settled what a dead run had left of {}", unit);
          discard(ready.staging());
        }
      } catch (IOException | RuntimeException e) {
        LOG.warn("Cannot settle what a dead run has left of {}: {}", unit, e.getMessage());
      }
    }
  }

  /**
   * Puts the data sets of a stage into their places, the main one last, and gives up the lease. An
   * interrupt does not stop it half-way.
   *
   * @param manifests of all of the stage's data sets
   * @throws LeaseLostException where another run has taken over
   * @throws IOException where it could not be done; it is undone, at the latest by the next run
   */
  public void publish(Staging staging, List<Manifest> manifests) throws IOException {
    List<Manifest> ordered = inOrder(staging, manifests);
    Undisturbed.run(() -> publishInOrder(staging, ordered));
  }

  private void publishInOrder(Staging staging, List<Manifest> ordered) throws IOException {
    try {
      publishing.publish(staging, ordered);
    } catch (IOException e) {
      if (!isPublishedAfterAll(staging, e)) {
        throw new IOException("Cannot publish %s: %s".formatted(staging.unit(), e.getMessage()), e);
      }
    } catch (RuntimeException e) {
      claims.leave(staging);
      throw e;
    }
    try {
      end(staging);
    } catch (IOException e) {
      // the stage is published: trouble here is no failure of it
      LOG.warn("Cannot delete {}, the next run will: {}", staging.folder(), e.getMessage());
    }
  }

  /** Gives up the work and the lease: what was not published never will be. */
  public void discard(Staging staging) throws IOException {
    Undisturbed.run(() -> end(staging));
  }

  private void end(Staging staging) throws IOException {
    if (staging.isLost()) {
      forget(staging);
      return;
    }
    try {
      taker.release(staging.lease());
      listener.before(Action.DELETE_STAGING);
      files.delete(staging.folder(), warehouse.stagingRoot());
    } catch (IOException e) {
      claims.leave(staging);
      throw e;
    }
  }

  /**
   * Moves a data set that is not going to be published to where a person can look at it.
   *
   * @return where it lies now, below {@code _runs/<run>/quarantine}
   */
  public Path keepQuarantine(Staging staging, String dataSet) throws IOException {
    Path kept =
        new Path(
            new Path(new Path(warehouse.runPath(run), "quarantine"), staging.stage().toString()),
            staging.unit().folder());
    files.makeFolders(kept.getParent());
    files.rename(new Path(staging.output(), dataSet), kept);
    return kept;
  }

  /** Gives a sign of life at once. */
  void beat() {
    heartbeats.beat();
  }

  /** Ends the signs of life; leases that were not given up are then taken over by others. */
  @Override
  public void close() {
    heartbeats.close();
  }

  /** Where a call has failed that was carried out nevertheless, all may be in place. */
  private boolean isPublishedAfterAll(Staging staging, IOException cause) throws IOException {
    boolean isPublished;
    try {
      if (staging.isLost() || publishing.isTakenOver(staging)) {
        forget(staging);
        throw new LeaseLostException(staging.unit(), newHolder(staging), cause);
      }
      isPublished = publishing.settleOwn(staging);
    } catch (IOException e) {
      claims.leave(staging);
      cause.addSuppressed(e);
      return false;
    }
    if (!isPublished) {
      try {
        end(staging);
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
    return isPublished;
  }

  /**
   * After the lease was lost: what the new holder has not moved away is for it to settle; what jobs
   * have made since, nobody misses.
   */
  private void forget(Staging staging) throws IOException {
    claims.leave(staging);
    if (!files.exists(staging.commit().path())) {
      files.delete(staging.folder(), warehouse.stagingRoot());
    }
  }

  private String newHolder(Staging staging) {
    try {
      Optional<LeaseFiles.Found> holder = taker.holder(staging.unit());
      return holder.map(found -> "run " + HolderName.run(found.name())).orElse("");
    } catch (IOException e) {
      // who it was is not needed
      return "";
    }
  }

  private static List<Manifest> inOrder(Staging staging, List<Manifest> manifests) {
    List<String> dataSets = staging.stage().dataSets();
    List<Manifest> ordered =
        dataSets.stream()
            .flatMap(dataSet -> manifests.stream().filter(m -> m.dataSet().equals(dataSet)))
            .toList();
    boolean complete = ordered.size() == dataSets.size() && manifests.size() == dataSets.size();
    boolean sameRun =
        manifests.stream()
            .allMatch(m -> m.run().equals(staging.run()) && m.date().equals(staging.date()));
    if (!complete || !sameRun) {
      throw new IllegalArgumentException(
          "Cannot publish %s of run %s: expected manifests of %s, found %s"
              .formatted(
                  staging.unit(),
                  staging.run(),
                  dataSets,
                  manifests.stream()
                      .map(m -> "%s/dt=%s of run %s".formatted(m.dataSet(), m.date(), m.run()))
                      .toList()));
    }
    return ordered;
  }
}
