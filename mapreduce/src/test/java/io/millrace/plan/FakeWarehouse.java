package io.millrace.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A warehouse in memory that carries plans out by writing manifests. */
final class FakeWarehouse {
  /** The length of each partition. */
  static final long BYTES = 50;

  private final Map<String, Manifest> manifests = new HashMap<>();
  private final Map<LocalDate, RawDay> rawDays = new HashMap<>();
  private int runs;

  /** Columns of raw files that clean did not read. */
  List<String> ignoredColumns = List.of();

  static RawFile file(String name, long crc32c) {
    return new RawFile(name, 100, 1_000, crc32c, "file:/landing/" + name);
  }

  void land(LocalDate date, RawFile... files) {
    rawDays.put(date, new RawDay(true, Arrays.asList(files)));
  }

  void landEach(LocalDate first, LocalDate last) {
    for (LocalDate date : first.datesUntil(last.plusDays(1)).toList()) {
      land(date, file("part-1.csv", date.toEpochDay()));
    }
  }

  void removeRaw(LocalDate date) {
    rawDays.remove(date);
  }

  void remove(String dataSet, LocalDate date) {
    manifests.remove(name(dataSet, date));
  }

  Manifest manifest(String dataSet, LocalDate date) {
    return manifests.get(name(dataSet, date));
  }

  void put(Manifest manifest) {
    manifests.put(name(manifest.dataSet(), manifest.date()), manifest);
  }

  /** Plans with facts that may be asked for once each. */
  Plan plan(CardPipeline pipeline, PlanRequest request) {
    return plan(pipeline.outline(), request);
  }

  Plan plan(PipelineOutline pipeline, PlanRequest request) {
    return Planner.plan(pipeline, request, new StrictFacts());
  }

  /** How it stands, with facts that may be asked for once each. */
  StatusGrid status(CardPipeline pipeline, LocalDate first, LocalDate last) {
    return status(pipeline.outline(), first, last);
  }

  StatusGrid status(PipelineOutline pipeline, LocalDate first, LocalDate last) {
    return StatusGrid.of(pipeline, first, last, new StrictFacts());
  }

  /** What makes a range of dates. */
  List<PlanRequest> mending(CardPipeline pipeline, LocalDate first, LocalDate last) {
    return Mending.of(pipeline.outline(), status(pipeline, first, last), lenientFacts());
  }

  /** What the way from one spec to another means. */
  SpecChange change(CardPipeline before, CardPipeline now, LocalDate first, LocalDate last) {
    return SpecChange.of(before.outline(), now.outline(), first, last, lenientFacts());
  }

  /** Facts that may be asked for again. */
  private Facts lenientFacts() {
    return new Facts() {
      @Override
      public Optional<Manifest> manifest(String dataSet, LocalDate date) {
        return Optional.ofNullable(FakeWarehouse.this.manifest(dataSet, date));
      }

      @Override
      public RawDay raw(LocalDate date) {
        return rawDays.getOrDefault(date, RawDay.absent());
      }
    };
  }

  /** Plans, and carries out all that can run. */
  Plan run(CardPipeline pipeline, PlanRequest request) {
    return run(pipeline.outline(), pipeline.joinMemory, request);
  }

  /** Plans, and carries out all that can run; features fit into the memory of a join. */
  Plan run(PipelineOutline pipeline, PlanRequest request) {
    return run(pipeline, BYTES, request);
  }

  private Plan run(PipelineOutline pipeline, long joinMemory, PlanRequest request) {
    Plan plan = plan(pipeline, request);
    String run = "run-" + ++runs;
    for (PlannedStage stage : plan.toRun()) {
      if (stage.decision() instanceof Decision.Open && joinMemory >= BYTES) {
        continue;
      }
      List<PartitionRead> read = new ArrayList<>();
      for (PlannedInput input : stage.inputs()) {
        Manifest manifest = manifest(input.dataSet(), input.date());
        read.add(
            new PartitionRead(input.dataSet(), input.date(), input.fingerprint(), manifest.run()));
      }
      for (String dataSet : stage.outputs()) {
        PartitionContent content =
            new PartitionContent(
                dataSet,
                List.of(new DataFile("part-r-00000.avro", BYTES, 5, 1)),
                "0123456789abcdef",
                null,
                new TreeMap<>(),
                List.of(),
                ignoredColumns);
        put(stage.manifest(run, content, read, Instant.EPOCH));
      }
    }
    return plan;
  }

  private static String name(String dataSet, LocalDate date) {
    return dataSet + "/dt=" + date;
  }

  private final class StrictFacts implements Facts {
    private final Set<String> asked = new HashSet<>();

    @Override
    public Optional<Manifest> manifest(String dataSet, LocalDate date) {
      askOnce(name(dataSet, date));
      return Optional.ofNullable(manifests.get(name(dataSet, date)));
    }

    @Override
    public RawDay raw(LocalDate date) {
      askOnce(name("raw", date));
      return rawDays.getOrDefault(date, RawDay.absent());
    }

    private void askOnce(String question) {
      if (!asked.add(question)) {
        throw new AssertionError("asked twice: " + question);
      }
    }
  }
}
