package io.millrace.job.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.job.io.EncodedRecords;
import io.millrace.job.score.Cards.Card;
import io.millrace.join.StoredRows;
import io.millrace.model.BoundModel;
import io.millrace.model.ModelSession;
import io.millrace.model.TestModels;
import io.millrace.pipeline.Scoring;
import io.millrace.row.ByteCursor;
import io.millrace.row.RowType;
import io.millrace.spec.ScoreSpec.Missing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowScorerTest {
  private static final Missing NAN = new Missing.NotANumber();
  private static final Missing REJECT = new Missing.Reject();

  private record Scored(String card, float score) {}

  private record Rejected(long number, String rule, String reason, List<Byte> raw) {}

  private static final class ListSink implements ScoreSink {
    private final List<Scored> scored = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();

    @Override
    public void scored(EncodedRecords scores) {
      for (int i = 0; i < scores.count(); i++) {
        ByteCursor cursor =
            new ByteCursor().reset(scores.array(), scores.start(i), scores.length(i));
        int length = cursor.readLength();
        String card =
            new String(scores.array(), cursor.advance(length), length, StandardCharsets.UTF_8);
        scored.add(new Scored(card, cursor.readFloat()));
      }
    }

    @Override
    public void rejected(long number, String rule, String reason, byte[] raw) {
      rejected.add(new Rejected(number, rule, reason, bytes(raw)));
    }
  }

  private static StoredRows rows(Scoring scoring, RowType written) {
    return new StoredRows(written, scoring.features(), scoring.features().names());
  }

  private static List<Byte> bytes(byte[] raw) {
    List<Byte> list = new ArrayList<>();
    for (byte b : raw) {
      list.add(b);
    }
    return list;
  }

  /** Scores cards that come in blocks of so many. */
  private static ListSink score(
      Scoring scoring, byte[] model, int batchRows, int blockRows, List<Card> cards)
      throws Exception {
    ListSink sink = new ListSink();
    try (ModelSession session =
        ModelSession.open(
            model,
            new BoundModel(scoring.inputs(), scoring.output()),
            scoring.features(),
            batchRows)) {
      RowScorer scorer = new RowScorer(scoring, rows(scoring, Cards.FEATURES), session, sink);
      for (int first = 0; first < cards.size(); first += blockRows) {
        List<Card> block = cards.subList(first, Math.min(cards.size(), first + blockRows));
        byte[] records = Cards.encode(block);
        scorer.score(records, 0, records.length, first, block.size());
      }
      scorer.finish();
    }
    return sink;
  }

  @Test
  void shouldScoreInTheOrderOfTheFile() throws Exception {
    // z = amount - 2 count: 0, 1, -2
    ListSink sink =
        score(
            Cards.logistic(NAN, NAN),
            TestModels.logistic(0, 1, -2),
            2,
            10,
            List.of(new Card("a", 6.0, 3L), new Card("b", 3.0, 1L), new Card("c", 0.0, 1L)));
    assertEquals(List.of("a", "b", "c"), sink.scored.stream().map(Scored::card).toList());
    float[] expected = {0.5f, 0.7310586f, 0.1192029f};
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], sink.scored.get(i).score(), 1e-6f);
    }
    assertEquals(List.of(), sink.rejected);
  }

  @Test
  void shouldSetAsideRowsWithoutWhatTheyNeed() throws Exception {
    Card incomplete = new Card("b", null, 1L);
    ListSink sink =
        score(
            Cards.logistic(REJECT, new Missing.Value(3)),
            TestModels.logistic(0, 1, -2),
            2,
            2,
            List.of(new Card("a", 6.0, null), incomplete, new Card("c", 2.0, 1L)));
    assertEquals(List.of(new Scored("a", 0.5f), new Scored("c", 0.5f)), sink.scored);
    assertEquals(
        List.of(
            new Rejected(
                1,
                "score.missing",
                "column amount is NULL, without which no row is scored",
                bytes(incomplete.encode()))),
        sink.rejected);
  }

  @Test
  void shouldSetAsideScoresThatAreNoNumber() throws Exception {
    Card unknown = new Card("b", null, 1L);
    ListSink sink =
        score(
            Cards.logistic(NAN, NAN),
            TestModels.logistic(0, 1, -2),
            8,
            2,
            List.of(new Card("a", 6.0, 3L), unknown, new Card("c", 2.0, 1L)));
    assertEquals(List.of(new Scored("a", 0.5f), new Scored("c", 0.5f)), sink.scored);
    assertEquals(
        List.of(
            new Rejected(
                1,
                "score.result",
                "the score is NaN; a finite number is needed",
                bytes(unknown.encode()))),
        sink.rejected);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100})
  void shouldSetAsideOnlyTheRowsOnWhichTheModelFails(int batchRows) throws Exception {
    Card guilty = new Card("c", 0.0, 7L);
    ListSink sink =
        score(
            Cards.table(),
            TestModels.table(),
            batchRows,
            3,
            List.of(
                new Card("a", 0.0, 0L), new Card("b", 0.0, 2L), guilty, new Card("d", 0.0, 1L)));
    assertEquals(
        List.of(new Scored("a", 10), new Scored("b", 30), new Scored("d", 20)), sink.scored);
    assertEquals(1, sink.rejected.size());
    Rejected rejected = sink.rejected.get(0);
    assertEquals(2, rejected.number());
    assertEquals("score.model", rejected.rule());
    assertEquals(bytes(guilty.encode()), rejected.raw());
    assertTrue(rejected.reason().contains("out of data bounds"), rejected.reason());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 64, 1000})
  void shouldGiveTheSameBitsWhateverTheBlocks(int blockRows) throws Exception {
    List<Card> cards = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      cards.add(new Card("card-" + i, i % 17 == 0 ? null : i * 0.37, (long) i % 11));
    }
    Scoring scoring = Cards.logistic(REJECT, NAN);
    byte[] model = TestModels.logistic(0.1f, 0.03f, -0.2f);
    ListSink whole = score(scoring, model, 32, 300, cards);
    ListSink blocks = score(scoring, model, 32, blockRows, cards);
    assertEquals(whole.scored, blocks.scored);
    assertEquals(whole.rejected, blocks.rejected);
    assertEquals(300, whole.scored.size() + whole.rejected.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 31, 1024})
  void shouldGiveTheSameScoresWhateverTheBatch(int batchRows) throws Exception {
    List<Card> cards = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      cards.add(new Card("card-" + i, i * 0.37, (long) i % 11));
    }
    ListSink sink =
        score(
            Cards.logistic(NAN, NAN), TestModels.logistic(0.1f, 0.03f, -0.2f), batchRows, 9, cards);
    for (int i = 0; i < 100; i++) {
      double z = 0.1 + 0.03 * (i * 0.37) - 0.2 * (i % 11);
      assertEquals("card-" + i, sink.scored.get(i).card());
      assertEquals(1 / (1 + Math.exp(-z)), sink.scored.get(i).score(), 1e-6);
    }
  }

  @Test
  void shouldReadColumnsThatWereWrittenInAnotherOrder() throws Exception {
    RowType written = Cards.FEATURES.select("Old", List.of("count", "card_id"));
    Scoring scoring = Cards.logistic(new Missing.Value(6), NAN);
    ListSink sink = new ListSink();
    try (ModelSession session =
        ModelSession.open(
            TestModels.logistic(0, 1, -2),
            new BoundModel(scoring.inputs(), scoring.output()),
            scoring.features(),
            4)) {
      RowScorer scorer = new RowScorer(scoring, rows(scoring, written), session, sink);
      byte[] record = {2, 6, 2, 'a'}; // count 3, card "a"
      scorer.score(record, 0, record.length, 0, 1);
      scorer.finish();
    }
    assertEquals(List.of(new Scored("a", 0.5f)), sink.scored);
  }
}
