package io.millrace.row;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records that were written with other columns; Avro's own resolution says what is right. */
class RowResolutionTest {
  private static ColumnType type(String name) {
    return switch (name.replace("?", "")) {
      case "boolean" -> ColumnType.of(Kind.BOOLEAN);
      case "int" -> ColumnType.of(Kind.INT);
      case "long" -> ColumnType.of(Kind.LONG);
      case "float" -> ColumnType.of(Kind.FLOAT);
      case "double" -> ColumnType.of(Kind.DOUBLE);
      case "string" -> ColumnType.of(Kind.STRING);
      case "date" -> ColumnType.of(Kind.DATE);
      case "millis" -> ColumnType.of(Kind.TIMESTAMP_MILLIS);
      case "micros" -> ColumnType.of(Kind.TIMESTAMP_MICROS);
      case "decimal(9;2)" -> ColumnType.decimal(9, 2);
      case "decimal(12;2)" -> ColumnType.decimal(12, 2);
      case "decimal(12;3)" -> ColumnType.decimal(12, 3);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Column column(String name, String type) {
    return new Column(name, type(type).withNullable(type.endsWith("?")));
  }

  private static RowType rows(Column... columns) {
    return new RowType("Rows", List.of(columns));
  }

  @ParameterizedTest
  @CsvSource({
    "int, long, true",
    "int, float, true",
    "int, double, true",
    "long, float, true",
    "long, double, true",
    "float, double, true",
    "int, int?, true",
    "decimal(9;2), decimal(12;2), true",
    "millis, micros, true",
    "int?, int, false",
    "long, int, false",
    "double, float, false",
    "double, long, false",
    "decimal(12;2), decimal(9;2), false",
    "decimal(9;2), decimal(12;3), false",
    "micros, millis, false",
    "date, millis, false",
    "int, date, false",
    "long, millis, false",
    "int, string, false",
    "string, int, false",
    "int, decimal(12;2), false"
  })
  void shouldReadWiderTypesAndNoOthers(String written, String read, boolean expected) {
    List<String> problems =
        new RowResolution(rows(column("x", written)), rows(column("x", read)), List.of("x"))
            .problems();
    assertEquals(expected, problems.isEmpty(), problems::toString);
  }

  @Test
  void shouldNameBothTypesOfWhatCannotBeRead() {
    RowType written = rows(column("amt", "double"), column("n", "long?"));
    RowType read =
        rows(
            new Column("amount", type("long"), Set.of("amt"), null, null),
            column("n", "long"),
            column("k", "string"),
            column("unread", "string"));
    List<String> expected =
        List.of(
            "column amount (then amt) was written as \"double\", which cannot be read as \"long\""
                + " without loss",
            "column k, today \"string\" without a default, was not written; there are amt, n",
            "column n was written as [\"null\",\"long\"], which cannot be read as \"long\" without"
                + " loss");
    List<String> wanted = List.of("n", "k", "amount");
    assertEquals(expected, new RowResolution(written, read, wanted).problems());
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new RowDecoder(written, read, wanted));
    assertTrue(refused.getMessage().contains(expected.get(0)), refused.getMessage());
  }

  @Test
  void shouldNotTakeANameThatAnotherColumnHasForAnAlias() {
    RowType written = rows(column("b", "int"));
    RowType read =
        rows(
            new Column("a", type("int").withNullable(true), Set.of("b"), null, null),
            column("b", "int"));
    ByteBuilder record = new ByteBuilder().putVarint(7);
    Row row = new Row(2);
    new RowDecoder(written, read, read.names()).decode(record.array(), 0, record.length(), row);
    assertTrue(row.nulls[0]);
    assertEquals(7, row.longs[1]);
  }

  @Test
  void shouldMakeMicrosecondsOfMillisecondsBeforeAndAfter1970() {
    RowDecoder decoder =
        new RowDecoder(rows(column("t", "millis?")), rows(column("t", "micros?")), List.of("t"));
    Row row = new Row(1);
    for (long millis : new long[] {0, -1, 1_767_225_600_123L, -62_135_596_800_000L}) {
      ByteBuilder record = new ByteBuilder().putByte(2).putVarint(millis);
      decoder.decode(record.array(), 0, record.length(), row);
      assertEquals(millis * 1000, row.longs[0]);
    }
    decoder.decode(new byte[] {0}, 0, 1, row);
    assertTrue(row.nulls[0]);
  }

  /** Random columns, written; of today, some are wider, renamed, moved, dropped, added. */
  @Property(tries = 300)
  void shouldReadWhatAvroReads(@ForAll Random random) throws IOException {
    List<Column> written = new ArrayList<>();
    List<Column> read = new ArrayList<>();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      Column column = randomColumn("c" + i, random);
      written.add(column);
      switch (random.nextInt(4)) {
        case 0 -> {} // dropped
        case 1 -> read.add(widened(column, "new" + i, random));
        default -> read.add(widened(column, column.name(), random));
      }
    }
    for (int i = 0; i < 2; i++) {
      read.add(withDefault("added" + i, random));
    }
    Collections.shuffle(read, random);
    RowType writtenType = new RowType("Rows", written);
    RowType readType = new RowType("Rows", read);
    GenericRecord record = new GenericData.Record(writtenType.toAvro());
    for (Column column : written) {
      record.put(column.name(), randomValue(column.type(), random));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(writtenType.toAvro()).write(record, encoder);
    encoder.flush();

    Schema readerSchema = new Schema.Parser().parse(readType.toReaderAvro().toString());
    GenericRecord expected =
        new GenericDatumReader<GenericRecord>(writtenType.toAvro(), readerSchema)
            .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
    // today's columns travel as JSON
    RowType travelled = RowType.fromAvro(readerSchema);
    Row row = new Row(travelled.size());
    new RowDecoder(writtenType, travelled, travelled.names())
        .decode(bytes.toByteArray(), 0, bytes.size(), row);
    for (Column column : read) {
      int slot = travelled.slot(column.name());
      assertEquals(
          shown(expected.get(column.name())), shown(row, slot, column.type()), column.toString());
    }
  }

  private static Column randomColumn(String name, Random random) {
    List<String> types =
        List.of("boolean", "int", "long", "float", "double", "string", "decimal(9;2)");
    return column(
        name, types.get(random.nextInt(types.size())) + (random.nextBoolean() ? "?" : ""));
  }

  private static Column widened(Column column, String name, Random random) {
    List<ColumnType> wider = new ArrayList<>(List.of(column.type()));
    switch (column.type().kind()) {
      case INT -> wider.addAll(List.of(type("long"), type("float"), type("double")));
      case LONG -> wider.addAll(List.of(type("float"), type("double")));
      case FLOAT -> wider.add(type("double"));
      default -> {}
    }
    ColumnType type = wider.get(random.nextInt(wider.size()));
    boolean nullable = column.type().nullable() || random.nextBoolean();
    return new Column(
        name,
        type.withNullable(nullable),
        name.equals(column.name()) ? Set.of() : Set.of(column.name(), "other"),
        null,
        null);
  }

  private static Column withDefault(String name, Random random) {
    Object[][] choices = {
      {"int", 5},
      {"int?", 7},
      {"string", "wéb"},
      {"string?", "x"},
      {"string?", JsonProperties.NULL_VALUE},
      {"double", 0.5},
      {"boolean", true}
    };
    Object[] choice = choices[random.nextInt(choices.length)];
    Column plain = column(name, (String) choice[0]);
    return new Column(name, plain.type(), Set.of(), null, choice[1]);
  }

  private static Object randomValue(ColumnType type, Random random) {
    if (type.nullable() && random.nextBoolean()) {
      return null;
    }
    return switch (type.kind()) {
      case BOOLEAN -> random.nextBoolean();
      case INT -> random.nextInt();
      case LONG -> random.nextLong();
      case FLOAT -> random.nextFloat() * 1e10f;
      case DOUBLE -> random.nextDouble() * 1e100;
      case STRING -> "té" + random.nextInt();
      case DECIMAL ->
          ByteBuffer.wrap(BigInteger.valueOf(random.nextInt(999_999_999)).toByteArray());
      default -> throw new IllegalArgumentException(type.toString());
    };
  }

  private static byte[] bytesOf(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static String shown(Object value) {
    return value instanceof ByteBuffer bytes
        ? new BigInteger(bytesOf(bytes)).toString()
        : String.valueOf(value);
  }

  private static String shown(Row row, int slot, ColumnType type) {
    if (row.nulls[slot]) {
      return "null";
    }
    return switch (type.kind()) {
      case BOOLEAN -> String.valueOf(row.longs[slot] == 1);
      case FLOAT -> String.valueOf((float) row.doubles[slot]);
      case DOUBLE -> String.valueOf(row.doubles[slot]);
      case STRING -> row.string(slot);
      default -> String.valueOf(row.longs[slot]);
    };
  }
}
