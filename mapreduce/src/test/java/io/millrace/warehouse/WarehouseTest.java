package io.millrace.warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.plan.DataFile;
import io.millrace.plan.FileRead;
import io.millrace.plan.Manifest;
import io.millrace.plan.PartitionRead;
import io.millrace.plan.RecordedDefinition;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarehouseTest {
  private static final LocalDate DATE = LocalDate.of(2026, 11, 1);
  private static final String JSON =
      """
      {
        "format" : 1,
        "run" : "20261101T021500000Z-4f2a",
        "stage" : "partials/card",
        "date" : "2026-11-01",
        "dataSet" : "partials/card",
        "fingerprint" : "aa",
        "rowsFingerprint" : "bb",
        "columnFingerprints" : {
          "amount_mean" : "cc"
        },
        "definition" : {
          "version" : 3,
          "rows" : {
            "features.card.entity" : "card_id"
          },
          "columns" : {
            "amount_mean" : {
              "aggregates.amount_mean" : "AVG(amount)"
            }
          },
          "external" : {
            "model" : "dd"
          }
        },
        "filesRead" : [ {
          "name" : "part 1.csv",
          "length" : 10,
          "modifiedMillis" : 1793491200000,
          "crc32c" : 4294967295
        } ],
        "partitionsRead" : [ {
          "dataSet" : "clean",
          "date" : "2026-11-01",
          "fingerprint" : "ee",
          "run" : "20261101T021400000Z-4f2a"
        } ],
        "files" : [ {
          "name" : "part-r-00001.avro",
          "length" : 20,
          "records" : 2,
          "crc32c" : 7
        }, {
          "name" : "part-r-00000.avro",
          "length" : 30,
          "records" : 3,
          "crc32c" : 8
        } ],
        "schemaFingerprint" : "0123456789abcdef",
        "buckets" : 2,
        "counts" : {
          "kept" : 5,
          "read" : 6
        },
        "notes" : [ "a note" ],
        "ignoredColumns" : [ "merchant" ],
        "created" : "2026-11-01T02:15:00.123Z"
      }
      """;

  @TempDir java.nio.file.Path folder;
  private Warehouse warehouse;

  @BeforeEach
  void makeWarehouse() throws IOException {
    warehouse =
        new Warehouse(new Path(folder.resolve("ware house").toUri()), QuickLocalFs.configuration());
  }

  @Test
  void shouldReadManifestsAsTheyAreDescribed() throws IOException {
    put("partials/card", "dt=2026-11-01", JSON);
    assertEquals(Optional.of(manifest()), warehouse.manifest("partials/card", DATE));
  }

  @Test
  void shouldWriteManifestsAsTheyAreDescribed() throws IOException {
    java.nio.file.Path file = folder.resolve("manifest");
    try (var out = Files.newOutputStream(file)) {
      ManifestCodec.write(manifest(), out);
    }
    assertEquals(JSON.strip(), Files.readString(file));
  }

  @Test
  void shouldPassOverFieldsOfLaterVersions() throws IOException {
    put("clean", "dt=2026-11-01", JSON.replace("\"run\" :", "\"later\" : {\"a\": 1}, \"run\" :"));
    assertEquals(Optional.of(manifest()), warehouse.manifest("clean", DATE));
  }

  @Test
  void shouldGiveTheFilesInTheOrderOfTheManifest() throws IOException {
    put("partials/card", "dt=2026-11-01", JSON);
    Partition partition = warehouse.open("partials/card", DATE);
    assertEquals(
        List.of("part-r-00001.avro", "part-r-00000.avro"),
        partition.paths().stream().map(Path::getName).toList());
    assertEquals(
        new Path(warehouse.root(), "partials/card/dt=2026-11-01"),
        partition.paths().get(0).getParent());
    assertEquals(50, partition.manifest().bytes());
    assertEquals(5, partition.manifest().records());
  }

  @Test
  void shouldSayWhichPartitionIsMissing() throws IOException {
    assertEquals(Optional.empty(), warehouse.manifest("clean", DATE));
    FileNotFoundException error =
        assertThrows(FileNotFoundException.class, () -> warehouse.open("clean", DATE));
    assertEquals(
        "Cannot read clean/dt=2026-11-01: there is no "
            + new Path(warehouse.root(), "clean/dt=2026-11-01/_SUCCESS"),
        error.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | it is empty",
        "{\"format\": 1, | Unexpected end-of-input",
        "{\"format\": 1} | run is missing",
        "{\"format\": 2} | it has format 2, this version of Millrace knows formats up to 1",
        "[] | it is no JSON object"
      })
  void shouldNameTheManifestThatCannotBeRead(String json, String cause) throws IOException {
    put("clean", "dt=2026-11-01", json);
    IOException error = assertThrows(IOException.class, () -> warehouse.manifest("clean", DATE));
    String file = new Path(warehouse.root(), "clean/dt=2026-11-01/_SUCCESS").toString();
    assertTrue(
        error.getMessage().startsWith("Cannot read manifest " + file + ": " + cause),
        error.getMessage());
  }

  @Test
  void shouldListTheDatesOfADataSet() throws IOException {
    assertEquals(List.of(), warehouse.dates("clean"));
    for (String name : List.of("dt=2026-11-02", "dt=2026-10-31", "dt=__HIVE__", "other")) {
      put("clean", name, JSON);
    }
    assertEquals(
        List.of(LocalDate.of(2026, 10, 31), LocalDate.of(2026, 11, 2)), warehouse.dates("clean"));
  }

  private static Manifest manifest() {
    return new Manifest(
        1,
        "20261101T021500000Z-4f2a",
        "partials/card",
        DATE,
        "partials/card",
        "aa",
        "bb",
        new TreeMap<>(Map.of("amount_mean", "cc")),
        new RecordedDefinition(
            3,
            new TreeMap<>(Map.of("features.card.entity", "card_id")),
            new TreeMap<>(
                Map.of(
                    "amount_mean", new TreeMap<>(Map.of("aggregates.amount_mean", "AVG(amount)")))),
            new TreeMap<>(Map.of("model", "dd"))),
        List.of(new FileRead("part 1.csv", 10, 1793491200000L, 0xFFFFFFFFL)),
        List.of(new PartitionRead("clean", DATE, "ee", "20261101T021400000Z-4f2a")),
        List.of(
            new DataFile("part-r-00001.avro", 20, 2, 7),
            new DataFile("part-r-00000.avro", 30, 3, 8)),
        "0123456789abcdef",
        2,
        new TreeMap<>(Map.of("read", 6L, "kept", 5L)),
        List.of("a note"),
        List.of("merchant"),
        Instant.parse("2026-11-01T02:15:00.123Z"));
  }

  private void put(String dataSet, String partition, String json) throws IOException {
    java.nio.file.Path place = folder.resolve("ware house").resolve(dataSet).resolve(partition);
    Files.createDirectories(place);
    Files.writeString(place.resolve("_SUCCESS"), json, StandardCharsets.UTF_8);
  }
}
