package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partials that the job of clean makes are, byte by byte, those that their own job would make. */
class FusedRunTest {
  private static final String[] UNFUSED = {"-D", "millrace.fuse=false"};
  private static final String[] DATA_SETS = {
    "clean", "quarantine/clean", "partials/city", "partials/shop", "features/city", "features/shop"
  };

  private static final String SPEC =
      """
      pipeline: visits
      warehouse: ${warehouse}
      timezone: Europe/Berlin
      source:
        path: ${landing}/${date}
        schema: row.avsc
        event_time: at
        from: 2026-03-28
        options: {nulls: [n/a]}
      clean:
        derive: {city: UPPER(place)}
        rules: {pieces_known: pieces IS NOT NULL}
        deduplicate: {by: [id, city], keep: latest, across: 2d}
        fail_above: 50%
      features:
        city:
          entity: city
          windows: [1d, 3d]
          where: LN(pieces) >= 0
          aggregates:
            visits: COUNT(*)
            spent: SUM(amount)
            deviation: STDDEV(amount * pieces)
            roots: SUM(SQRT(amount))
            shops: APPROX_COUNT_DISTINCT(shop)
            p90: PERCENTILE(amount, 0.9)
            recent: DECAYED_SUM(amount, INTERVAL '1' DAY)
            last_shop: LAST(shop)
        shop:
          entity: shop
          windows: [1d, 3d]
          where: LN(pieces) >= 0
          aggregates:
            visits: COUNT(*)
            spent: SUM(amount)
            most: MAX(amount)
            least_city: MIN(city)
            deviation: STDDEV(amount * pieces)
            roots: SUM(SQRT(amount))
            cities: APPROX_COUNT_DISTINCT(city)
            cities_exactly: COUNT(DISTINCT city)
            usual: MODE(pieces)
            top: APPROX_TOP_K(city, 3)
            p90: PERCENTILE(amount, 0.9)
            recent: DECAYED_SUM(amount, INTERVAL '1' DAY)
            first_city: FIRST(city)
            last_amount: LAST(amount)
      """;

  private static final String[] DATES = {"2026-03-28", "2026-03-29"};

  private static PipelineFolder folder(Path home, String spec) throws IOException {
    PipelineFolder folder =
        new PipelineFolder(Files.createDirectories(home))
            .spec(spec)
            .fields(
                "id string",
                "at timestamp-millis",
                "place string?",
                "shop string",
                "amount double?",
                "pieces int?");
    for (int day = 0; day < DATES.length; day++) {
      List<String> lines = new ArrayList<>(List.of("id,at,place,shop,amount,pieces"));
      for (int i = 0; i < 400; i++) {
        // clocks go forward on the 29th; some records are late, some of them come twice
        String date = DATES[Math.max(0, day - (i % 9 == 0 ? 1 : 0))];
        String place = i % 17 == 0 ? "n/a" : i % 19 == 0 ? "" : "town " + i * i % 23;
        lines.add(
            "%d,%sT%02d:%02d:00,%s,shop %d,%s,%s"
                .formatted(
                    i % 350 + 40 * day,
                    date,
                    3 + i % 21,
                    i % 60,
                    place,
                    i % 7,
                    i % 13 == 0 ? "n/a" : i % 11 - 1 + ".25",
                    i % 31 == 0 ? "n/a" : i % 4));
      }
      folder.land(DATES[day], lines.toArray(String[]::new));
    }
    return folder;
  }

  /** The bytes of all data files. */
  private static SortedMap<String, String> bytes(PipelineFolder folder) throws IOException {
    SortedMap<String, String> bytes = new TreeMap<>();
    for (String dataSet : DATA_SETS) {
      for (String date : DATES) {
        bytes.put(dataSet + " " + date, folder.bytes(dataSet, date));
      }
    }
    return bytes;
  }

  private static SortedMap<String, Long> counts(PipelineFolder folder, String group, String date)
      throws IOException {
    SortedMap<String, Long> counts = folder.counts("partials/" + group, date);
    counts.keySet().removeIf(name -> name.startsWith("maps_"));
    counts.remove("partials_states_shuffled_total");
    return counts;
  }

  private static CommandResult run(PipelineFolder folder, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--from", DATES[0], "--to", DATES[DATES.length - 1]));
    arguments.addAll(List.of(more));
    return folder.millrace("run", arguments.toArray(String[]::new)).expect(ExitCode.DONE);
  }

  @Test
  void shouldMakeTheSameBytesInOneJobAndInTwo(@TempDir Path home) throws IOException {
    PipelineFolder one = folder(home.resolve("one"), SPEC);
    PipelineFolder two = folder(home.resolve("two"), SPEC);
    String told = run(one).err();
    String toldOfTwo = run(two, UNFUSED).err();
    for (String date : DATES) {
      assertTrue(told.contains("partials/city/dt=" + date + "  in one job with clean: "), told);
      assertTrue(
          told.contains("partials/shop/dt=" + date + "  of states combined by clean: "), told);
    }
    assertFalse(toldOfTwo.contains("in one job"), toldOfTwo);
    assertFalse(toldOfTwo.contains("combined"), toldOfTwo);
    assertEquals(bytes(two), bytes(one));
    for (String date : DATES) {
      for (String group : List.of("city", "shop")) {
        assertEquals(counts(two, group, date), counts(one, group, date));
      }
    }
    SortedMap<String, Long> counts = counts(one, "city", DATES[1]);
    assertEquals(
        one.counts("clean", DATES[1]).get("clean_records_kept_total"),
        counts.get("partials_records_read_total"));
    assertNoneLeft(one);
  }

  @Test
  void shouldTellOfItInThePlan(@TempDir Path home) throws IOException {
    PipelineFolder folder = folder(home, SPEC);
    String plan = plan(folder);
    assertTrue(line(plan, "partials/city").contains("in one job with clean"), plan);
    assertTrue(line(plan, "partials/shop").contains("of states combined by clean"), plan);
    assertTrue(plan.contains("4 jobs; to read:"), plan);
    String apart = plan(folder, UNFUSED);
    assertFalse(apart.contains("in one job"), apart);
    assertFalse(apart.contains("combined"), apart);

    JsonNode stages = new JsonMapper().readTree(plan(folder, "--json")).get("stages");
    assertEquals("clean", stages.get(1).get("inOneJobWith").asText());
    assertFalse(stages.get(1).has("jobs"));
    assertTrue(stages.get(0).has("jobs"));
    assertFalse(stages.get(0).has("inOneJobWith"));
    JsonNode shop = stages.get(3);
    assertEquals("partials/shop", shop.get("stage").asText());
    assertEquals("clean", shop.get("statesCombinedBy").asText());
    assertTrue(shop.has("jobs"));

    String alone = plan(folder, "--stage", "clean");
    assertFalse(alone.contains("in one job"), alone);
  }

  private static String plan(PipelineFolder folder, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--date", DATES[0]));
    arguments.addAll(List.of(more));
    return folder.millrace("plan", arguments.toArray(String[]::new)).expect(ExitCode.DONE).out();
  }

  private static String line(String text, String word) {
    return text.lines().filter(line -> line.contains(word + " ")).findFirst().orElseThrow();
  }

  private static void assertNoneLeft(PipelineFolder folder) {
    String[] left = folder.home().resolve("warehouse/_staging").toFile().list();
    assertTrue(left == null || left.length == 0, () -> String.join(", ", left));
  }
}
