package io.millrace.pipeline;

import static io.millrace.pipeline.SpecText.CARDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventScoringTest {
  /**
   * Two groups of the card, one of the shop; scores read one feature of each and a clean column.
   */
  private static final SpecText EVENTS =
      CARDS
          .with(
              "score:\n",
              """
                shop:
                  entity: channel
                  windows: [1d, 30d]
                  aggregates: {top: MAX(amount)}
                card_web:
                  entity: card
                  windows: 1d
                  aggregates: {n: COUNT(*)}
              score:
              """)
          .with("rows: entities", "rows: events")
          .with("[card_n_1d, card_mean_7d]", "[amount, card_mean_7d]")
          .with("keep: [card]", "keep: [shop_top_30d, txn, card_web_n_1d]");

  private static JoinedRows joined(SpecText spec) {
    return ((ScoredRows.Events) spec.bind().scoring().orElseThrow().rows()).joined();
  }

  @Test
  void shouldJoinTheColumnsThatAreNamedAndNoOthers() {
    JoinedRows joined = joined(EVENTS);
    assertEquals(
        List.of("txn", "amount", "card_mean_7d", "card_web_n_1d", "shop_top_30d"),
        joined.type().names());
    assertEquals(List.of("txn", "amount", "card", "channel"), joined.cleanColumns());
  }

  @Test
  void shouldPutGroupsOfTheSameEntityTogether() {
    JoinedRows joined = joined(EVENTS);
    assertEquals(
        List.of(List.of("card"), List.of("channel")),
        joined.entities().stream().map(JoinedRows.Entity::columns).toList());
    assertEquals(
        List.of("card", "card_web", "shop"),
        joined.groups().stream().map(group -> group.group().name()).toList());
    assertEquals(List.of("card", "card_web_n_1d"), joined.groups().get(1).read().names());
  }

  @Test
  void shouldLeaveOutGroupsThatNobodyReads() {
    SpecText amounts =
        EVENTS
            .with("[amount, card_mean_7d]", "[amount, big]")
            .with("[shop_top_30d, txn, card_web_n_1d]", "[txn]");
    assertEquals(List.of(), joined(amounts).entities());
    assertEquals(List.of("txn", "amount", "big"), joined(amounts).type().names());
  }

  @Test
  void shouldKeepColumnsInTheOrderOfTheSpecAndTheTypesOfTheirStages() {
    Scoring scoring = EVENTS.bind().scoring().orElseThrow().scoring();
    assertEquals(
        List.of("shop_top_30d", "txn", "card_web_n_1d", "score"), scoring.scores().names());
    assertEquals(
        ColumnType.of(Kind.DOUBLE).withNullable(true),
        scoring.scores().column("shop_top_30d").type());
    assertEquals(ColumnType.of(Kind.LONG), scoring.scores().column("card_web_n_1d").type());
  }

  @Test
  void shouldKeepTheKeyOfRecordsWhereNothingIsKept() {
    SpecText without = EVENTS.with("  keep: [shop_top_30d, txn, card_web_n_1d]\n", "");
    assertEquals(List.of("txn"), without.bind().scoring().orElseThrow().scoring().keep());
    assertEquals(
        List.of(
            "cards.yaml:40:10: nothing says whose a score is: add `keep:` with the columns that name a record, such as `keep: [txn]`"),
        without.with("{by: txn, keep: latest}", "exact").problems());
  }

  @Test
  void shouldNeedNoFeatureGroup() {
    String yaml = EVENTS.yaml();
    SpecText none =
        EVENTS
            .with(yaml.substring(yaml.indexOf("features:\n"), yaml.indexOf("score:\n")), "")
            .with("[amount, card_mean_7d]", "[amount, big]")
            .with("[shop_top_30d, txn, card_web_n_1d]", "[txn]");
    assertEquals(List.of("txn", "amount", "big"), joined(none).type().names());
  }

  @Test
  void shouldRefuseColumnsThatAreThereTwice() {
    assertEquals(
        List.of(
            "cards.yaml:24:3: feature group `card` has the column `card_n_1d`, and so has a clean record; with `score.rows: events` they stand in one row, so rename one"),
        EVENTS.with("big: amount > 100", "big: amount > 100\n    card_n_1d: amount").problems());
    assertEquals(
        List.of(
            "cards.yaml:35:3: feature group `card_web` has the column `card_web_n_1d`, and so has an earlier group; with `score.rows: events` they stand in one row, so rename one"),
        EVENTS
            .with(
                "    n: COUNT(*)\n      mean", "    web_n: COUNT(*)\n      n: COUNT(*)\n      mean")
            .problems());
  }

  @Test
  void shouldLookForNamesAmongBothKindsOfColumns() {
    assertEquals(
        List.of(
            "cards.yaml:41:12: there is no column `amuont` among those of clean records and features; did you mean `amount`?",
            "cards.yaml:41:20: there is no column `card_mean_8d` among those of clean records and features; did you mean `card_mean_1d`?",
            "cards.yaml:42:10: there is no column `shop_top_3d` among those of clean records and features; did you mean `shop_top_1d`?"),
        EVENTS
            .with("[amount, card_mean_7d]", "[amuont, card_mean_8d]")
            .with("[shop_top_30d,", "[shop_top_3d,")
            .problems());
  }
}
