package io.millrace.warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.plan.StageId;
import io.millrace.store.ObjectStore;
import io.millrace.store.ObjectStoreFileSystem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreLeasesTest {
  private static final Unit UNIT = new Unit(StageId.clean(), LocalDate.of(2026, 11, 1));
  private static final String FOLDER = "warehouse/_leases/clean/dt=2026-11-01/";

  private final String bucket = "bucket-" + UUID.randomUUID();
  private final Lease first = new Lease(UNIT, "first");
  private final Lease second = new Lease(UNIT, "second");
  private StoreLeases firsts;
  private StoreLeases seconds;

  @BeforeEach
  void open() throws IOException {
    firsts = leases("first");
    seconds = leases("second");
  }

  @AfterEach
  void drop() {
    ObjectStore.drop(bucket);
  }

  private Warehouse warehouse(String client) throws IOException {
    return new Warehouse(
        new Path("store://" + bucket + "/warehouse"), ObjectStoreFileSystem.configuration(client));
  }

  private StoreLeases leases(String client) throws IOException {
    Warehouse warehouse = warehouse(client);
    return new StoreLeases(warehouse, new WarehouseFiles(warehouse));
  }

  private static Holder holder(String run) {
    RunningProcess process = new RunningProcess("machine", 1, 1);
    return new Holder(run, "host", process, "run", Instant.ofEpochMilli(1_000));
  }

  private Optional<String> holderSeen() throws IOException {
    return seconds.look(UNIT).map(LeaseFiles.Found::name);
  }

  @Test
  void shouldGiveALeaseToOneOnly() throws IOException {
    assertTrue(firsts.take(first, holder("first")));
    assertFalse(seconds.take(second, holder("second")));
    assertEquals(Optional.of("first"), holderSeen());
    firsts.requireHeld(first);
    firsts.release(first);
    assertEquals(Optional.empty(), holderSeen());
    assertEquals(List.of(), ObjectStore.named(bucket).keys("warehouse/_leases"));
  }

  @Test
  void shouldTellAHolderThatItsLeaseWasTakenOver() throws IOException {
    assertTrue(firsts.take(first, holder("first")));
    LeaseFiles.Found found = seconds.look(UNIT).orElseThrow();
    assertTrue(seconds.takeOver(second, found, holder("second")));
    assertThrows(FileNotFoundException.class, () -> firsts.touch(first, 2_000));
    assertThrows(LeaseLostException.class, () -> firsts.requireHeld(first));
    assertTrue(first.isLost());
    firsts.release(first);
    assertEquals(Optional.of("second"), holderSeen());
    seconds.requireHeld(second);
    seconds.release(second);
    assertThrows(LeaseLostException.class, () -> firsts.requireHeld(first));
    assertEquals(List.of(), ObjectStore.named(bucket).keys("warehouse/_leases"));
  }

  @Test
  void shouldNotTakeOverFromOneThatWasHeardSince() throws IOException {
    assertTrue(firsts.take(first, holder("first")));
    LeaseFiles.Found found = seconds.look(UNIT).orElseThrow();
    firsts.touch(first, 2_000);
    assertFalse(seconds.takeOver(second, found, holder("second")));
    firsts.requireHeld(first);
    assertEquals(2_000, seconds.look(UNIT).orElseThrow().modified().orElseThrow());
  }

  @Test
  void shouldNotFollowOneThatIsForgotten() throws IOException {
    assertTrue(firsts.take(first, holder("first")));
    LeaseFiles.Found found = seconds.look(UNIT).orElseThrow();
    ObjectStore.named(bucket)
        .listen(
            "second",
            call -> {
              if (call.key().equals(FOLDER + "2.json") && call.verb().isChange()) {
                ObjectStore.named(bucket).listen("second", other -> {});
                give(firsts, first);
              }
            });
    assertFalse(seconds.takeOver(second, found, holder("second")));
    assertEquals(Optional.empty(), holderSeen());
  }

  private static void give(StoreLeases leases, Lease lease) {
    try {
      leases.release(lease);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldTakeAFileThatIsNotWholeForALeaseThatIsHeld() throws IOException {
    StagedWork.write(
        warehouse("first").fileSystem(),
        new Path("store://" + bucket + "/" + FOLDER + "1.json"),
        "");
    LeaseFiles.Found found = seconds.look(UNIT).orElseThrow();
    assertEquals(Optional.empty(), found.holder());
    assertFalse(seconds.take(second, holder("second")));
    assertTrue(seconds.takeOver(second, found, holder("second")));
  }

  @ParameterizedTest
  @CsvSource({
    "file:///w, '', ATOMIC",
    "file:///w, copy, COPY",
    "store://bucket/w, '', COPY",
    "store://bucket/w, atomic, ATOMIC"
  })
  void shouldKnowHowAFileSystemRenames(String root, String said, Renaming expected)
      throws IOException {
    var configuration = ObjectStoreFileSystem.configuration("any");
    configuration.set(Renaming.PROPERTY, said);
    assertEquals(expected, new Warehouse(new Path(root), configuration).renaming());
  }

  @Test
  void shouldRefuseToGuessHowAFileSystemRenames() {
    var configuration = ObjectStoreFileSystem.configuration("any");
    configuration.set(Renaming.PROPERTY, "maybe");
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Warehouse(new Path("file:///w"), configuration));
    assertEquals(
        "Cannot read millrace.warehouse.rename: maybe. Expected `atomic`, where a rename of a folder is one step, or `copy`",
        thrown.getMessage());
  }
}
