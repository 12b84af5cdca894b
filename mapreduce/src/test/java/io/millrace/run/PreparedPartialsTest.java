package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.plan.Alongside;
import io.millrace.plan.Fusion;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanRequest;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.StageId;
import io.millrace.store.ObjectStore;
import io.millrace.store.ObjectStoreFileSystem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of the partials that the job of clean has made, when all goes well and when not:
 * those that are published have the same bytes.
 */
class PreparedPartialsTest {
  private static final LocalDate DATE = LocalDate.of(2026, 1, 1);
  private static final StageId PARTIALS = StageId.partials("customer");
  private static final StageId OTHER = StageId.partials("shop");
  private static final List<Optional<MadeOf>> PREPARED =
      List.of(Optional.of(MadeOf.OUTPUT), Optional.of(MadeOf.COMBINED_STATES));
  private static final List<Optional<MadeOf>> OF_CLEAN =
      List.of(Optional.empty(), Optional.empty());
  private static final String SPEC =
      """
      pipeline: orders
      warehouse: ${warehouse}
      source:
        path: %s/${date}
        schema: row.avsc
        event_time: at
        from: 2026-01-01
      clean:
        rules: {paid: amount > 0}
        deduplicate: {by: [id, customer], keep: latest}
        fail_above: 30%%
      features:
        customer:
          entity: customer
          windows: [1d]
          aggregates: {orders: COUNT(*), spent: SUM(amount)}
        shop:
          entity: shop
          windows: [1d]
          aggregates: {orders: COUNT(*), last: LAST(customer)}
      """;
  private static final String SCHEMA =
      """
      {"type": "record", "name": "Row", "fields": [
        {"name": "id", "type": "string"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "customer", "type": ["null", "string"]},
        {"name": "amount", "type": "double"},
        {"name": "shop", "type": "string"}]}
      """;

  @TempDir java.nio.file.Path home;
  private Workspace workspace;
  private int runs;

  @BeforeEach
  void land() throws IOException {
    Files.writeString(home.resolve("row.avsc"), SCHEMA);
    Files.writeString(home.resolve("pipeline.yaml"), SPEC.formatted(home.resolve("landing")));
    land(20);
    workspace = open(home.resolve("warehouse").toString());
  }

  private void land(int unpaid) throws IOException {
    StringBuilder lines = new StringBuilder("id,at,customer,amount,shop\n");
    for (int i = 0; i < 200; i++) {
      lines.append(
          "%d,2026-01-01T08:%02d:00Z,%s,%d,s%d\n"
              .formatted(
                  i % 180, i % 60, i % 13 == 0 ? "" : "c" + i % 9, i < unpaid ? 0 : i, i % 5));
    }
    java.nio.file.Path folder = Files.createDirectories(home.resolve("landing/" + DATE));
    Files.writeString(folder.resolve("a.csv"), lines);
  }

  private Workspace open(String warehouse) throws IOException {
    Configuration configuration = LocalRuntime.ofThisMachine(home.resolve("tmp"));
    configuration.set("fs.store.impl", ObjectStoreFileSystem.class.getName());
    return Workspace.open(
        home.resolve("pipeline.yaml").toString(), Map.of("warehouse", warehouse), configuration);
  }

  private StageRunner runner(Workspace of, PlanRequest request) throws IOException {
    return new StageRunner(
        of,
        new RunContext(
            "20260102T03000%d000Z-0000000%d".formatted(++runs, runs), "", 1, Duration.ZERO),
        PlanAgain.in(of, request));
  }

  private StageRunner runner() throws IOException {
    return runner(workspace, PlanRequest.of(DATE));
  }

  private static PlannedStage stage(Plan plan, StageId id) {
    return plan.stages().stream()
        .filter(stage -> stage.stage().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** Makes clean, and beside it what is planned. */
  private static Plan makeClean(Workspace of, StageRunner runner) throws Exception {
    Plan plan = of.plan(PlanRequest.of(DATE));
    PlannedStage clean = stage(plan, StageId.clean());
    Alongside made = Fusion.of(plan, of.outline()).madeWith(clean);
    assertEquals(
        new Alongside(Optional.of(stage(plan, PARTIALS)), List.of(stage(plan, OTHER))), made);
    assertTrue(runner.run(clean, made, (maps, reduces) -> {}) instanceof StageOutcome.Made);
    return plan;
  }

  private static StageOutcome make(StageRunner runner, Plan plan, StageId id) throws Exception {
    return runner.run(stage(plan, id), Alongside.nothing(), (maps, reduces) -> {});
  }

  /** Makes the partials of both groups, and says what of. */
  private static List<Optional<MadeOf>> makePartials(StageRunner runner, Plan plan)
      throws Exception {
    List<Optional<MadeOf>> madeOf = new ArrayList<>();
    for (StageId id : List.of(PARTIALS, OTHER)) {
      madeOf.add(((StageOutcome.Made) make(runner, plan, id)).result().madeOf());
    }
    return madeOf;
  }

  /** What the pipeline makes in a warehouse of its own, a job a stage. */
  private SortedMap<String, String> unfused() throws Exception {
    Workspace other = open(home.resolve("other").toString());
    try (StageRunner runner = runner(other, PlanRequest.of(DATE))) {
      Plan plan = other.plan(PlanRequest.of(DATE));
      for (StageId id : List.of(StageId.clean(), PARTIALS, OTHER)) {
        make(runner, plan, id);
      }
    }
    return bytes(other);
  }

  private static SortedMap<String, String> bytes(Workspace of) throws IOException {
    SortedMap<String, String> bytes = new TreeMap<>();
    for (StageId id : List.of(StageId.clean(), PARTIALS, OTHER)) {
      int number = 0;
      for (Path path : of.warehouse().open(id.mainDataSet(), DATE).paths()) {
        try (InputStream in = path.getFileSystem(of.configuration()).open(path)) {
          bytes.put(
              id + " " + number++, new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
        }
      }
    }
    return bytes;
  }

  /** All files of the staging area. */
  private static List<String> staged(Workspace of) throws IOException {
    List<String> found = new ArrayList<>();
    Path root = new Path(of.warehouse().root(), "_staging");
    FileSystem fileSystem = root.getFileSystem(of.configuration());
    if (fileSystem.exists(root)) {
      var files = fileSystem.listFiles(root, true);
      while (files.hasNext()) {
        found.add(files.next().getPath().toString());
      }
    }
    return found;
  }

  private Path prepared(StageId id) {
    return new Path(
        workspace.warehouse().stagingPath("20260102T030001000Z-00000001", id, DATE), "prepared");
  }

  private boolean areBothPrepared() throws IOException {
    FileSystem fileSystem = workspace.warehouse().fileSystem();
    return fileSystem.exists(prepared(PARTIALS)) && fileSystem.exists(prepared(OTHER));
  }

  private void assertAllIsWell() throws Exception {
    assertEquals(unfused(), bytes(workspace));
    assertEquals(List.of(), staged(workspace));
  }

  @Test
  void shouldBeTakenOverByTheStageThatPublishesThem() throws Exception {
    try (StageRunner runner = runner()) {
      Plan plan = makeClean(workspace, runner);
      assertTrue(areBothPrepared());
      assertEquals(PREPARED, makePartials(runner, plan));
    }
    assertAllIsWell();
  }

  @Test
  void shouldBeTakenOverOnAnObjectStore() throws Exception {
    String bucket = "bucket-" + UUID.randomUUID();
    ObjectStore.named(bucket);
    try {
      Workspace stored = open("store://" + bucket + "/warehouse");
      try (StageRunner runner = runner(stored, PlanRequest.of(DATE))) {
        Plan plan = makeClean(stored, runner);
        assertEquals(PREPARED, makePartials(runner, plan));
      }
      assertEquals(unfused(), bytes(stored));
      assertEquals(List.of(), staged(stored));
    } finally {
      ObjectStore.drop(bucket);
    }
  }

  @Test
  void shouldBeDeletedByTheNextRunWhereTheirOwnHasDied() throws Exception {
    // it is never closed, and so never knows that it is over
    StageRunner dead = runner();
    Plan plan = makeClean(workspace, dead);
    assertTrue(areBothPrepared());
    try (StageRunner next = runner()) {
      next.settleLeftovers();
      assertEquals(List.of(), staged(workspace));
      assertEquals(OF_CLEAN, makePartials(next, plan));
    }
    dead.close();
    assertAllIsWell();
  }

  @Test
  void shouldBeDeletedWhereTheRunEndsWithoutTheStage() throws Exception {
    try (StageRunner runner = runner()) {
      makeClean(workspace, runner);
      assertTrue(areBothPrepared());
    }
    assertEquals(List.of(), staged(workspace));
  }

  @Test
  void shouldBeLeftAsideWhereAnotherRunHasMadeCleanAgain() throws Exception {
    try (StageRunner runner = runner();
        StageRunner other = runner(workspace, PlanRequest.of(DATE).forced())) {
      Plan plan = makeClean(workspace, runner);
      make(other, plan, StageId.clean());
      assertTrue(areBothPrepared());
      assertEquals(OF_CLEAN, makePartials(runner, plan));
    }
    assertAllIsWell();
  }

  @Test
  void shouldBeLeftAsideWhereAFileIsMissing() throws Exception {
    try (StageRunner runner = runner()) {
      Plan plan = makeClean(workspace, runner);
      FileSystem fileSystem = workspace.warehouse().fileSystem();
      for (StageId id : List.of(PARTIALS, OTHER)) {
        for (FileStatus file : fileSystem.listStatus(new Path(prepared(id), id.mainDataSet()))) {
          fileSystem.delete(file.getPath(), false);
        }
      }
      assertEquals(OF_CLEAN, makePartials(runner, plan));
    }
    assertAllIsWell();
  }

  @Test
  void shouldBeLeftAsideWhereTheyAreNotDescribed() throws Exception {
    try (StageRunner runner = runner()) {
      Plan plan = makeClean(workspace, runner);
      for (StageId id : List.of(PARTIALS, OTHER)) {
        workspace.warehouse().fileSystem().delete(new Path(prepared(id), "_prepared.json"), false);
      }
      assertEquals(OF_CLEAN, makePartials(runner, plan));
    }
    assertAllIsWell();
  }

  @Test
  void shouldBeReplacedWhereTheSameRunMakesCleanAgain() throws Exception {
    try (StageRunner runner = runner(workspace, PlanRequest.of(DATE).forced())) {
      makeClean(workspace, runner);
      land(19);
      Plan plan = makeClean(workspace, runner);
      assertEquals(PREPARED, makePartials(runner, plan));
    }
    assertAllIsWell();
  }

  @Test
  void shouldBeLeftAsideByASecondTry() throws Exception {
    try (StageRunner runner = runner()) {
      Plan plan = makeClean(workspace, runner);
      FileSystem fileSystem = workspace.warehouse().fileSystem();
      for (FileStatus file :
          fileSystem.listStatus(new Path(prepared(OTHER), OTHER.mainDataSet()))) {
        try (OutputStream out = fileSystem.create(file.getPath(), true)) {
          out.write(new byte[(int) file.getLen()]);
        }
      }
      assertThrows(StageFailedException.class, () -> make(runner, plan, OTHER));
      StageOutcome made = make(runner, plan, OTHER);
      assertEquals(Optional.empty(), ((StageOutcome.Made) made).result().madeOf());
      make(runner, plan, PARTIALS);
    }
    assertAllIsWell();
  }

  @Test
  void shouldNotBePutAwayWhereTooMuchIsQuarantined() throws Exception {
    land(150);
    try (StageRunner runner = runner()) {
      assertThrows(QualityLimitException.class, () -> makeClean(workspace, runner));
      assertEquals(List.of(), staged(workspace));
    }
  }

  @Test
  void shouldNotBeMadeWhereTheInputIsNoLongerWhatWasPlannedWith() throws Exception {
    try (StageRunner runner = runner()) {
      Plan plan = workspace.plan(PlanRequest.of(DATE));
      land(19);
      PlannedStage clean = stage(plan, StageId.clean());
      runner.run(
          clean, Fusion.of(plan, workspace.outline()).madeWith(clean), (maps, reduces) -> {});
      assertEquals(List.of(), staged(workspace));
      assertEquals(OF_CLEAN, makePartials(runner, plan));
    }
    assertAllIsWell();
  }
}
