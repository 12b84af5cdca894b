package io.millrace.pipeline;

import static io.millrace.pipeline.SpecText.CARDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinderTest {
  @Test
  void shouldBindAWholeSpec() {
    Pipeline pipeline = CARDS.bind();
    Cleaning cleaning = pipeline.cleaning();
    assertEquals(
        List.of("txn", "card", "ts", "amount", "channel", "note", "big"), cleaning.rows().names());
    assertEquals(ColumnType.of(Kind.BOOLEAN), cleaning.rows().column("big").type());
    assertEquals(
        List.of("repair.channel", "derive.big", "in_range", "has_channel"),
        cleaning.steps().stream().map(step -> step.name()).toList());
    assertEquals(Optional.of("ts"), cleaning.eventTime());
    assertEquals(
        List.of("card", "card_n_1d", "card_mean_1d", "card_n_7d", "card_mean_7d"),
        pipeline.group("card").featureType().names());
    BoundScoring scoring = pipeline.scoring().orElseThrow();
    assertEquals("card", ((ScoredRows.Entities) scoring.rows()).group().name());
    assertEquals(List.of("card", "score"), scoring.scoring().scores().names());
  }

  @Test
  void shouldKeepTheEntityOfScoresWhereNothingIsKept() {
    assertEquals(
        List.of("card"),
        CARDS.with("  keep: [card]\n", "").bind().scoring().orElseThrow().scoring().keep());
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      # source
      schema: card.avsc | schema: cards.avsc | 5:11: Cannot read cards.avsc: there is no such file
      event_time: ts | event_time: tz | 6:15: unknown column `tz`; did you mean `ts`? A clean row has: txn, card, ts, amount, channel, note, big
      event_time: ts | event_time: amount | 6:15: event_time `amount` is DOUBLE; it has to be a date or a timestamp (in the schema: logicalType date, timestamp-millis or timestamp-micros), or derived as one
      {channel: Kanal} | {chanel: Kanal} | 11:23: unknown column `chanel`; did you mean `channel`? The source has: txn, card, ts, amount, channel, note
      # clean
      channel: LOWER(channel) | chanel: LOWER(channel) | 14:5: unknown column `chanel`; did you mean `channel`? The source has: txn, card, ts, amount, channel, note
      channel: LOWER(channel) | channel: LOWER(chanel) | 14:20: Cannot find column chanel: did you mean channel?
      channel: LOWER(channel) | channel: LOWER(big) | 14:20: Cannot find column big: columns are txn, card, ts, amount, channel, note
      channel: LOWER(channel) | channel: amount + 1 | 14:14: a repair keeps its column's type: `channel` is VARCHAR, but the expression gives DOUBLE
      channel: LOWER(channel) | big: LOWER(channel) | 14:5: unknown column `big`. The source has: txn, card, ts, amount, channel, note
      big: amount > 100 | big: amuont > 100 | 16:10: Cannot find column amuont: did you mean amount?
      in_range: amount >= 0 | in_range: amount + 1 | 18:15: Expected a condition, but this is DOUBLE: compare it
      in_range: amount >= 0 | in_range: 0 <= amuont | 18:20: Cannot find column amuont: did you mean amount?
      in_range: amount >= 0 | in_range: amount > '3' | 18:24: Cannot compare amount (DOUBLE) with '3' (VARCHAR): write the number without quotes
      in_range: amount >= 0 | in_range: SUM(amount) > 0 | 18:15: Cannot use SUM here: it is an aggregate, and aggregates belong under features.<group>.aggregates
      in_range: amount >= 0 | in_range: amount >= | 18:24: The expression ends too early: an operand or a closing bracket is missing
      by: txn | by: [txn, crad] | 20:27: unknown column `crad`; did you mean `card`? A clean row has: txn, card, ts, amount, channel, note, big
      # features
      entity: card | entity: [txn, crad] | 24:19: unknown column `crad`; did you mean `card`? A clean row has: txn, card, ts, amount, channel, note, big
      where: big | where: amount | 26:12: Expected a condition, but this is DOUBLE: compare it
      where: big | where: bug | 26:12: Cannot find column bug: did you mean big?
      mean: AVG(amount) | mean: amount | 29:13: Cannot use column amount outside an aggregate: write one around it, such as MAX(amount)
      mean: AVG(amount) | mean: AVG(amount) + amount | 29:27: Cannot use column amount outside an aggregate: write one around it, such as MAX(amount)
      mean: AVG(amount) | mean: SUM(channel) | 29:13: Cannot compute SUM of VARCHAR: a number is needed
      mean: AVG(amount) | mean: MEAN(amount) | 29:13: Cannot use MEAN: write AVG(x)
      mean: AVG(amount) | mean: PERCENTILE(amount, 95) | 29:32: In PERCENTILE(x, p), p has to be a number from 0 to 1, but is 95
      mean: AVG(amount) | mean: PERCENTILE(amount, amount) | 29:32: In PERCENTILE(x, p), p has to be a number from 0 to 1, but is amount
      mean: AVG(amount) | mean: PERCENTILE(amount) | 29:13: PERCENTILE is written PERCENTILE(x, p), but has 1 argument here
      mean: AVG(amount) | mean: PERCENTILE(channel, 0.5) | 29:13: Cannot compute PERCENTILE of VARCHAR: a number is needed
      mean: AVG(amount) | mean: APPROX_TOP_K(channel, 0) | 29:35: In APPROX_TOP_K(x, k), k has to be a whole number from 1 to 1024, but is 0
      mean: AVG(amount) | mean: APPROX_TOP_K(channel, 2.5) | 29:35: In APPROX_TOP_K(x, k), k has to be a whole number from 1 to 1024, but is 2.5
      mean: AVG(amount) | mean: MODE(channel, 2) | 29:13: MODE is written MODE(x), but has 2 arguments here
      mean: AVG(amount) | mean: COUNT(DISTINCT *) | 29:28: Cannot read * here: an operator or operand is missing before it
      mean: AVG(amount) | mean: MODE(DISTINCT channel) | 29:13: Cannot use DISTINCT in MODE: it works with COUNT, FIRST, LAST, MAX, MIN only
      mean: AVG(amount) | mean: SUM(COUNT(*)) | 29:17: Cannot use COUNT inside another aggregate
      mean: AVG(amount) | mean: PERCENTILE(amount, 95) | 29:32: In PERCENTILE(x, p), p has to be a number from 0 to 1, but is 95
      mean: AVG(amount) | mean: MAX(WINDOW_END) | 29:17: Cannot use WINDOW_END here: it stands under features, outside of aggregates
      # score
      model: linear.onnx | model: lin.onnx | 32:10: Cannot read lin.onnx: there is no such file
      model: linear.onnx | model: card.avsc | 32:10: card.avsc: Cannot read an ONNX model: 402 bytes that are no ONNX file
      card_mean_7d] | card_mean_8d] | 33:23: there is no column `card_mean_8d` among the features; did you mean `card_mean_1d`?
      keep: [card] | keep: [crad] | 34:10: there is no column `crad` among the features; did you mean `card`?
      """)
  void shouldSayWhatIsWrong(String old, String replacement, String expected) {
    assertEquals(List.of("cards.yaml:" + expected), CARDS.with(old, replacement).problems());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      trend: n_1d / n_8d | 31:21: Cannot find column n_8d: did you mean n_1d?
      trend: mean_1d / maen_7d | 31:24: Cannot find column maen_7d: did you mean mean_7d?
      trend: card_mean_1d - 1 | 31:14: Cannot find column card_mean_1d: did you mean mean_1d?
      trend: mean / mean_7d | 31:14: Cannot find column mean: did you mean mean_1d?
      trend: amount | 31:14: Cannot find column amount: columns are n_1d, mean_1d, n_7d, mean_7d, WINDOW_END
      trend: SUM(mean_1d) | 31:14: Cannot use SUM here: it is an aggregate, and aggregates belong under features.<group>.aggregates
      trend: n_1d > 'a' | 31:21: Cannot compare n_1d (BIGINT) with 'a' (VARCHAR): write the number without quotes
      mean_7d: n_1d | 31:7: `mean_7d` is a feature of the group already; give the derived column another name
      """)
  void shouldSayWhatIsWrongWithADerivedFeature(String column, String expected) {
    assertEquals(
        List.of("cards.yaml:" + expected),
        CARDS.with("AVG(amount)\n", "AVG(amount)\n    derive:\n      " + column + "\n").problems());
  }

  @Test
  void shouldNotBlameADerivedFeatureForItsAggregate() {
    assertEquals(
        List.of("cards.yaml:29:17: Cannot find column amuont: did you mean amount?"),
        CARDS
            .with("AVG(amount)\n", "AVG(amuont)\n    derive: {trend: mean_1d / mean_7d}\n")
            .problems());
  }

  @Test
  void shouldPutDerivedFeaturesBehindAllOthers() {
    FeatureGroup group =
        CARDS
            .with(
                "AVG(amount)\n",
                "AVG(amount)\n    derive: {trend: mean_1d / mean_7d, end: window_end}\n")
            .bind()
            .group("card");
    assertEquals(
        List.of(
            "card",
            "card_n_1d",
            "card_mean_1d",
            "card_n_7d",
            "card_mean_7d",
            "card_trend",
            "card_end"),
        group.featureType().names());
    assertEquals(
        ColumnType.of(Kind.DOUBLE).withNullable(true),
        group.featureType().column("card_trend").type());
    assertEquals(
        "mean_1d / mean_7d; null where it has no value.",
        group.featureType().toAvro().getField("card_trend").doc());
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      "record", | "recrod", | Cannot read card.avsc as an Avro schema: A schema "type" MUST be a primitive type or one of "enum", "fixed", "record", "error", "array" or "map".
      {"type": "record" | {{ | Cannot read card.avsc as an Avro schema: line 1, column 2: Unexpected character ('{' (code 123)): was expecting double-quote to start field name
      "double" | "bytes" | card.avsc: field amount: Cannot use "bytes" as a column: columns are boolean, int, long, float, double, string or a logical type of these
      "double" | ["int", "string"] | card.avsc: field amount: Cannot use ["int","string"] as a column: a union may only be of null and one type
      """)
  void shouldSayWhatIsWrongWithTheSchema(String old, String replacement, String expected) {
    assertEquals(
        List.of("cards.yaml:5:11: " + expected), CARDS.withSchema(old, replacement).problems());
  }

  @Test
  void shouldReportAllProblemsInTheOrderOfTheFile() {
    assertEquals(
        List.of(
            "cards.yaml:6:15: unknown column `tz`; did you mean `ts`? A clean row has: txn, card, ts, amount, channel, note, big",
            "cards.yaml:18:15: Cannot find column amuont: did you mean amount?",
            "cards.yaml:20:21: unknown column `tnx`; did you mean `txn`? A clean row has: txn, card, ts, amount, channel, note, big",
            "cards.yaml:29:13: Cannot compute AVG of VARCHAR: a number is needed",
            "cards.yaml:32:10: Cannot read lin.onnx: there is no such file"),
        CARDS
            .with("event_time: ts", "event_time: tz")
            .with("amount >= 0", "amuont >= 0")
            .with("by: txn", "by: tnx")
            .with("AVG(amount)", "AVG(channel)")
            .with("linear.onnx", "lin.onnx")
            .problems());
  }

  @Test
  void shouldLookAtTheModelWhereTheSchemaIsMissing() {
    assertEquals(
        List.of(
            "cards.yaml:5:11: Cannot read none.avsc: there is no such file",
            "cards.yaml:32:10: Cannot read lin.onnx: there is no such file"),
        CARDS.with("card.avsc", "none.avsc").with("linear.onnx", "lin.onnx").problems());
  }

  @Test
  void shouldNotDeriveWhatTheSourceHas() {
    assertEquals(
        List.of(
            "cards.yaml:17:5: `note` is a column of the source; to change it, write it under `repair`"),
        CARDS
            .with("big: amount > 100", "big: amount > 100\n    note: CAST(amount AS VARCHAR)")
            .problems());
  }

  @Test
  void shouldNameTheInputsOfAModelThatAreNotFed() {
    assertEquals(
        List.of(
            "cards.yaml:32:10: the model's input `features` (double tensor [?, 2]) has no column; add `features: column` under `inputs`",
            "cards.yaml:33:21: the model has no input `featurs`; it has `features` (double tensor [?, 2]); did you mean `features`?"),
        CARDS.with("[card_n_1d, card_mean_7d]", "{featurs: card_n_1d}").problems());
  }

  @Test
  void shouldNotReportWhatFollowsFromABrokenDerivation() {
    assertEquals(
        List.of("cards.yaml:16:10: Cannot find column amuont: did you mean amount?"),
        CARDS
            .with("big: amount > 100", "big: amuont > 100\n    bigger: big AND amount > 1000")
            .with("amount >= 0", "big OR amount >= 0")
            .with("by: txn", "by: [txn, bigger]")
            .problems());
  }

  @Test
  void shouldScoreTheGroupThatIsNamed() {
    SpecText two =
        CARDS.with(
            "score:\n",
            "  shop:\n    entity: channel\n    windows: 1d\n    aggregates: {n: COUNT(*)}\nscore:\n");
    assertEquals(List.of(), two.with("score:\n", "score:\n  group: card\n").problems());
    assertEquals(
        List.of(
            "cards.yaml:38:12: there is no column `card_n_1d` among the features",
            "cards.yaml:38:23: there is no column `card_mean_7d` among the features",
            "cards.yaml:39:10: there is no column `card` among the features"),
        two.with("score:\n", "score:\n  group: shop\n").problems());
  }

  @Test
  void shouldRefuseAnEntityThatIsCalledAsTheDayOfPartials() {
    assertEquals(
        List.of(
            "cards.yaml:24:13: an entity's column cannot be called `event_day`, which partials have for the day; derive one of another name"),
        CARDS
            .withSchema("\"note\"", "\"event_day\"")
            .with("entity: card", "entity: event_day")
            .with("keep: [card]", "keep: [event_day]")
            .problems());
  }

  @Test
  void shouldMakeEqualCallsOfSeveralFeaturesOnce() {
    FeatureGroup group =
        CARDS
            .with(
                "mean: AVG(amount)\n",
                """
                mean: AVG(amount)
                      total: SUM(amount)
                      spread: MAX(amount) - MIN( amount )
                      share: SUM(amount) / COUNT(*)
                      top: MAX(amount)
                """)
            .bind()
            .group("card");
    // AVG(x) of doubles is SUM(x) / COUNT(x); amount is never NULL, but COUNT(*) stays a call of
    // its own
    assertEquals(
        List.of("COUNT", "SUM", "COUNT", "MAX", "MIN"),
        group.calls().stream().map(call -> call.function()).toList());
    assertEquals(
        List.of("$0", "($1 / $2)", "$1", "$3 - $4", "$1 / $0", "$3"),
        group.features().stream().map(feature -> feature.finish().sql()).toList());
  }
}
