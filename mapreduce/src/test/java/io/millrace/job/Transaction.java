package io.millrace.job;

import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.RowType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * A record of tests about features.
 *
 * @param landed the date of the partition that holds it
 * @param time milliseconds since 1970
 * @param amount null at times
 */
public record Transaction(
    LocalDate landed,
    String card,
    int terminal,
    long time,
    Double amount,
    BigDecimal fee,
    String channel) {
  /** Its days begin at 18:15 of the day before in UTC. */
  public static final ZoneId ZONE = ZoneId.of("Asia/Kathmandu");

  public static final RowType TYPE =
      new RowType(
          "Transaction",
          List.of(
              new Column("card", ColumnType.of(Kind.STRING).withNullable(true)),
              new Column("terminal", ColumnType.of(Kind.INT)),
              new Column("ts", ColumnType.of(Kind.TIMESTAMP_MILLIS)),
              new Column("amount", ColumnType.of(Kind.DOUBLE).withNullable(true)),
              new Column("fee", ColumnType.decimal(9, 2)),
              new Column("channel", ColumnType.of(Kind.STRING))));

  /** The day on which it happened. */
  public LocalDate eventDay() {
    return Instant.ofEpochMilli(time).atZone(ZONE).toLocalDate();
  }

  public GenericRecord toAvro() {
    GenericRecord record = new GenericData.Record(TYPE.toAvro());
    record.put("card", card);
    record.put("terminal", terminal);
    record.put("ts", time);
    record.put("amount", amount);
    record.put("fee", ByteBuffer.wrap(fee.unscaledValue().toByteArray()));
    record.put("channel", channel);
    return record;
  }

  /** So many records that landed on a date; one in five is late, by up to 12 days. */
  public static List<Transaction> random(LocalDate landed, int count, int cards, Random random) {
    List<Transaction> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      LocalDate day = random.nextInt(5) == 0 ? landed.minusDays(random.nextInt(13)) : landed;
      long start = day.atStartOfDay(ZONE).toInstant().toEpochMilli();
      records.add(
          new Transaction(
              landed,
              random.nextInt(50) == 0 ? null : "card-" + random.nextInt(cards),
              random.nextInt(10),
              start + random.nextInt(86_400_000),
              random.nextInt(20) == 0 ? null : amount(random),
              BigDecimal.valueOf(random.nextInt(100_000), 2),
              List.of("web", "pos", "atm").get(random.nextInt(3))));
    }
    return records;
  }

  private static double amount(Random random) {
    return switch (random.nextInt(50)) {
      case 0 -> random.nextGaussian() * 1e18;
      case 1 -> random.nextGaussian() * 1e-12;
      default -> random.nextInt(1_000_000) / 100.0;
    };
  }
}
