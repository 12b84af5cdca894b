package io.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.expression.ExpressionException;
import io.millrace.job.FeatureGroups;
import io.millrace.job.Transaction;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class FeatureGroupTest {
  private static FeatureGroups groups() {
    return new FeatureGroups(Transaction.TYPE, Transaction.ZONE, "ts")
        .name("card")
        .entity("card", "terminal")
        .windows(1, 30);
  }

  private static List<String> types(Schema schema) {
    return schema.getFields().stream().map(field -> field.name() + " " + type(field)).toList();
  }

  private static String type(Schema.Field field) {
    Schema schema = field.schema();
    return schema.isUnion() ? schema.getTypes().get(1).getName() + "?" : schema.getName();
  }

  @Test
  void shouldStoreOneFieldACall() throws ExpressionException {
    FeatureGroup group =
        groups()
            .aggregate("a", "COUNT(*)")
            .aggregate("b", "SUM(amount) / COUNT(amount)")
            .aggregate("c", "AVG(amount)")
            .aggregate("d", "SUM(amount * 2) + SUM(amount * 3)")
            .aggregate("e", "MAX(channel)")
            .aggregate("f", "MIN(ts)")
            .build();
    Schema partial = group.partialSchema();
    assertEquals("CardPartial", partial.getName());
    assertEquals(
        List.of(
            "card string",
            "terminal int",
            "event_day int",
            "count long",
            "sum_amount bytes?",
            "count_amount long",
            "sum_* bytes?",
            "sum_* bytes?",
            "max_channel string?",
            "min_ts long?"),
        withoutDigits(types(partial)));
    Stream.of("count", "sum_amount", fieldOf("SUM(amount * 3)", partial).name(), "event_day")
        .map(partial::getField)
        .forEach(field -> assertTrue(field.doc() != null, field.name()));
    assertEquals(
        "State of SUM(amount * 2). The exact sum: empty for zero, else an Avro int e and an odd"
            + " big-endian two's complement integer m of as few bytes as hold it, for m * 2^e; null"
            + " where no value was added.",
        fieldOf("SUM(amount * 2)", partial).doc());
  }

  @Test
  void shouldNameFieldsByWhatTheyHoldAndNotByTheirPlace() throws ExpressionException {
    Schema before =
        groups()
            .aggregate("a", "SUM(amount * 2)")
            .aggregate("b", "DECAYED_SUM(amount, INTERVAL '7' DAY)")
            .build()
            .partialSchema();
    Schema after =
        groups()
            .aggregate("c", "SUM(amount * 3)")
            .aggregate("d", "DECAYED_SUM(amount, INTERVAL '1' DAY)")
            .aggregate("b", "DECAYED_SUM(amount, INTERVAL '7' DAY)")
            .aggregate("a", "SUM(amount * 2)")
            .build()
            .partialSchema();
    assertTrue(names(after).containsAll(names(before)), names(after)::toString);
    assertEquals(names(before).size() + 2, names(after).size());
  }

  private static List<String> names(Schema schema) {
    return schema.getFields().stream().map(Schema.Field::name).toList();
  }

  /** Names with a hash, its digits replaced by an asterisk. */
  private static List<String> withoutDigits(List<String> types) {
    return types.stream().map(type -> type.replaceAll("_[0-9a-f]{8} ", "_* ")).toList();
  }

  private static Schema.Field fieldOf(String state, Schema partial) {
    return partial.getFields().stream()
        .filter(field -> field.doc().startsWith("State of " + state + "."))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldNumberFeaturesByWindow() throws ExpressionException {
    FeatureGroup group =
        groups()
            .delay(7)
            .aggregate("count", "COUNT(*)")
            .aggregate("twice", "COUNT(*) * 2")
            .aggregate("mean", "AVG(fee)")
            .aggregate("fees", "SUM(fee)")
            .build();
    Schema features = group.featureType().toAvro();
    assertEquals("CardFeatures", features.getName());
    assertEquals(
        List.of(
            "card string",
            "terminal int",
            "card_count_1d long",
            "card_twice_1d long?",
            "card_mean_1d double?",
            "card_fees_1d bytes?",
            "card_count_30d long",
            "card_twice_30d long?",
            "card_mean_30d double?",
            "card_fees_30d bytes?"),
        types(features));
    assertEquals(
        "SUM(fee) over 30 days that end 7 days before the date; null where it has no value.",
        features.getField("card_fees_30d").doc());
    assertEquals(
        "COUNT(*) over 1 day that ends 7 days before the date.",
        features.getField("card_count_1d").doc());
  }

  @Test
  void shouldReadOnlyWhatItNeeds() throws ExpressionException {
    FeatureGroup group =
        groups().where("channel = 'web'").aggregate("fees", "SUM(fee) / COUNT(*)").build();
    assertEquals(List.of("card", "terminal", "ts", "channel", "fee"), group.readColumns());
  }

  @Test
  void shouldLeaveDistinctOutWhereItChangesNothing() throws ExpressionException {
    FeatureGroup group =
        groups().aggregate("a", "MAX(DISTINCT fee)").aggregate("b", "MAX(fee)").build();
    assertEquals(
        List.of("card string", "terminal int", "event_day int", "max_fee bytes?"),
        types(group.partialSchema()));
  }

  @Test
  void shouldShareStatesWithTheEqualCase() throws ExpressionException {
    FeatureGroup group =
        groups()
            .aggregate("a", "SUM(fee) FILTER (WHERE channel = 'web')")
            .aggregate("b", "SUM(CASE WHEN channel = 'web' THEN fee END)")
            .aggregate("c", "COUNT(*) FILTER (WHERE channel = 'web') / COUNT(*)")
            .aggregate("d", "COUNT(CASE WHEN channel = 'web' THEN 1 END)")
            .build();
    assertEquals(
        List.of(
            "card string",
            "terminal int",
            "event_day int",
            "sum_* bytes?",
            "count_* long",
            "count long"),
        withoutDigits(types(group.partialSchema())));
    assertEquals(
        "sum_",
        fieldOf("SUM(CASE WHEN channel = 'web' THEN fee END)", group.partialSchema())
            .name()
            .substring(0, 4));
  }
}
