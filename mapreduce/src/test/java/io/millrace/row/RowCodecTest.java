package io.millrace.row;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.WithNull;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class RowCodecTest {
  private static final RowType TYPE =
      new RowType(
          "io.millrace.test.Everything",
          List.of(
              new Column("flag", ColumnType.of(Kind.BOOLEAN)),
              new Column("small", ColumnType.of(Kind.INT)),
              new Column("large", ColumnType.of(Kind.LONG).withNullable(true)),
              new Column("single", ColumnType.of(Kind.FLOAT)),
              new Column("real", ColumnType.of(Kind.DOUBLE).withNullable(true)),
              new Column("money", ColumnType.decimal(18, 2)),
              new Column("day", ColumnType.of(Kind.DATE)),
              new Column("at", ColumnType.of(Kind.TIMESTAMP_MICROS)),
              new Column("text", ColumnType.of(Kind.STRING).withNullable(true))));

  @Property
  void shouldWriteWhatAvroReads(
      @ForAll boolean flag,
      @ForAll int small,
      @ForAll @WithNull Long large,
      @ForAll float single,
      @ForAll @WithNull Double real,
      @ForAll @LongRange(min = -999_999_999_999_999_999L, max = 999_999_999_999_999_999L)
          long money,
      @ForAll @WithNull String text)
      throws IOException {
    Row row = row(flag, small, large, single, real, money, text);
    ByteBuilder out = new ByteBuilder();
    new RowEncoder(TYPE).encode(row, out);

    Schema schema = TYPE.toAvro();
    GenericRecord record =
        new GenericDatumReader<GenericRecord>(schema)
            .read(null, DecoderFactory.get().binaryDecoder(out.toByteArray(), null));
    assertEquals(flag, record.get("flag"));
    assertEquals(small, record.get("small"));
    assertEquals(large, record.get("large"));
    assertEquals(single, record.get("single"));
    assertEquals(real, record.get("real"));
    assertEquals(text, record.get("text") == null ? null : record.get("text").toString());
    byte[] unscaled = new byte[((ByteBuffer) record.get("money")).remaining()];
    ((ByteBuffer) record.get("money")).get(unscaled);
    assertEquals(
        BigDecimal.valueOf(money, 2), new BigDecimal(new java.math.BigInteger(unscaled), 2));
  }

  @Property
  void shouldReadWhatAvroWrites(
      @ForAll @WithNull Long large, @ForAll @WithNull Double real, @ForAll @WithNull String text)
      throws IOException {
    GenericRecord record = new GenericData.Record(TYPE.toAvro());
    record.put("flag", true);
    record.put("small", -7);
    record.put("large", large);
    record.put("single", 1.5f);
    record.put("real", real);
    record.put("money", ByteBuffer.wrap(new java.math.BigInteger("-12345").toByteArray()));
    record.put("day", 20000);
    record.put("at", 1L);
    record.put("text", text);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(TYPE.toAvro()).write(record, encoder);
    encoder.flush();

    Row row = new Row(TYPE.size());
    new RowDecoder(TYPE).decode(bytes.toByteArray(), 0, bytes.size(), row);
    assertEquals(1, row.longs[0]);
    assertEquals(-7, row.longs[1]);
    assertEquals(large == null, row.nulls[2]);
    if (large != null) {
      assertEquals(large, row.longs[2]);
    }
    assertEquals(1.5, row.doubles[3]);
    assertEquals(real == null, row.nulls[4]);
    if (real != null) {
      assertEquals(real, row.doubles[4]);
    }
    assertEquals(-12345, row.longs[5]);
    assertEquals(20000, row.longs[6]);
    assertEquals(text == null, row.nulls[8]);
    if (text != null) {
      // a lone surrogate has no UTF-8: both sides write a question mark
      assertEquals(
          new String(
              text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
              java.nio.charset.StandardCharsets.UTF_8),
          row.string(8));
    }
  }

  @Test
  void shouldReadOnlyWhatIsWanted() {
    ByteBuilder out = new ByteBuilder();
    new RowEncoder(TYPE).encode(row(true, 1, 2L, 3f, 4.0, 5, "six"), out);
    Row row = new Row(TYPE.size());
    row.setLong(1, 99);
    new RowDecoder(TYPE, TYPE, List.of("text", "real")).decode(out.array(), 0, out.length(), row);
    assertEquals("six", row.string(8));
    assertEquals(4.0, row.doubles[4]);
    assertEquals(99, row.longs[1]);
  }

  @Test
  void shouldGiveNullForAColumnThatWasAddedLater() {
    RowType later =
        TYPE.with(
            "Later", List.of(new Column("extra", ColumnType.of(Kind.LONG).withNullable(true))));
    ByteBuilder out = new ByteBuilder();
    new RowEncoder(TYPE).encode(row(true, 1, 2L, 3f, 4.0, 5, "six"), out);
    Row row = new Row(later.size());
    row.setLong(9, 5);
    new RowDecoder(TYPE, later, later.names()).decode(out.array(), 0, out.length(), row);
    assertTrue(row.nulls[9]);
    assertFalse(row.nulls[8]);
  }

  private static Row row(
      boolean flag, int small, Long large, float single, Double real, long money, String text) {
    Row row = new Row(TYPE.size());
    row.setLong(0, flag ? 1 : 0);
    row.setLong(1, small);
    if (large == null) {
      row.setNull(2);
    } else {
      row.setLong(2, large);
    }
    row.setDouble(3, single);
    if (real == null) {
      row.setNull(4);
    } else {
      row.setDouble(4, real);
    }
    row.setLong(5, money);
    row.setLong(6, 20000);
    row.setLong(7, 1);
    if (text == null) {
      row.setNull(8);
    } else {
      row.setString(8, text);
    }
    return row;
  }
}
