package io.millrace.warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.plan.DataFile;
import io.millrace.plan.Manifest;
import io.millrace.plan.StageId;
import io.millrace.store.ObjectStore;
import io.millrace.store.ObjectStoreFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Publishing on an object store, with runs that die or sleep before any call. */
class StoreCommitTest {
  private static final LocalDate DATE = LocalDate.of(2026, 11, 1);
  private static final Unit UNIT = new Unit(StageId.clean(), DATE);
  private static final int MOST_CALLS = 500;

  private final Map<String, Warehouse> warehouses = new HashMap<>();
  private String bucket;
  private ObjectStore store;

  @BeforeEach
  void openStore() {
    bucket = "bucket-" + UUID.randomUUID();
    store = ObjectStore.named(bucket);
  }

  @AfterEach
  void dropStore() {
    warehouses.clear();
    ObjectStore.drop(bucket);
  }

  private void openAnother() {
    dropStore();
    openStore();
  }

  private Warehouse warehouse(String client) {
    return warehouses.computeIfAbsent(
        client,
        key -> {
          try {
            Configuration configuration = ObjectStoreFileSystem.configuration(client);
            return new Warehouse(new Path("store://" + bucket + "/warehouse"), configuration);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private Committer committer(String run) throws IOException {
    return StagedWork.onlyLiving(warehouse(run), run, step -> {});
  }

  /** Two files a data set, with the run's name in each. */
  private List<Manifest> fill(Staging staging) throws IOException {
    List<Manifest> manifests = new ArrayList<>();
    Warehouse warehouse = warehouse(staging.run());
    for (String dataSet : staging.stage().dataSets()) {
      List<DataFile> files = new ArrayList<>();
      for (String name : List.of("part-r-00000.avro", "part-r-00001.avro")) {
        Path file = new Path(new Path(staging.output(), dataSet), name);
        StagedWork.write(warehouse.fileSystem(), file, staging.run());
        files.add(new DataFile(name, staging.run().length(), 1, 0));
      }
      manifests.add(StagedWork.manifest(staging.run(), dataSet, DATE, files));
    }
    return manifests;
  }

  private void publish(String run) throws IOException {
    try (Committer committer = committer(run)) {
      Staging staging = StagedWork.begin(committer, UNIT);
      committer.publish(staging, fill(staging));
    }
  }

  private void settle(String run) throws IOException {
    try (Committer committer = committer(run)) {
      committer.discard(StagedWork.begin(committer, UNIT));
    }
  }

  /**
   * Which run a reader finds in a place: all its files are of that run. Empty where there is none.
   */
  private String read(String dataSet) {
    try {
      Warehouse warehouse = warehouse("reader");
      Optional<Manifest> manifest = warehouse.manifest(dataSet, DATE);
      if (manifest.isEmpty()) {
        return "";
      }
      String run = manifest.get().run();
      for (DataFile file : manifest.get().files()) {
        Path path = new Path(warehouse.partitionPath(dataSet, DATE), file.name());
        try (var in = warehouse.fileSystem().open(path)) {
          assertEquals(run, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
      return run;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> readAll() {
    return UNIT.stage().dataSets().stream().map(this::read).toList();
  }

  private static List<String> allOf(String run) {
    return UNIT.stage().dataSets().stream().map(dataSet -> run).toList();
  }

  /** Files in places, but those that their manifest names, and what is left elsewhere. */
  private Set<String> leftovers() throws IOException {
    Set<String> left = new TreeSet<>(store.keys("warehouse/"));
    left.removeIf(key -> key.endsWith("/"));
    for (String dataSet : UNIT.stage().dataSets()) {
      Optional<Manifest> manifest = warehouse("reader").manifest(dataSet, DATE);
      String place = "warehouse/" + dataSet + "/dt=" + DATE + "/";
      left.remove(place + "_SUCCESS");
      manifest.ifPresent(m -> m.files().forEach(file -> left.remove(place + file.name())));
    }
    return left;
  }

  /** Kills a run before one of its changes, counted from 0; until then, reads before each. */
  private void killAt(String run, int step) {
    int[] changes = {0};
    store.listen(
        run,
        call -> {
          if (changes[0] > step || (changes[0] == step && call.verb().isChange())) {
            changes[0] = step + 1;
            throw new ObjectStore.Killed();
          }
          if (call.verb().isChange()) {
            changes[0]++;
            readWhereItShows(call);
          }
        });
  }

  /** What others do not look at need not be looked at before it changes. */
  private void readWhereItShows(ObjectStore.Call call) {
    if (!call.key().startsWith("warehouse/_")) {
      readAll();
    }
  }

  private interface Act {
    void run() throws IOException;
  }

  /** Returns whether it got to the end. */
  private static boolean survives(Act act) throws IOException {
    try {
      act.run();
      return true;
    } catch (ObjectStore.Killed e) {
      return false;
    }
  }

  @Test
  void shouldKeepOldOrNewWholeWhereverARunIsKilled() throws IOException {
    Set<String> outcomes = new TreeSet<>();
    boolean done = false;
    for (int step = 0; !done; step++) {
      assertTrue(step < MOST_CALLS);
      openAnother();
      publish("old");
      killAt("new", step);
      done = survives(() -> publish("new"));
      settle("third");
      List<String> found = readAll();
      assertTrue(found.equals(allOf("old")) || found.equals(allOf("new")), found + " at " + step);
      assertEquals(Set.of(), leftovers(), "at " + step);
      outcomes.add(found.get(0));
      publish("fourth");
      assertEquals(allOf("fourth"), readAll());
      assertEquals(Set.of(), leftovers());
    }
    assertEquals(Set.of("new", "old"), outcomes);
    assertEquals(allOf("fourth"), readAll());
  }

  @Test
  void shouldKeepOldOrNewWholeWhereverTheNextRunIsKilledToo() throws IOException {
    boolean firstDone = false;
    for (int first = 0; !firstDone; first++) {
      boolean secondDone = false;
      for (int second = 0; !secondDone; second++) {
        assertTrue(first < MOST_CALLS && second < MOST_CALLS);
        openAnother();
        publish("old");
        killAt("new", first);
        firstDone = survives(() -> publish("new"));
        killAt("third", second);
        secondDone = survives(() -> settle("third"));
        settle("fourth");
        List<String> found = readAll();
        String where = found + " at " + first + ", " + second;
        assertTrue(found.equals(allOf("old")) || found.equals(allOf("new")), where);
        assertEquals(Set.of(), leftovers(), where);
      }
    }
  }

  @Test
  void shouldPublishNothingOrAllOfAFirstRunThatIsKilled() throws IOException {
    boolean done = false;
    for (int step = 0; !done; step++) {
      openAnother();
      killAt("new", step);
      done = survives(() -> publish("new"));
      settle("third");
      List<String> found = readAll();
      assertTrue(found.equals(allOf("")) || found.equals(allOf("new")), found + " at " + step);
      assertEquals(Set.of(), leftovers(), "at " + step);
    }
  }

  /**
   * A sleeper looks at its lease before each call on a manifest. What cannot be prevented is that
   * it sleeps between the two: then a manifest may be gone, and its partition is made again.
   */
  @Test
  void shouldNeverMixWhatASleeperDoesWithWhatOthersHavePublished() throws IOException {
    Set<String> lost = new TreeSet<>();
    boolean woke = true;
    for (int step = 0; woke; step++) {
      assertTrue(step < MOST_CALLS);
      openAnother();
      publish("old");
      int sleepAt = step;
      int[] calls = {0};
      String[] slept = {""};
      store.listen(
          "sleeper",
          call -> {
            readWhereItShows(call);
            if (calls[0]++ == sleepAt) {
              slept[0] = call.verb() + " " + call.key().replaceFirst(".*/", "");
              try {
                publish("taker");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              assertEquals(allOf("taker"), readAll());
            }
          });
      boolean published;
      try {
        publish("sleeper");
        published = true;
      } catch (IOException | LeaseLostException e) {
        published = false;
      }
      woke = !slept[0].isEmpty();
      List<String> found = readAll();
      Set<String> expected = Set.of(published && !found.contains("taker") ? "sleeper" : "taker");
      Set<String> seen = found.stream().filter(run -> !run.isEmpty()).collect(Collectors.toSet());
      assertTrue(expected.containsAll(seen), found + " at " + slept[0]);
      if (found.contains("")) {
        lost.add(slept[0]);
      }
      publish("last");
      assertEquals(allOf("last"), readAll(), "after " + slept[0]);
      assertEquals(Set.of(), leftovers(), "after " + slept[0]);
    }
    // the connector looks before it deletes
    assertEquals(Set.of("DELETE _SUCCESS", "HEAD _SUCCESS"), lost);
  }
}
