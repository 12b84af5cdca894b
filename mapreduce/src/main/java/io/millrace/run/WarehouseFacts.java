package io.millrace.run;

import io.millrace.plan.Facts;
import io.millrace.plan.FileRead;
import io.millrace.plan.Manifest;
import io.millrace.plan.RawDay;
import io.millrace.plan.StageId;
import io.millrace.spec.DatePattern;
import io.millrace.warehouse.RawInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the warehouse and the input hold, each asked for once. Not thread-safe. */
final class WarehouseFacts implements Facts {
  private record PartitionKey(String dataSet, LocalDate date) {}

  private final Workspace workspace;
  private final RawInput rawInput;
  private final DatePattern rawPath;
  private final Map<PartitionKey, Optional<Manifest>> manifests = new HashMap<>();
  private final Map<LocalDate, RawDay> rawDays = new HashMap<>();

  WarehouseFacts(Workspace workspace) {
    this.workspace = workspace;
    rawInput = new RawInput(workspace.configuration());
    rawPath = DatePattern.of(workspace.pipeline().spec().source().path().value());
  }

  @Override
  public Optional<Manifest> manifest(String dataSet, LocalDate date) {
    return manifests.computeIfAbsent(new PartitionKey(dataSet, date), this::readManifest);
  }

  @Override
  public RawDay raw(LocalDate date) {
    return rawDays.computeIfAbsent(date, this::listRaw);
  }

  private Optional<Manifest> readManifest(PartitionKey key) {
    try {
      return workspace.warehouse().manifest(key.dataSet(), key.date());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RawDay listRaw(LocalDate date) {
    List<FileRead> known =
        manifest(StageId.clean().mainDataSet(), date).map(Manifest::filesRead).orElse(List.of());
    try {
      return rawInput.list(rawPath.expand(date), known);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
