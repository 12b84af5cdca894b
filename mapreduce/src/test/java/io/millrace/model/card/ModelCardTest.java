package io.millrace.model.card;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.model.ModelSignature;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCardTest {
  private static final ModelVersion VERSION = ModelVersion.parse("2026-11-15-1");
  private static final ModelCard CARD = ModelCards.fraud(VERSION, 0.85, "ef".repeat(32));

  @Test
  void shouldHaveTheSameTextOnEveryMachine() throws IOException {
    try (var golden = ModelCardTest.class.getResourceAsStream("model.json")) {
      assertEquals(
          new String(golden.readAllBytes(), UTF_8), new String(ModelCardCodec.encode(CARD), UTF_8));
    }
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {0.1, 1e-300, 4.9e-324, 1 / 3d, -0.0, Double.NaN, Double.POSITIVE_INFINITY})
  void shouldReadNumbersAsTheyWere(double number) throws IOException {
    ModelCard card = ModelCards.fraud(VERSION, number, "00");
    assertEquals(card, ModelCardCodec.decode(ModelCardCodec.encode(card), "model.json"));
  }

  @Test
  void shouldPassOverFieldsOfLaterVersions() throws IOException {
    String json = new String(ModelCardCodec.encode(CARD), UTF_8);
    String later = json.replaceFirst("\\{", "{\"of later\": {\"a\": 1},");
    assertEquals(CARD, ModelCardCodec.decode(later.getBytes(UTF_8), "model.json"));
  }

  @Test
  void shouldSayWhatIsWrongWithAFile() {
    assertEquals(
        "Cannot read the model card m/model.json: it has format 2, this version of Millrace knows formats up to 1",
        failure(
            new String(ModelCardCodec.encode(CARD), UTF_8)
                .replace(": 1,\n  \"name\"", ": 2,\n  \"name\"")));
    assertEquals("Cannot read the model card m/model.json: it is no JSON object", failure("7"));
    assertEquals(
        "Cannot read the model card m/model.json: fit is missing",
        failure(new String(ModelCardCodec.encode(CARD), UTF_8).replace("\"fit\"", "\"misfit\"")));
  }

  private static String failure(String json) {
    return assertThrows(
            IOException.class, () -> ModelCardCodec.decode(json.getBytes(UTF_8), "m/model.json"))
        .getMessage();
  }

  @Test
  void shouldBeAcceptedWhereAllConditionsAreMet() {
    assertTrue(CARD.isAccepted());
    assertFalse(ModelCards.fraud(VERSION, 0.79, "00").isAccepted());
  }

  @Test
  void shouldGiveTheMetricsOfAModelOnASplit() {
    assertEquals(
        List.of(0.85),
        CARD.metrics("candidate", "test").stream().map(ModelCard.Measured::value).toList());
    assertEquals(
        List.of(0.75),
        CARD.metrics("production", "test").stream().map(ModelCard.Measured::value).toList());
    assertEquals(List.of(), CARD.metrics("candidate", "validation"));
  }

  @Test
  void shouldTakeOneColumnAnInput() {
    assertEquals(
        List.of("`amount` (double tensor [?, 1])", "`channel` (string tensor [?, 1])"),
        CARD.signature().inputs().stream().map(ModelSignature.Value::describe).toList());
  }
}
