package io.millrace.join;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.row.ByteBuilder;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import io.millrace.row.XxHash64;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowLookupTest {
  private static final Column CARD =
      new Column("card", ColumnType.of(Kind.STRING).withNullable(true));
  private static final Column NAME = new Column("name", ColumnType.of(Kind.STRING));
  private static final Column COUNT = new Column("count", ColumnType.of(Kind.LONG));
  private static final Column MEAN =
      new Column("mean", ColumnType.of(Kind.DOUBLE).withNullable(true));
  private static final Column CITY =
      new Column("city", ColumnType.of(Kind.STRING).withNullable(true));
  private static final RowType CLEAN = new RowType("Clean", List.of(CARD, NAME));

  /** Joined rows have name and features; the card is read only to find them. */
  private static RowLookup lookup(boolean cities) {
    List<JoinSettings.Group> groups = new ArrayList<>();
    List<Column> joined = new ArrayList<>(List.of(NAME, COUNT, MEAN));
    List<FeatureTable> tables = new ArrayList<>();
    List<String> nothing = new ArrayList<>();

    groups.add(group("sums", COUNT, MEAN));
    FeatureTable sums = new FeatureTable(2);
    add(sums, "a", new ByteBuilder().putVarint(7).putByte(2).putDouble(2.5));
    add(sums, "b", new ByteBuilder().putVarint(1).putByte(0));
    tables.add(sums);
    nothing.add(hex(new ByteBuilder().putVarint(0).putByte(0)));
    if (cities) {
      groups.add(group("places", CITY));
      joined.add(CITY);
      FeatureTable places = new FeatureTable(1);
      add(places, "a", text(new ByteBuilder().putByte(2), "Oslo"));
      tables.add(places);
      nothing.add(hex(new ByteBuilder().putByte(0)));
    }
    return new RowLookup(
        new JoinSettings(
            CLEAN.toReaderAvro().toString(),
            List.of("name"),
            new RowType("Joined", joined).toAvro().toString(),
            List.of(new JoinSettings.Entity(List.of("card"), groups))),
        new NoFeatures(List.of(nothing)),
        CLEAN,
        List.of(tables));
  }

  private static JoinSettings.Group group(String name, Column... features) {
    Column entity = new Column("card", ColumnType.of(Kind.STRING));
    RowType read = new RowType(name, List.of(entity)).with(name, List.of(features));
    return new JoinSettings.Group(
        name, read.toAvro().toString(), List.of(features).stream().map(Column::name).toList());
  }

  private static void add(FeatureTable table, String card, ByteBuilder features) {
    ByteBuilder key = text(new ByteBuilder(), card);
    table.add(key, features, XxHash64.hash(key.array(), 0, key.length()));
  }

  private static ByteBuilder text(ByteBuilder out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return out.putSlice(utf8, 0, utf8.length);
  }

  private static String hex(ByteBuilder bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  /** Clean records, one after the other; a card of nothing is NULL. */
  private static byte[] clean(String... cards) {
    ByteBuilder out = new ByteBuilder();
    for (String card : cards) {
      if (card.isEmpty()) {
        out.putByte(0);
      } else {
        text(out.putByte(2), card);
      }
      text(out, "of " + card);
    }
    return out.toByteArray();
  }

  private static List<String> rows(RowLookup lookup, boolean cities) {
    List<String> rows = new ArrayList<>();
    while (lookup.next()) {
      Row row = lookup.row();
      rows.add(
          row.string(0)
              + ": "
              + row.longs[1]
              + " "
              + (row.nulls[2] ? "-" : row.doubles[2])
              + (cities ? " " + (row.nulls[3] ? "-" : row.string(3)) : ""));
    }
    return rows;
  }

  @Test
  void shouldPutFeaturesIntoTheRow() {
    RowLookup lookup = lookup(false);
    byte[] records = clean("a", "a", "", "", "b", "unknown", "a", "a");
    lookup.load(records, 0, records.length, 8);
    assertEquals(
        List.of(
            "of a: 7 2.5",
            "of a: 7 2.5",
            "of : 0 -",
            "of : 0 -",
            "of b: 1 -",
            "of unknown: 0 -",
            "of a: 7 2.5",
            "of a: 7 2.5"),
        rows(lookup, false));
    assertFalse(lookup.next());
    assertEquals(8, lookup.begun());
  }

  @Test
  void shouldTellNeighboursApartThatEndOrBeginAlike() {
    RowLookup lookup = lookup(false);
    byte[] records = clean("a", "ba", "a", "ab", "b", "ab", "b", "", "b", "a");
    lookup.load(records, 0, records.length, 10);
    assertEquals(
        List.of(
            "of a: 7 2.5",
            "of ba: 0 -",
            "of a: 7 2.5",
            "of ab: 0 -",
            "of b: 1 -",
            "of ab: 0 -",
            "of b: 1 -",
            "of : 0 -",
            "of b: 1 -",
            "of a: 7 2.5"),
        rows(lookup, false));
  }

  @Test
  void shouldKeepTextOfFeaturesWhereTheRowIs() {
    RowLookup lookup = lookup(true);
    // more than the row's buffer holds at first
    byte[] records = clean("a", "a", "b", "x".repeat(5000), "a", "a");
    for (int times = 0; times < 2; times++) {
      lookup.load(records, 0, records.length, 6);
      assertEquals(
          List.of(
              "of a: 7 2.5 Oslo",
              "of a: 7 2.5 Oslo",
              "of b: 1 - -",
              "of " + "x".repeat(5000) + ": 0 - -",
              "of a: 7 2.5 Oslo",
              "of a: 7 2.5 Oslo"),
          rows(lookup, true));
    }
  }

  @Test
  void shouldGoOnWithTheSameEntityInTheNextBlock() {
    RowLookup lookup = lookup(false);
    for (String card : new String[] {"a", "a", "b"}) {
      byte[] padded = new byte[clean(card).length + 3];
      System.arraycopy(clean(card), 0, padded, 3, padded.length - 3);
      lookup.load(padded, 3, padded.length - 3, 1);
      assertEquals(List.of(card.equals("a") ? "of a: 7 2.5" : "of b: 1 -"), rows(lookup, false));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldEncodeTheJoinedRowOfARecordOnDemand(boolean cities) {
    RowLookup lookup = lookup(cities);
    byte[] records = clean("a", "a", "b", "b");
    lookup.load(records, 0, records.length, 4);
    ByteBuilder first = new ByteBuilder();
    assertTrue(lookup.next());
    lookup.putSource(first);
    assertArrayEquals(clean("a"), first.toByteArray());
    assertTrue(lookup.next());
    assertTrue(lookup.next());

    ByteBuilder joined = new ByteBuilder();
    lookup.putRow(first.array(), 0, first.length(), joined);
    ByteBuilder expected = text(new ByteBuilder(), "of a").putVarint(7).putByte(2).putDouble(2.5);
    if (cities) {
      text(expected.putByte(2), "Oslo");
    }
    assertArrayEquals(expected.toByteArray(), joined.toByteArray());
    assertEquals("of b", lookup.row().string(0));
    assertEquals(List.of("of b: 1 -" + (cities ? " -" : "")), rows(lookup, cities));
  }
}
