package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schemas and aggregates that change while a warehouse stands; values worked out by hand. */
class SchemaEvolutionTest {
  private static final String DAY_1 = "2026-01-01";
  private static final String DAY_2 = "2026-01-02";
  private static final String DAY_3 = "2026-01-03";

  @TempDir Path home;
  private PipelineFolder pipeline;

  @BeforeEach
  void landTwoDays() throws IOException {
    pipeline =
        new PipelineFolder(home)
            .fields("card string", "ts timestamp-millis", "amount int", "note string?")
            .spec(
                """
                pipeline: evolution
                warehouse: "${warehouse}"
                source: {path: "${landing}/${date}", schema: row.avsc, event_time: ts, from: 2026-01-01}
                features:
                  card:
                    entity: card
                    windows: 3d
                    aggregates:
                      n: COUNT(*)
                      total: SUM(amount)
                      last_note: MAX(note)
                """)
            .land(DAY_1, "card,ts,amount,note", "x,2026-01-01T08:00Z,1,a", "y,2026-01-01T08:00Z,3,")
            .land(DAY_2, "card,ts,amount,note", "x,2026-01-02T08:00Z,10,b")
            .land(DAY_3, "card,ts,amount,note", "x,2026-01-03T08:00Z,100,");
  }

  private CommandResult runDay(String date) {
    return pipeline.millrace("run", "--date", date).expect(ExitCode.DONE);
  }

  private List<String> features(String date, String... columns) throws IOException {
    return pipeline.values("features/card", date, columns);
  }

  @Test
  void shouldReadOlderPartialsThatHaveTheirStatesInAnotherOrderOrMoreOfThem() throws IOException {
    pipeline.run(DAY_1, DAY_2);
    pipeline.edit(
        "n: COUNT(*)\n      total: SUM(amount)\n      last_note: MAX(note)",
        "last_note: MAX(note)\n      total: SUM(amount)");
    runDay(DAY_3);
    assertEquals(
        List.of("x b 111", "y null 3"),
        features(DAY_3, "card", "card_last_note_3d", "card_total_3d"));
  }
}
