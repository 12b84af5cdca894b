package io.millrace.warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.model.card.ModelCard;
import io.millrace.model.card.ModelCards;
import io.millrace.model.card.ModelVersion;
import io.millrace.model.card.Production;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.fs.Path;

/** Several who work on one model at once, each with a warehouse of its own over the same files. */
final class RivalModels {
  private static final int RIVALS = 8;
  private static final ModelVersion FIRST = ModelVersion.parse("2026-11-15-1");

  private RivalModels() {}

  /** Each registers a model; two of them the same. */
  static void register(Callable<Warehouse> warehouses) throws Exception {
    List<ModelVersion> found =
        atOnce(
            rival -> {
              Warehouse own = warehouses.call();
              Path staging = new Path(own.root(), "_staging/run-" + rival);
              new WarehouseFiles(own).makeFolders(staging);
              return new ModelRegistry(own)
                  .register(card(rival), onnx(rival), new Path(staging, "model"));
            });
    ModelRegistry registry = new ModelRegistry(warehouses.call());
    for (int rival = 0; rival < RIVALS; rival++) {
      ModelVersion version = found.get(rival);
      assertEquals(Optional.of(card(rival).as(version)), registry.card("fraud", version));
    }
    TreeSet<ModelVersion> versions = new TreeSet<>(found);
    assertEquals(RIVALS / 2, versions.size());
    assertEquals(RIVALS / 2, versions.last().number());
  }

  private static ModelCard card(int rival) {
    return ModelCards.fraud(FIRST, 0.8 + Math.floorDiv(rival, 2), "hash of " + rival / 2);
  }

  private static byte[] onnx(int rival) {
    return ("model " + rival / 2).getBytes(StandardCharsets.UTF_8);
  }

  /** Each decides for another version. */
  static void decide(Callable<Warehouse> warehouses) throws Exception {
    atOnce(
        rival ->
            new ModelRegistry(warehouses.call())
                .decide(
                    "fraud",
                    versions ->
                        versions.promote(
                            Optional.of(new ModelVersion(FIRST.date(), rival + 1)),
                            "ada",
                            Instant.EPOCH)));
    List<Production> decisions = new ModelRegistry(warehouses.call()).decisions("fraud");
    assertEquals(RIVALS, decisions.size());
    assertEquals(
        RIVALS,
        decisions.stream().map(Production::version).filter(Objects::nonNull).distinct().count());
    for (int i = 1; i < RIVALS; i++) {
      assertEquals(decisions.get(i - 1).version(), decisions.get(i).before());
    }
  }

  private interface Act<T> {
    T of(int rival) throws Exception;
  }

  private static <T> List<T> atOnce(Act<T> act) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(RIVALS);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int rival = 0; rival < RIVALS; rival++) {
        int number = rival;
        futures.add(threads.submit(() -> act.of(number)));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
