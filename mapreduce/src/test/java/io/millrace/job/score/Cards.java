package io.millrace.job.score;

import io.millrace.job.io.AvroRecordWriter;
import io.millrace.model.ElementType;
import io.millrace.model.ModelInputs;
import io.millrace.model.ModelOutput;
import io.millrace.pipeline.Scoring;
import io.millrace.row.ByteBuilder;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowEncoder;
import io.millrace.row.RowType;
import io.millrace.spec.ScoreSpec.Missing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** Features for tests: a card, and two numbers that may be NULL. */
final class Cards {
  static final String FINGERPRINT = "00112233445566778899aabbccddeeff";
  static final RowType FEATURES =
      new RowType(
          "Card",
          List.of(
              new Column("card_id", ColumnType.of(Kind.STRING)),
              new Column("amount", ColumnType.of(Kind.DOUBLE).withNullable(true)),
              new Column("count", ColumnType.of(Kind.LONG).withNullable(true))));

  private Cards() {}

  record Card(String id, Double amount, Long count) {
    byte[] encode() {
      Row row = new Row(FEATURES.size());
      row.setString(0, id);
      if (amount == null) {
        row.setNull(1);
      } else {
        row.setDouble(1, amount);
      }
      if (count == null) {
        row.setNull(2);
      } else {
        row.setLong(2, count);
      }
      ByteBuilder out = new ByteBuilder();
      new RowEncoder(FEATURES).encode(row, out);
      return out.toByteArray();
    }
  }

  /** Scores are {@code sigmoid(weights · (amount, count) + bias)}; the card is kept. */
  static Scoring logistic(Missing amount, Missing count) {
    return new Scoring(
        FEATURES,
        new ModelInputs(
            List.of(
                new ModelInputs.Tensor(
                    "features",
                    ElementType.FLOAT,
                    true,
                    List.of(
                        new ModelInputs.Feed("amount", amount),
                        new ModelInputs.Feed("count", count)))),
            false),
        new ModelOutput("score", "score", ElementType.FLOAT, OptionalInt.empty()),
        List.of("card_id"));
  }

  /** Scores of {@code TestModels.table()}: the count is the index. */
  static Scoring table() {
    return new Scoring(
        FEATURES,
        new ModelInputs(
            List.of(
                new ModelInputs.Tensor(
                    "index",
                    ElementType.INT64,
                    false,
                    List.of(new ModelInputs.Feed("count", new Missing.Reject())))),
            false),
        new ModelOutput("score", "score", ElementType.FLOAT, OptionalInt.empty()),
        List.of("card_id"));
  }

  static byte[] encode(List<Card> cards) {
    ByteBuilder out = new ByteBuilder();
    cards.forEach(card -> out.putBytes(card.encode()));
    return out.toByteArray();
  }

  static void write(Path file, List<Card> cards) throws IOException {
    try (AvroRecordWriter writer =
        new AvroRecordWriter(
            file.getFileName().toString(),
            Files.newOutputStream(file),
            FEATURES.toAvro(),
            FINGERPRINT)) {
      for (Card card : cards) {
        byte[] record = card.encode();
        writer.append(record, 0, record.length);
      }
    }
  }
}
