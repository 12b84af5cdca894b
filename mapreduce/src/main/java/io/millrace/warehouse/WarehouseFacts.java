package io.millrace.warehouse;

import io.millrace.plan.Facts;
import io.millrace.plan.FileRead;
import io.millrace.plan.Manifest;
import io.millrace.plan.RawDay;
import io.millrace.plan.StageId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The facts of a warehouse and its raw input, as they were when each was first asked for. Errors of
 * file systems come as {@link UncheckedIOException}. Not thread-safe.
 */
public final class WarehouseFacts implements Facts {
  private final Warehouse warehouse;
  private final RawInput rawInput;
  private final Function<LocalDate, String> rawPlace;
  private final Map<Key, Optional<Manifest>> manifests = new HashMap<>();
  private final Map<LocalDate, RawDay> rawDays = new HashMap<>();

  private record Key(String dataSet, LocalDate date) {}

  /**
   * Facts about the present.
   *
   * @param rawPlace the path of a date's raw input
   */
  public WarehouseFacts(
      Warehouse warehouse, RawInput rawInput, Function<LocalDate, String> rawPlace) {
    this.warehouse = warehouse;
    this.rawInput = rawInput;
    this.rawPlace = rawPlace;
  }

  @Override
  public Optional<Manifest> manifest(String dataSet, LocalDate date) {
    return manifests.computeIfAbsent(
        new Key(dataSet, date),
        key -> {
          try {
            return warehouse.manifest(dataSet, date);
          } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
          }
        });
  }

  @Override
  public RawDay raw(LocalDate date) {
    RawDay known = rawDays.get(date);
    if (known == null) {
      List<FileRead> read =
          manifest(StageId.clean().mainDataSet(), date).map(Manifest::filesRead).orElse(List.of());
      try {
        known = rawInput.list(rawPlace.apply(date), read);
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
      rawDays.put(date, known);
    }
    return known;
  }
}
