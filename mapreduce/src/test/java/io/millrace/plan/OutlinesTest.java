package io.millrace.plan;

import static io.millrace.pipeline.SpecText.CARDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.pipeline.SpecText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutlinesTest {
  private static final SpecText WITHOUT_DUPLICATES =
      CARDS.with("deduplicate: {by: txn, keep: latest}", "deduplicate: none");

  /** What decides each piece of content, by {@code stage rows} or {@code stage.column}. */
  private static SortedMap<String, Object> pieces(SpecText spec) {
    SortedMap<String, Object> pieces = new TreeMap<>();
    PipelineOutline outline = Outlines.of(spec.bind());
    pieces.put("from", outline.from());
    for (StageOutline stage : outline.stages()) {
      pieces.put(stage.id() + " rows", List.of(decisive(stage.rows()), stage.rows().reads()));
      pieces.put(stage.id() + " inputs", List.of(stage.inputs(), stage.external()));
      stage.columns().forEach((name, column) -> pieces.put(stage.id() + "." + name, column));
    }
    return pieces;
  }

  private static Map<String, String> decisive(Definition rows) {
    return new RecordedDefinition(1, rows.parts(), new TreeMap<>(), new TreeMap<>()).decisiveRows();
  }

  private static String changes(SpecText before, SpecText after) {
    Map<String, Object> old = pieces(before);
    Map<String, Object> now = pieces(after);
    TreeSet<String> names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    names.removeIf(name -> old.containsKey(name) && old.get(name).equals(now.get(name)));
    return String.join(", ", names);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      # rules
      amount >= 0          | amount > 0                | clean rows, clean.quarantine/clean
      in_range:            | positive:                 | clean.quarantine/clean
      fail_above: 5%       | fail_above: 50%           | ''
      fail_above: 5%       | fail_above: 5% # a remark | ''
      # derived columns: only what can fail touches the rows
      big: amount > 100    | big: amount > 99          | clean.big
      # source
      timezone: Asia/Tokyo | timezone: Asia/Seoul      | clean rows, partials/card rows
      /landing/${date}     | /elsewhere/${date}        | ''
      /warehouse           | /elsewhere                | ''
      lateness: 3d         | lateness: 4d              | clean rows
      lateness: 3d         | lateness: none            | clean rows
      options:             | options: {separator: ;}   | clean rows
      # features
      windows: [1d, 7d]    | windows: [7d, 1d]         | ''
      """)
  void shouldSeeEachChangeWhereItMatters(String old, String replacement, String expected) {
    SpecText before =
        CARDS
            .with("warehouse:", "timezone: Asia/Tokyo\nwarehouse:")
            .with(
                "options:\n    timestamps: [epoch_millis]\n    columns: {channel: Kanal}",
                "options:");
    assertEquals(expected, changes(before, before.with(old, replacement)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{queue: nightly, priority: low}",
        "{clean: {map_memory: 4GiB, reduce_memory: 2GiB, split: 1MiB, running_reduces: 1}}",
        "{partials: {split: 32MiB}, features/card: {map_memory: 8GiB}, score: {running_maps: 1}}"
      })
  void shouldNotSeeWhatJobsAskAClusterFor(String resources) {
    SpecText asking = CARDS.with("score:\n", "resources: " + resources + "\nscore:\n");
    assertEquals("", changes(CARDS, asking));
  }

  @ParameterizedTest
  @ValueSource(strings = {"done_flag: _SUCCESS", "settle: 3h"})
  void shouldNotSeeHowInputIsSeenToHaveLanded(String landed) {
    SpecText waiting = CARDS.with("  event_time: ts\n", "  event_time: ts\n  " + landed + "\n");
    assertEquals("", changes(CARDS, waiting));
  }

  @Test
  void shouldSeeTheOrderOfRulesInTheQuarantineAlone() {
    // a record is quarantined with the first rule that it fails
    assertEquals(
        "clean.quarantine/clean",
        changes(
            CARDS,
            CARDS.with(
                "    in_range: amount >= 0\n    has_channel: channel IS NOT NULL\n",
                "    has_channel: channel IS NOT NULL\n    in_range: amount >= 0\n")));
  }

  @Test
  void shouldLeaveRowsAloneForADerivedColumnThatCannotFail() {
    assertEquals("clean.hour", changes(CARDS, derived("hour: EXTRACT(HOUR FROM ts)")));
    assertEquals("clean.web", changes(CARDS, derived("web: COALESCE(channel, '') = 'web'")));
    assertEquals("clean.twice", changes(CARDS, derived("twice: CASE WHEN big THEN 2 ELSE 1 END")));
  }

  @Test
  void shouldCountADerivedColumnThatCanFailForTheRows() {
    assertEquals(
        "clean rows, clean.log, clean.quarantine/clean",
        changes(CARDS, derived("log: LN(amount)")));
    assertEquals(
        "clean rows, clean.quarantine/clean, clean.year",
        changes(CARDS, derived("year: CAST(txn AS INTEGER)")));
    assertEquals(
        "clean rows, clean.double, clean.quarantine/clean",
        changes(CARDS, derived("double: 2 * amount")));
  }

  private static SpecText derived(String column) {
    return CARDS.with(
        "    big: amount > 100\n",
        "    big: amount > 100\n    \"" + column.replaceFirst(":", "\":") + "\n");
  }

  @Test
  void shouldCountARepairForTheRowsWhereRulesOrDuplicatesReadIt() {
    SpecText noted = WITHOUT_DUPLICATES.with("channel: LOWER(channel)", "note: LOWER(note)");
    assertEquals("clean.note", changes(noted, noted.with("LOWER(note)", "UPPER(note)")));
    // a rule reads the channel
    assertEquals(
        "clean rows, clean.channel",
        changes(WITHOUT_DUPLICATES, WITHOUT_DUPLICATES.with("LOWER(channel)", "UPPER(channel)")));
    // of equal times the lesser record is kept, and the note is part of it
    SpecText deduplicated = CARDS.with("channel: LOWER(channel)", "note: LOWER(note)");
    assertEquals(
        "clean rows, clean.note",
        changes(deduplicated, deduplicated.with("LOWER(note)", "UPPER(note)")));
  }

  @Test
  void shouldSeeTheOrderOfRepairsThatReadOneAnother() {
    String first = "note: COALESCE(note, channel)";
    String second = "channel: LOWER(channel)";
    SpecText noteFirst = WITHOUT_DUPLICATES.with(second, first + "\n    " + second);
    SpecText channelFirst = WITHOUT_DUPLICATES.with(second, second + "\n    " + first);
    assertEquals("clean.note", changes(noteFirst, channelFirst));
  }

  @Test
  void shouldLeaveRowsAloneForANewColumnThatAnyTextAndHeaderFits() {
    String last = "{\"name\": \"note\", \"type\": [\"null\", \"string\"], \"default\": null}";
    String text = last.replace("note", "added");
    assertEquals("clean.added", added(WITHOUT_DUPLICATES, last, text));
    assertEquals(
        "clean rows, clean.added",
        added(WITHOUT_DUPLICATES, last, text.replace("string", "int")),
        "a text may be no number");
    assertEquals(
        "clean rows, clean.added",
        added(WITHOUT_DUPLICATES, last, text.replace(", \"default\": null", "")),
        "a header may lack it");
    assertEquals(
        "clean rows, clean.added",
        added(headerless(), last, text),
        "lines have as many fields as there are columns");
  }

  private static SpecText headerless() {
    return WITHOUT_DUPLICATES.with("columns: {channel: Kanal}", "header: false");
  }

  private static String added(SpecText spec, String last, String column) {
    return changes(spec, spec.withSchema(last, last + ", " + column));
  }

  @Test
  void shouldCountTheOrderOfColumnsWhereThereIsNoHeader() {
    assertEquals("", changes(WITHOUT_DUPLICATES, withTxnLast(WITHOUT_DUPLICATES)));
    assertEquals("clean rows", changes(headerless(), withTxnLast(headerless())));
    // ties of duplicates are broken by encoded records
    assertEquals("clean rows", changes(CARDS, withTxnLast(CARDS)));
  }

  private static SpecText withTxnLast(SpecText spec) {
    String txn = "{\"name\": \"txn\", \"type\": \"string\"}";
    return spec.withSchema(txn + ",", "").withSchema("null}]}", "null}, " + txn + "]}");
  }

  @Test
  void shouldTouchTheColumnsOfOneAggregateOnly() {
    assertEquals(
        "features/card.card_most_1d, features/card.card_most_7d, partials/card.max_amount",
        changes(
            CARDS,
            CARDS.with("      n: COUNT(*)\n", "      most: MAX(amount)\n      n: COUNT(*)\n")));
    // the sum is already there, for the mean
    assertEquals(
        "features/card.card_total_1d, features/card.card_total_7d",
        changes(
            CARDS,
            CARDS.with("      n: COUNT(*)\n", "      total: SUM(amount)\n      n: COUNT(*)\n")));
    assertEquals(
        "features/card.card_mean_1d, features/card.card_mean_7d",
        changes(CARDS, CARDS.with("AVG(amount)", "2 * AVG(amount)")));
    assertEquals(
        "partials/card rows", changes(CARDS, CARDS.with("where: big", "where: amount > 50")));
  }

  @Test
  void shouldReadForADerivedColumnOnlyWhatItIsWrittenOver() {
    SpecText derived =
        CARDS.with("AVG(amount)\n", "AVG(amount)\n    derive: {trend: n_1d / n_7d}\n");
    assertEquals("features/card.card_trend", changes(CARDS, derived));
    assertEquals(
        "features/card.card_trend", changes(derived, derived.with("n_1d / n_7d", "n_7d / n_1d")));
    // what it is not written over does not touch it
    assertEquals(
        "features/card.card_mean_1d, features/card.card_mean_7d",
        changes(derived, derived.with("AVG(amount)", "2 * AVG(amount)")));
    assertEquals(
        "features/card.card_n_1d, features/card.card_n_7d, features/card.card_trend",
        changes(derived, derived.with("n: COUNT(*)", "n: 2 * COUNT(*)")));
    Definition trend = (Definition) pieces(derived).get("features/card.card_trend");
    assertEquals(Set.of("count"), trend.readOf(StageId.partials("card")));
    assertEquals(
        Map.of(
            "features.card.derive.trend", "n_1d / n_7d",
            "features.card.aggregates.n", "COUNT(*)"),
        trend.parts());
  }

  @Test
  void shouldShareAStateBetweenResults() {
    SpecText spread = CARDS.with("AVG(amount)\n", "AVG(amount)\n      s: STDDEV(amount)\n");
    assertEquals(
        "features/card.card_s_1d, features/card.card_s_7d, partials/card.variance_amount",
        changes(CARDS, spread));
    assertEquals(
        "features/card.card_s_1d, features/card.card_s_7d",
        changes(spread, spread.with("STDDEV(", "VAR_POP(")));
    SpecText half = CARDS.with("AVG(amount)\n", "AVG(amount)\n      p: PERCENTILE(amount, 0.5)\n");
    assertEquals(
        "features/card.card_p_1d, features/card.card_p_7d",
        changes(half, half.with("0.5)", "0.9)")));
    assertEquals("", changes(half, half.with("0.5)", "0.50)")));
    SpecText decayed =
        CARDS.with(
            "AVG(amount)\n", "AVG(amount)\n      d: DECAYED_SUM(amount, INTERVAL '7' DAY)\n");
    assertEquals(
        "features/card.card_d_1d, features/card.card_d_7d, partials/card.decayed_sum_*",
        changes(decayed, decayed.with("'7' DAY", "'8' DAY"))
            .replaceAll("(decayed_sum)_[0-9a-f]{8}, .*\\1_[0-9a-f]{8}", "$1_*"));
  }

  @Test
  void shouldSeeThatTheLongestWindowDecidesWhichEntitiesHaveRows() {
    assertEquals(
        "features/card.card_mean_3d, features/card.card_n_3d",
        changes(CARDS, CARDS.with("[1d, 7d]", "[1d, 3d, 7d]")));
    assertEquals(
        "features/card inputs, features/card rows, features/card.card_mean_9d, features/card.card_n_9d",
        changes(CARDS, CARDS.with("[1d, 7d]", "[1d, 7d, 9d]")));
    assertEquals(
        "features/card inputs, features/card rows",
        changes(CARDS, CARDS.with("windows:", "delay: 1d\n    windows:")));
  }

  @Test
  void shouldKnowAModelByItsBytes() {
    Map<String, byte[]> renamed = new TreeMap<>(CARDS.files());
    renamed.put("copy.onnx", CARDS.files().get("linear.onnx"));
    assertEquals(
        "", changes(CARDS, new SpecText(CARDS.yaml(), renamed).with("linear.onnx", "copy.onnx")));
    assertEquals("score inputs", changes(CARDS, CARDS.with("linear.onnx", "other.onnx")));
    assertEquals("score rows", changes(CARDS, CARDS.with("[card_n_1d,", "[card_n_7d,")));
  }

  @Test
  void shouldKnowTheFirstDate() {
    assertEquals("from", changes(CARDS, CARDS.with("2026-01-01", "2026-01-02")));
  }
}
