package io.millrace.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.example.Examples.Example;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ExamplesTest {
  static List<Example> examples() {
    return Examples.all();
  }

  @Test
  void shouldFindExamplesByName() {
    assertEquals("card-fraud", Examples.named("card-fraud").orElseThrow().name());
    assertEquals(Optional.empty(), Examples.named("cardfraud"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldCarryEveryFile(Example example) throws IOException {
    assertEquals("pipeline.yaml", example.files().get(0));
    for (String file : example.files()) {
      assertTrue(read(example, file).length() > 500, file);
    }
  }

  @Test
  void shouldSayWhichFileIsMissing() {
    Example example = Examples.named("online-retail").orElseThrow();
    FileNotFoundException thrown =
        assertThrows(FileNotFoundException.class, () -> example.open("pipelines.yaml"));
    assertEquals(
        "Cannot open example file: examples/online-retail/pipelines.yaml. The example has"
            + " [pipeline.yaml, line_item.avsc, README.md, tests/customers.test.yaml]",
        thrown.getMessage());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldDocumentEveryFieldOfItsSchema(Example example) throws IOException {
    Map<?, ?> source = (Map<?, ?>) spec(example).get("source");
    Schema schema = new Schema.Parser().parse(read(example, (String) source.get("schema")));

    assertTrue(schema.getDoc().endsWith("."), schema.getDoc());
    for (Schema.Field field : schema.getFields()) {
      assertTrue(field.doc() != null && field.doc().endsWith("."), field.name());
    }
  }

  @Test
  void shouldGenerateTheColumnsOfTheCardFraudSchema() throws IOException {
    Schema schema =
        new Schema.Parser()
            .parse(read(Examples.named("card-fraud").orElseThrow(), "transaction.avsc"));
    LandingFolder folder = new LandingFolder();
    LocalDate date = LocalDate.parse("2026-01-01");
    new CardFraudGenerator(CardFraudSettings.of(date, 1).withTransactions(1)).generate(folder);
    String file =
        new String(folder.content("dt=2026-01-01/part-0003.csv.gz"), StandardCharsets.UTF_8);

    List<String> columns = schema.getFields().stream().map(Schema.Field::name).toList();
    assertEquals(String.join(",", columns), file.lines().findFirst().orElseThrow());
  }

  @Test
  void shouldComputeTheFeaturesThatTheScorecardTakes() throws IOException {
    Map<?, ?> spec = spec(Examples.named("card-fraud").orElseThrow());
    Map<?, ?> card = (Map<?, ?>) ((Map<?, ?>) spec.get("features")).get("card");
    Map<?, ?> aggregates = (Map<?, ?>) card.get("aggregates");
    Set<String> features = new HashSet<>();
    for (Object aggregate : aggregates.keySet()) {
      for (Object window : (List<?>) card.get("windows")) {
        features.add("card_" + aggregate + "_" + window);
      }
    }
    Map<?, ?> score = (Map<?, ?>) spec.get("score");

    assertTrue(features.containsAll(Scorecard.inputs()), features.toString());
    assertEquals(Scorecard.OUTPUT, score.get("output"));
    assertEquals("${landing}/" + CardFraudGenerator.SCORECARD_PATH, score.get("model"));
  }

  @Test
  void shouldTellTheCountsThatTheDefaultSettingsGive() throws IOException {
    String readme = read(Examples.named("card-fraud").orElseThrow(), "README.md");
    CardFraudSettings settings = CardFraudSettings.of(LocalDate.parse("2026-01-01"), 3);
    boolean initialLoad = true;
    for (DefectCounts day : new CardFraudGenerator(settings).generate(new LandingFolder())) {
      String row =
          String.format(
              Locale.ROOT,
              "| %s | %,d | %,d | %,d | %,d |",
              day.date(),
              day.lines(),
              day.kept(initialLoad),
              day.duplicates(),
              day.quarantined(initialLoad));
      assertTrue(readme.contains(row), row);
      initialLoad = false;
    }
  }

  private static Map<?, ?> spec(Example example) throws IOException {
    LoadSettings settings = LoadSettings.builder().build();
    return (Map<?, ?>) new Load(settings).loadFromString(read(example, "pipeline.yaml"));
  }

  private static String read(Example example, String file) throws IOException {
    try (InputStream in = example.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
