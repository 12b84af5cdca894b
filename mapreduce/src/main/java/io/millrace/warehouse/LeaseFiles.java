package io.millrace.warehouse;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.plan.StageId;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How leases lie in a warehouse. The lease of a unit is the folder {@code
 * _leases/<stage>/dt=<date>}. In it is one folder, named after the holder, with the holder's file,
 * whose modification time is its last sign of life. Thread-safe.
 */
final class LeaseFiles implements LeaseLook {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseFiles.class);
  private static final ObjectMapper JSON = WarehouseJson.mapper();

  private final Warehouse warehouse;
  private final WarehouseFiles files;

  LeaseFiles(Warehouse warehouse, WarehouseFiles files) {
    this.warehouse = warehouse;
    this.files = files;
  }

  /**
   * A lease as it was found.
   *
   * @param name of its holder
   * @param modified the time of its last sign of life; empty where its file is missing
   */
  record Found(Unit unit, String name, Optional<Holder> holder, OptionalLong modified) {
    LeaseHolder asHolder(boolean gone) {
      return new LeaseHolder(
          unit.stage(),
          unit.date(),
          HolderName.run(name),
          holder,
          modified.isEmpty()
              ? Optional.empty()
              : Optional.of(Instant.ofEpochMilli(modified.getAsLong())),
          gone);
    }
  }

  @Override
  public Optional<Found> look(Unit unit) throws IOException {
    for (String name : files.folders(folder(unit))) {
      Path file = file(unit, name, name);
      OptionalLong modified = files.modified(file);
      if (modified.isPresent() || files.exists(folder(unit, name))) {
        return Optional.of(new Found(unit, name, read(file), modified));
      }
      // given up or taken over this moment
    }
    return Optional.empty();
  }

  @Override
  public List<Found> all(Collection<StageId> stages) throws IOException {
    List<Found> all = new ArrayList<>();
    for (StageId stage : stages) {
      for (String name : files.folders(warehouse.leasePath(stage))) {
        Optional<Unit> unit = Warehouse.date(name).map(date -> new Unit(stage, date));
        if (unit.isPresent()) {
          look(unit.get()).ifPresent(all::add);
        }
      }
    }
    return all;
  }

  /** Writes the file of a holder into a folder that becomes, or is, a holder's. */
  void write(Path holderFolder, String name, Holder holder) throws IOException {
    files.write(new Path(holderFolder, fileName(name)), out -> JSON.writeValue(out, holder));
  }

  /** The folder of a lease; it exists as long as somebody holds it, and a little longer. */
  Path folder(Unit unit) {
    return new Path(warehouse.leasePath(unit.stage()), unit.folder());
  }

  Path folder(Unit unit, String holder) {
    return new Path(folder(unit), holder);
  }

  @Override
  public void touch(Lease lease, long millis) throws IOException {
    files.touch(file(lease.unit(), lease.holder(), lease.holder()), millis);
  }

  private Optional<Holder> read(Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return Optional.of(JSON.readValue(in, Holder.class));
    } catch (InterruptedIOException | ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      // what is said of a holder is for people; whether it lives is seen without, too: also where
      // its machine had the only copy of the file
      LOG.debug("Cannot read {}", file, e);
      return Optional.empty();
    }
  }

  private Path file(Unit unit, String holderFolder, String name) {
    return new Path(folder(unit, holderFolder), fileName(name));
  }

  private static String fileName(String holder) {
    return holder + ".json";
  }
}
