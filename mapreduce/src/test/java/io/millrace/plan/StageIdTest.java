package io.millrace.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StageIdTest {
  @ParameterizedTest
  @CsvSource({
    "clean,quarantine/clean profile/clean clean",
    "partials/card,partials/card",
    "features/card,profile/card features/card",
    "training,training",
    "train,evaluation",
    "score,quarantine/score scores"
  })
  void shouldPublishTheMainDataSetLast(String name, String dataSets) {
    StageId stage = StageId.parse(name);
    assertEquals(List.of(dataSets.split(" ")), stage.dataSets());
    assertEquals(stage.dataSets().get(stage.dataSets().size() - 1), stage.mainDataSet());
    assertEquals(name, stage.toString());
  }

  @Test
  void shouldBeDoneWithoutAProfile() {
    assertEquals(List.of("quarantine/clean", "clean"), StageId.clean().decisiveDataSets());
    assertEquals(List.of("features/card"), StageId.features("card").decisiveDataSets());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "CLEAN", "scores", "clean/card", "partials", "partials/", "/card"})
  void shouldRefuseOtherNames(String name) {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> StageId.parse(name));
    assertEquals(
        "Cannot find stage: "
            + name
            + " (expected clean, partials/<group>, features/<group>, join, training, train or score)",
        error.getMessage());
  }

  @Test
  void shouldWantAGroupWhereThereAreGroups() {
    assertThrows(
        IllegalArgumentException.class, () -> new StageId(StageKind.PARTIALS, Optional.empty()));
  }
}
