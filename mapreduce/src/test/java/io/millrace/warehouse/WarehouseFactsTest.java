package io.millrace.warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.plan.Decision;
import io.millrace.plan.Definition;
import io.millrace.plan.Manifest;
import io.millrace.plan.PartitionContent;
import io.millrace.plan.PipelineOutline;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanRequest;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.Planner;
import io.millrace.plan.StageId;
import io.millrace.plan.StageInput;
import io.millrace.plan.StageOutline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehouseFactsTest {
  private static final LocalDate DATE = LocalDate.of(2026, 11, 1);
  private static final StageId CLEAN = StageId.clean();

  @TempDir java.nio.file.Path folder;
  private final Configuration configuration = QuickLocalFs.configuration();
  private Warehouse warehouse;

  @BeforeEach
  void land() throws IOException {
    warehouse = new Warehouse(new Path(folder.resolve("warehouse").toUri()), configuration);
    write("part-1.csv", "a");
  }

  @Test
  void shouldFindUpToDateWhatWasPublished() throws IOException {
    assertEquals("not made yet", reason());
    publish();
    assertEquals(new Decision.UpToDate(), decision());
  }

  @Test
  void shouldFindAFileThatChanged() throws IOException {
    publish();
    write("part-1.csv", "b");
    assertEquals("stale: raw/part-1.csv changed", reason());
  }

  @Test
  void shouldNotMindAFileThatWasTouched() throws IOException {
    publish();
    Files.setLastModifiedTime(
        folder.resolve("landing/dt=2026-11-01/part-1.csv"), FileTime.fromMillis(1000));
    assertEquals(new Decision.UpToDate(), decision());
  }

  @Test
  void shouldKeepWhatWasMadeFromFilesThatAreGone() throws IOException {
    publish();
    Files.delete(folder.resolve("landing/dt=2026-11-01/part-1.csv"));
    assertEquals(new Decision.UpToDateSourceGone(List.of()), decision());
  }

  @Test
  void shouldPassOnErrorsOfTheFileSystem() {
    WarehouseFacts facts =
        new WarehouseFacts(
            warehouse, new RawInput(configuration), date -> "nowhere://host/dt=" + date);
    UncheckedIOException error = assertThrows(UncheckedIOException.class, () -> facts.raw(DATE));
    assertEquals(
        "Cannot read raw input nowhere://host/dt=2026-11-01:"
            + " No FileSystem for scheme \"nowhere\"",
        error.getMessage());
  }

  private String reason() {
    return ((Decision.Run) decision()).why().toString();
  }

  private Decision decision() {
    return plan().stages().get(0).decision();
  }

  private Plan plan() {
    StageOutline clean =
        new StageOutline(
            CLEAN,
            1,
            Definition.of(Map.of("rules.r", "a > 0")),
            new TreeMap<>(),
            new StageInput.Raw());
    WarehouseFacts facts =
        new WarehouseFacts(
            warehouse, new RawInput(configuration), date -> folder + "/landing/dt=" + date);
    PipelineOutline pipeline = new PipelineOutline("p", DATE, false, List.of(clean));
    return Planner.plan(pipeline, PlanRequest.of(DATE), facts);
  }

  private void publish() throws IOException {
    PlannedStage planned = plan().toRun().get(0);
    Committer committer = StagedWork.onlyLiving(warehouse, "run-1", step -> {});
    Staging staging = StagedWork.begin(committer, new Unit(CLEAN, DATE));
    List<Manifest> manifests = new ArrayList<>();
    for (String dataSet : planned.outputs()) {
      PartitionContent content =
          new PartitionContent(
              dataSet, List.of(), "0123456789abcdef", null, new TreeMap<>(), List.of(), null);
      manifests.add(planned.manifest("run-1", content, List.of(), Instant.now()));
    }
    committer.publish(staging, manifests);
  }

  private void write(String name, String text) throws IOException {
    java.nio.file.Path file = folder.resolve("landing/dt=2026-11-01").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    // two writes within a tick of the file system's clock would look alike
    Files.setLastModifiedTime(file, FileTime.fromMillis(text.charAt(0) * 1_000_000L));
  }
}
