package io.millrace.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.model.card.ModelCard;
import io.millrace.model.card.ModelCardCodec;
import io.millrace.model.card.ModelCards;
import io.millrace.model.card.ModelVersion;
import io.millrace.model.card.ModelVersions.Choice;
import io.millrace.model.card.Production;
import io.millrace.store.ObjectStore;
import io.millrace.store.ObjectStoreFileSystem;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelRegistryTest {
  private static final ModelVersion FIRST = ModelVersion.parse("2026-11-15-1");
  private static final ModelVersion SECOND = ModelVersion.parse("2026-11-15-2");
  private static final byte[] ONNX = "a model".getBytes(UTF_8);
  private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir java.nio.file.Path folder;
  private final String bucket = "bucket-" + UUID.randomUUID();

  /** Where folders are renamed in one step, and where they are not. */
  enum Place {
    LOCAL,
    STORE
  }

  @AfterEach
  void dropStore() {
    ObjectStore.drop(bucket);
  }

  private Warehouse warehouse(Place place) throws IOException {
    return switch (place) {
      case LOCAL -> new Warehouse(new Path(folder.toUri()), QuickLocalFs.configuration());
      case STORE ->
          new Warehouse(
              new Path("store://" + bucket + "/warehouse"),
              ObjectStoreFileSystem.configuration("test"));
    };
  }

  private static ModelCard card(double auc) {
    return ModelCards.fraud(ModelVersion.parse("2026-11-15-7"), auc, "hash of " + auc);
  }

  private static Path work(Warehouse warehouse, String run) throws IOException {
    Path staging = new Path(warehouse.root(), "_staging/" + run);
    new WarehouseFiles(warehouse).makeFolders(staging);
    return new Path(staging, "model");
  }

  private static ModelVersion register(Warehouse warehouse, ModelCard card) throws IOException {
    return new ModelRegistry(warehouse).register(card, ONNX, work(warehouse, "run-1"));
  }

  @ParameterizedTest
  @EnumSource
  void shouldShowARegisteredModelAsItIs(Place place) throws IOException {
    Warehouse warehouse = warehouse(place);
    ModelRegistry registry = new ModelRegistry(warehouse);
    assertEquals(List.of(), registry.names());
    assertEquals(Optional.empty(), registry.card("fraud", FIRST));

    assertEquals(FIRST, register(warehouse, card(0.85)));

    assertEquals(List.of("fraud"), registry.names());
    assertEquals(Optional.of(card(0.85).as(FIRST)), registry.card("fraud", FIRST));
    try (InputStream in = warehouse.fileSystem().open(registry.onnx("fraud", FIRST))) {
      assertArrayEquals(ONNX, in.readAllBytes());
    }
    assertEquals(
        List.of("model.json", "model.onnx"),
        new WarehouseFiles(warehouse)
            .names(new Path(warehouse.root(), "models/fraud/v=2026-11-15-1")).stream()
                .sorted()
                .toList());
  }

  @ParameterizedTest
  @EnumSource
  void shouldFindAnEqualVersionAgainAndNumberOthers(Place place) throws IOException {
    Warehouse warehouse = warehouse(place);
    assertEquals(FIRST, register(warehouse, card(0.85)));
    assertEquals(SECOND, register(warehouse, card(0.86)));
    assertEquals(FIRST, register(warehouse, card(0.85)));
    assertEquals(SECOND, register(warehouse, card(0.86)));
    assertEquals(List.of(), new WarehouseFiles(warehouse).names(work(warehouse, "run-1")));
  }

  @ParameterizedTest
  @EnumSource
  void shouldFindAModelAgainThatWasComparedWithAnother(Place place) throws IOException {
    Warehouse warehouse = warehouse(place);
    ModelCard first = ModelCards.fraud(FIRST, 0.85, "a hash");
    assertEquals(FIRST, register(warehouse, first));
    assertEquals(FIRST, register(warehouse, ModelCards.fraud(FIRST, 0.86, "a hash")));
    assertEquals(Optional.of(first), new ModelRegistry(warehouse).card("fraud", FIRST));
  }

  @ParameterizedTest
  @EnumSource
  void shouldGiveRivalsAVersionEach(Place place) throws Exception {
    RivalModels.register(() -> warehouse(place));
  }

  @ParameterizedTest
  @EnumSource
  void shouldChooseAmongTheVersionsThatStand(Place place) throws IOException {
    Warehouse warehouse = warehouse(place);
    ModelRegistry registry = new ModelRegistry(warehouse);
    LocalDate date = LocalDate.of(2026, 11, 16);
    register(warehouse, card(0.85));
    register(warehouse, card(0.5)); // not accepted
    assertEquals(new Choice.Chosen(FIRST, false), registry.versions("fraud").chosenFor(date));
    registry.decide("fraud", versions -> versions.promote(Optional.of(SECOND), "ada", AT));
    assertEquals(new Choice.Chosen(SECOND, true), registry.versions("fraud").chosenFor(date));
    registry.decide("fraud", versions -> versions.rollback("bob", AT));
    assertEquals(new Choice.Chosen(FIRST, false), registry.versions("fraud").chosenFor(date));
    assertEquals(
        List.of(
            new Production(Production.Action.PROMOTE, SECOND, null, "ada", AT),
            new Production(Production.Action.ROLLBACK, null, SECOND, "bob", AT)),
        registry.decisions("fraud"));
  }

  @ParameterizedTest
  @EnumSource
  void shouldLoseNoDecisionOfSeveralAtOnce(Place place) throws Exception {
    RivalModels.decide(() -> warehouse(place));
  }

  @ParameterizedTest
  @EnumSource
  void shouldPassOverWhatADeadRunHasLeft(Place place) throws IOException {
    Warehouse warehouse = warehouse(place);
    WarehouseFiles files = new WarehouseFiles(warehouse);
    ModelRegistry registry = new ModelRegistry(warehouse);
    // a decision that was begun, a folder of somebody else
    files.makeFolders(new Path(warehouse.root(), "models/fraud/production"));
    files.write(
        new Path(warehouse.root(), "models/fraud/production/1.json"), out -> out.write('{'));
    files.makeFolders(new Path(warehouse.root(), "models/fraud/v=newest"));
    register(warehouse, card(0.85));
    assertEquals(Optional.of(FIRST), registry.versions("fraud").inProduction().found());
    registry.decide("fraud", versions -> versions.promote(Optional.of(FIRST), "ada", AT));
    assertEquals(1, registry.decisions("fraud").size());
    assertEquals(new Choice.Chosen(FIRST, true), registry.versions("fraud").inProduction());
  }

  @ParameterizedTest
  @EnumSource(names = "STORE")
  void shouldTakeOnTheModelOfADeadRunWhereItIsTheSame(Place place) throws IOException {
    Warehouse warehouse = warehouse(place);
    WarehouseFiles files = new WarehouseFiles(warehouse);
    Path begun = new Path(warehouse.root(), "models/fraud/v=2026-11-15-1");
    files.put(new Path(begun, "model.onnx"), out -> out.write("another".getBytes(UTF_8)));
    assertEquals(false, new ModelRegistry(warehouse).versions("fraud").has(FIRST));
    assertEquals(SECOND, register(warehouse, card(0.85)));
    files.put(new Path(begun, "model.onnx"), out -> out.write(ONNX));
    assertEquals(FIRST, register(warehouse, card(0.86)));
  }

  @ParameterizedTest
  @EnumSource(names = "LOCAL")
  void shouldNeitherNestNorOverwrite(Place place) throws IOException {
    Warehouse warehouse = warehouse(place);
    WarehouseFiles files = new WarehouseFiles(warehouse);
    Path taken = new Path(warehouse.root(), "models/fraud/v=2026-11-15-1");
    files.makeFolders(new Path(taken, "of somebody else"));
    assertEquals(SECOND, register(warehouse, card(0.85)));
    assertEquals(List.of("of somebody else"), files.names(taken));
  }

  @ParameterizedTest
  @EnumSource
  void shouldSayWhichCardCannotBeRead(Place place) throws IOException {
    Warehouse warehouse = warehouse(place);
    register(warehouse, card(0.85));
    Path file = new Path(warehouse.root(), "models/fraud/v=2026-11-15-1/model.json");
    byte[] json = ModelCardCodec.encode(card(0.85));
    try (var out = warehouse.fileSystem().create(file, true)) {
      out.write(json, 0, json.length / 2);
    }
    String message =
        assertThrows(IOException.class, () -> new ModelRegistry(warehouse).card("fraud", FIRST))
            .getMessage();
    assertEquals("Cannot read the model card " + file, message.split(": ", -1)[0]);
  }
}
