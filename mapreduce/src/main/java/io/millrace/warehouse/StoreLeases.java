package io.millrace.warehouse;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.plan.StageId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * How leases lie on an object store. The lease of a unit is the folder {@code
 * _leases/<stage>/dt=<date>} with files {@code 1.json}, {@code 2.json} …: each is created only
 * where there is none, so that of those who want a number one gets it, and who has the highest
 * holds the lease. A holder gives signs of life by writing its own file again. Thread-safe.
 */
final class StoreLeases implements LeaseLook {
  private static final ObjectMapper JSON = WarehouseJson.mapper();
  private static final String SUFFIX = ".json";

  private final Warehouse warehouse;
  private final WarehouseFiles files;

  /** Which number each lease has that is held here, and what its holder says of itself. */
  private final Map<Lease, Held> held = new ConcurrentHashMap<>();

  private record Held(int number, Holder holder) {}

  /**
   * The file of a lease.
   *
   * @param name of the holder
   * @param sign the time of its last sign of life, by its own clock
   * @param holder what it says of itself; null where the file cannot be understood
   */
  private record Content(String name, long sign, @Nullable Holder holder) {
    /**
     * Of a file that is not whole: it is being written, on a store that shows it meanwhile, or its
     * writer has died. If it stays so for long, its holder is dead.
     */
    static final Content NOT_WHOLE = new Content("unknown", 0, null);
  }

  StoreLeases(Warehouse warehouse, WarehouseFiles files) {
    this.warehouse = warehouse;
    this.files = files;
  }

  @Override
  public Optional<LeaseFiles.Found> look(Unit unit) throws IOException {
    return newest(unit).map(newest -> found(unit, newest));
  }

  @Override
  public List<LeaseFiles.Found> all(Collection<StageId> stages) throws IOException {
    List<LeaseFiles.Found> all = new ArrayList<>();
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

  private static LeaseFiles.Found found(Unit unit, Newest newest) {
    Content content = newest.content();
    return new LeaseFiles.Found(
        unit,
        content.name(),
        Optional.ofNullable(content.holder()),
        OptionalLong.of(content.sign()));
  }

  /** The file with the highest number. */
  private record Newest(int number, Content content) {}

  private Optional<Newest> newest(Unit unit) throws IOException {
    for (; ; ) {
      NavigableSet<Integer> numbers = numbers(unit);
      if (numbers.isEmpty()) {
        return Optional.empty();
      }
      int highest = numbers.last();
      Optional<Content> content = read(file(unit, highest));
      if (content.isPresent()) {
        return Optional.of(new Newest(highest, content.get()));
      }
      // given up this moment
    }
  }

  private NavigableSet<Integer> numbers(Unit unit) throws IOException {
    NavigableSet<Integer> numbers = new TreeSet<>();
    for (String name : files.names(folder(unit))) {
      if (name.matches("[1-9][0-9]{0,8}[.]json")) {
        numbers.add(Integer.valueOf(name.substring(0, name.length() - SUFFIX.length())));
      }
    }
    return numbers;
  }

  /** Takes a lease that nobody holds; returns whether nobody was faster. */
  boolean take(Lease lease, Holder holder) throws IOException {
    return create(lease, 1, holder);
  }

  /**
   * Takes the lease of a holder that is dead.
   *
   * @param dead the holder as it was found
   * @return whether nobody was faster, and it is still that one's
   */
  boolean takeOver(Lease lease, LeaseFiles.Found dead, Holder holder) throws IOException {
    Unit unit = lease.unit();
    Optional<Newest> newest = newest(unit);
    if (newest.isEmpty() || !found(unit, newest.get()).equals(dead)) {
      return false;
    }
    int number = newest.get().number();
    if (!create(lease, number + 1, holder)) {
      return false;
    }
    // had the dead one been settled and forgotten meanwhile, this would be nobody's successor
    boolean isSuccessor = read(file(unit, number)).equals(Optional.of(newest.get().content()));
    if (!isSuccessor) {
      held.remove(lease);
      files.deleteFile(file(unit, number + 1));
    }
    return isSuccessor;
  }

  private boolean create(Lease lease, int number, Holder holder) throws IOException {
    Path file = file(lease.unit(), number);
    Content content = new Content(lease.holder(), holder.since().toEpochMilli(), holder);
    boolean isNew = files.putNew(file, out -> JSON.writeValue(out, content));
    // a call that seemed to fail may have been carried out
    if (isNew || read(file).equals(Optional.of(content))) {
      held.put(lease, new Held(number, holder));
      return true;
    }
    return false;
  }

  @Override
  public void touch(Lease lease, long millis) throws IOException {
    synchronized (lease) {
      Held mine = check(lease);
      Content content = new Content(lease.holder(), millis, mine.holder());
      files.put(file(lease.unit(), mine.number()), out -> JSON.writeValue(out, content));
    }
  }

  /**
   * Looks whether a lease is still its holder's.
   *
   * @throws LeaseLostException where it is not
   */
  void requireHeld(Lease lease) throws IOException {
    try {
      // never in the midst of an own sign of life
      synchronized (lease) {
        check(lease);
      }
    } catch (FileNotFoundException e) {
      lease.markLost();
      String by = look(lease.unit()).map(found -> "run " + HolderName.run(found.name())).orElse("");
      throw new LeaseLostException(lease.unit(), by, e);
    }
  }

  private Held check(Lease lease) throws IOException {
    Held mine = held.get(lease);
    if (mine == null || !isHeld(lease, mine.number())) {
      throw new FileNotFoundException("The lease of " + lease.unit() + " is another's");
    }
    return mine;
  }

  /**
   * Whether a number is this holder's, and the highest. The file is read first: should the lease be
   * lost between the two calls, it is either given up already, and not listed, or there is a higher
   * one.
   */
  private boolean isHeld(Lease lease, int number) throws IOException {
    boolean isOwn =
        read(file(lease.unit(), number))
            .filter(content -> content.name().equals(lease.holder()))
            .isPresent();
    NavigableSet<Integer> numbers = numbers(lease.unit());
    return isOwn && !numbers.isEmpty() && numbers.last() == number;
  }

  /** Gives a lease up: the highest number goes last. */
  void release(Lease lease) throws IOException {
    Held mine = held.remove(lease);
    if (mine == null) {
      return;
    }
    for (int number : numbers(lease.unit()).headSet(mine.number(), true)) {
      files.deleteFile(file(lease.unit(), number));
    }
    files.tidy(folder(lease.unit()), warehouse.leaseRoot());
  }

  private Optional<Content> read(Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return Optional.of(JSON.readValue(in, Content.class));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (JacksonException e) {
      return Optional.of(Content.NOT_WHOLE);
    }
  }

  private Path folder(Unit unit) {
    return new Path(warehouse.leasePath(unit.stage()), unit.folder());
  }

  private Path file(Unit unit, int number) {
    return new Path(folder(unit), number + SUFFIX);
  }
}
