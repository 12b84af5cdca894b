package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training rows of a week of sales, worked out by hand. */
class TrainingRowsTest {
  private static final String SPEC =
      """
      pipeline: sales
      warehouse: ${warehouse}
      source:
        path: ${landing}/${date}
        format: csv
        options: {header: false}
        schema: row.avsc
        event_time: ts
        from: 2026-01-01
        lateness: 9d
      clean:
        deduplicate: {by: id, keep: latest}
      features:
        card:
          entity: card
          windows: [1d, 7d]
          aggregates: {n: COUNT(*), spent: SUM(amount)}
      """;

  private static final String EVENTS =
      """
      train:
        model: {name: fraud, kind: logistic}
        label: {of: fraud, known_after: 2d}
        inputs: [card_*, amount]
        snapshots: {history: 6d}
        split: {validation: 1d, test: 1d, gap: 1d}
      """;

  private static final String ENTITIES =
      """
      train:
        model: {name: spends, kind: logistic}
        label: {any: amount > 50, within: 2d, group: card}
        inputs: [card_spent_7d, card_n_7d]
        snapshots: [2026-01-01, 2026-01-02, 2026-01-03]
        split: {validation: 1d, test: 1d, gap: 0d}
      """;

  @TempDir static Path home;
  private static PipelineFolder folder;

  @BeforeAll
  static void run() throws IOException {
    folder =
        new PipelineFolder(home)
            .spec(SPEC)
            .fields("id string", "card string?", "ts date", "amount double", "fraud boolean?")
            .land("2026-01-01", "t1,c1,2026-01-01,10,false", "t2,c1,2026-01-01,20,true")
            .land(
                "2026-01-02",
                "t3,c1,2026-01-02,5,true",
                "t4,c2,2026-01-02,7,false",
                "t5,,2026-01-02,8,false",
                "t6,c1,2026-01-02,9,",
                // late: the features of its card have it from the next day on
                "t7,c2,2026-01-01,100,false")
            .land("2026-01-03", "t8,c2,2026-01-03,1,false")
            .land("2026-01-04", "t9,c2,2026-01-04,3,false")
            .land("2026-01-05", "t10,c1,2026-01-05,4,false", "t11,c1,2026-01-05,70,true")
            .land("2026-01-06", "t12,c1,2026-01-06,2,true", "t13,c2,2026-01-03,60,false")
            .land("2026-01-07", "t14,c1,2026-01-04,70,false");
    folder.run("2026-01-01", "2026-01-05");
    for (String date : List.of("2026-01-06", "2026-01-07")) {
      folder.millrace("run", "--stage", "clean", "--date", date).expect(ExitCode.DONE);
    }
  }

  private static Map<String, Long> train(String spec, String date) throws IOException {
    folder.spec(SPEC + spec);
    folder.millrace("run", "--stage", "training", "--date", date).expect(ExitCode.DONE);
    Map<String, Long> counts = new TreeMap<>(folder.counts("training", date));
    counts.keySet().removeIf(name -> !name.startsWith("training_"));
    return counts;
  }

  @Test
  void shouldKnowOfAnEventWhatWasKnownTheDayBefore() throws IOException {
    Map<String, Long> counts = train(EVENTS, "2026-01-08");
    assertEquals(
        List.of(
            // on the first day nothing is known of anybody
            "t1 2026-01-01 train 0.0 1.0 0 null 0 null 10.0",
            "t12 2026-01-06 test 1.0 1.0 2 74.0 6 118.0 2.0",
            "t13 2026-01-06 test 0.0 1.0 0 null 4 111.0 60.0",
            "t2 2026-01-01 train 1.0 1.0 0 null 0 null 20.0",
            // its own day had 2 events of c1
            "t3 2026-01-02 train 1.0 1.0 2 30.0 2 30.0 5.0",
            "t4 2026-01-02 train 0.0 1.0 0 null 0 null 7.0",
            "t5 2026-01-02 train 0.0 1.0 0 null 0 null 8.0",
            "t7 2026-01-02 train 0.0 1.0 0 null 0 null 100.0",
            "t9 2026-01-04 validation 0.0 1.0 1 1.0 3 108.0 3.0"),
        folder.values(
            "training",
            "2026-01-08",
            "id",
            "example_date",
            "example_split",
            "example_label",
            "example_weight",
            "card_n_1d",
            "card_spent_1d",
            "card_n_7d",
            "card_spent_7d",
            "amount"));
    assertEquals(
        Map.of(
            // t1 to t7, t9, t12, t13
            "training_rows_read_total", 10L,
            "training_rows_written_total", 9L,
            "training_rows_unlabelled_total", 1L,
            "training_rows_sampled_out_total", 0L,
            "training_rows_positive_total", 3L,
            "training_label_errors_total", 0L,
            // of t3, t9, t12, t13
            "training_features_found_total", 4L,
            // t8, t10, t11
            "training_rows_in_gap_total", 3L),
        counts);
  }

  @Test
  void shouldLabelEntitiesFromWhatHappenedAfterTheSnapshot() throws IOException {
    Map<String, Long> counts = train(ENTITIES, "2026-01-06");
    assertEquals(
        List.of(
            "c1 2026-01-01 train 0.0 1.0 30.0 2",
            // t14 lies in the two days behind, but has not landed on the training date
            "c1 2026-01-02 validation 0.0 1.0 44.0 4",
            // t11
            "c1 2026-01-03 test 1.0 1.0 44.0 4",
            // t13, which landed on the training date; of the first of January c2 has no row
            "c2 2026-01-02 validation 1.0 1.0 107.0 2",
            "c2 2026-01-03 test 0.0 1.0 108.0 3"),
        folder.values(
            "training",
            "2026-01-06",
            "card",
            "example_date",
            "example_split",
            "example_label",
            "example_weight",
            "card_spent_7d",
            "card_n_7d"));
    assertEquals(
        Map.of(
            "training_rows_read_total", 5L,
            "training_rows_written_total", 5L,
            "training_rows_sampled_out_total", 0L,
            "training_rows_positive_total", 2L,
            "training_label_errors_total", 0L,
            "training_marks_without_row_total", 1L,
            "training_events_read_total", 11L,
            "training_events_marking_total", 2L,
            "training_rows_in_gap_total", 0L),
        counts);
  }
}
