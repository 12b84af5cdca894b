package io.millrace.warehouse;

import io.millrace.plan.Facts;
import io.millrace.plan.FileRead;
import io.millrace.plan.Manifest;
import io.millrace.plan.PartitionName;
import io.millrace.plan.RawDay;
import io.millrace.plan.Reach;
import io.millrace.plan.StageId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The facts of a warehouse and its raw input, as they were when each was first asked for. Errors of
 * file systems come as {@link UncheckedIOException}. Not thread-safe.
 */
public final class WarehouseFacts implements Facts {
  private static final Logger LOG = LoggerFactory.getLogger(WarehouseFacts.class);
  private static final int THREADS = 16;

  private final Warehouse warehouse;
  private final RawInput rawInput;
  private final Function<LocalDate, String> rawPlace;
  private final Map<PartitionName, Optional<Manifest>> manifests = new HashMap<>();
  private final Map<LocalDate, RawDay> rawDays = new HashMap<>();

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

  /**
   * Reads, several at a time, what is going to be asked for. What cannot be read is an error when
   * it is asked for.
   *
   * @throws IOException where the reading was interrupted
   */
  public void load(Reach reach) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      manifests.putAll(
          each(
              threads,
              reach.partitions(),
              name -> warehouse.manifest(name.dataSet(), name.date())));
      Map<LocalDate, List<FileRead>> known = new HashMap<>();
      reach.rawDates().forEach(date -> known.put(date, filesRead(date)));
      rawDays.putAll(
          each(
              threads,
              known.keySet(),
              date -> rawInput.list(rawPlace.apply(date), known.getOrDefault(date, List.of()))));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading manifests", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private interface Reading<K, V> {
    V of(K key) throws IOException;
  }

  private static <K, V> Map<K, V> each(
      ExecutorService threads, Collection<K> keys, Reading<K, V> reading)
      throws InterruptedException {
    Map<K, Future<V>> futures = new LinkedHashMap<>();
    keys.forEach(key -> futures.put(key, threads.submit(() -> reading.of(key))));
    Map<K, V> values = new HashMap<>();
    for (Map.Entry<K, Future<V>> future : futures.entrySet()) {
      try {
        values.put(future.getKey(), future.getValue().get());
      } catch (ExecutionException e) {
        LOG.debug("Cannot read {} beforehand", future.getKey(), e);
      }
    }
    return values;
  }

  @Override
  public Optional<Manifest> manifest(String dataSet, LocalDate date) {
    return manifests.computeIfAbsent(
        new PartitionName(dataSet, date),
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
      try {
        known = rawInput.list(rawPlace.apply(date), filesRead(date));
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
      rawDays.put(date, known);
    }
    return known;
  }

  private List<FileRead> filesRead(LocalDate date) {
    return manifest(StageId.clean().mainDataSet(), date).map(Manifest::filesRead).orElse(List.of());
  }
}
