package io.millrace.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class FingerprintPropertiesTest {
  private static final String PARTIALS = "partials/card";

  @Property(tries = 200)
  void orderAndPlaceOfRawFilesDoNotCount(
      @ForAll("files") List<RawFile> files, @ForAll Random random) {
    List<RawFile> moved = new ArrayList<>();
    for (RawFile file : files) {
      moved.add(
          new RawFile(
              file.name(), file.length(), random.nextLong(), file.crc32c(), "hdfs://other/x"));
    }
    Collections.shuffle(moved, random);
    assertEquals(new RawDay(true, files).fingerprint(), new RawDay(true, moved).fingerprint());
  }

  @Property(tries = 200)
  void anyOtherChangeOfRawFilesCounts(
      @ForAll("files") List<RawFile> files, @ForAll("files") List<RawFile> others) {
    boolean same = contents(files).equals(contents(others));
    boolean sameFingerprint =
        new RawDay(true, files).fingerprint().equals(new RawDay(true, others).fingerprint());
    assertEquals(same, sameFingerprint);
  }

  @Property(tries = 200)
  void textsRunIntoOneAnotherNowhere(
      @ForAll @Size(max = 3) List<String> one, @ForAll @Size(max = 3) List<String> other) {
    assertEquals(one.equals(other), hash(one).equals(hash(other)));
  }

  @Property(tries = 100)
  void aPartThatIsReadCountsAndOneThatIsNotDoesNot(@ForAll String before, @ForAll String after) {
    boolean same = before.equals(after);
    for (String column : List.of("amount", "card_id", "channel", "ts")) {
      boolean isRead = !column.equals("channel");
      String partialsBefore = fingerprint(withColumn(column, before), PARTIALS);
      String partialsAfter = fingerprint(withColumn(column, after), PARTIALS);
      assertEquals(same || !isRead, partialsBefore.equals(partialsAfter), column);
    }
  }

  @Property(tries = 100)
  void aRuleCountsForAllThatComesAfter(@ForAll String before, @ForAll String after) {
    for (String stage : List.of("clean", PARTIALS, "features/card", "score")) {
      boolean same = before.equals(after);
      assertEquals(
          same, fingerprint(withRule(before), stage).equals(fingerprint(withRule(after), stage)));
    }
  }

  @Property(tries = 20)
  void datesDiffer(@ForAll("files") List<RawFile> files) {
    FakeWarehouse warehouse = new FakeWarehouse();
    RawFile[] landed = files.toArray(RawFile[]::new);
    warehouse.land(CardPipeline.day(2), landed);
    warehouse.land(CardPipeline.day(3), landed);
    Set<Optional<Fingerprints>> fingerprints = new HashSet<>();
    PlanRequest request =
        PlanRequest.of(CardPipeline.day(2), CardPipeline.day(3)).only(StageId.clean());
    for (PlannedStage stage : warehouse.plan(new CardPipeline(), request).stages()) {
      fingerprints.add(stage.fingerprints());
    }
    assertNotEquals(1, fingerprints.size());
  }

  @Provide
  Arbitrary<List<RawFile>> files() {
    return Combinators.combine(
            Arbitraries.of("a", "b", "c/d", "c"),
            Arbitraries.longs().between(0, 2),
            Arbitraries.longs().between(0, 2))
        .as((name, length, crc) -> new RawFile(name, length, 0, crc, "file:/" + name))
        .list()
        .uniqueElements(RawFile::name)
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  private static Map<String, List<Long>> contents(List<RawFile> files) {
    Map<String, List<Long>> contents = new TreeMap<>();
    files.forEach(file -> contents.put(file.name(), List.of(file.length(), file.crc32c())));
    return contents;
  }

  private static String hash(List<String> texts) {
    FingerprintBuilder builder = new FingerprintBuilder("texts");
    texts.forEach(builder::text);
    return builder.build();
  }

  private static CardPipeline withColumn(String column, String definition) {
    CardPipeline pipeline = new CardPipeline();
    pipeline.cleanColumns.put(column, definition);
    return pipeline;
  }

  private static CardPipeline withRule(String expression) {
    CardPipeline pipeline = new CardPipeline();
    pipeline.rules.put("rules.amount_in_range", expression);
    return pipeline;
  }

  private static String fingerprint(CardPipeline pipeline, String stage) {
    FakeWarehouse warehouse = new FakeWarehouse();
    warehouse.landEach(CardPipeline.day(1), CardPipeline.day(1));
    return warehouse.plan(pipeline, PlanRequest.of(CardPipeline.day(1))).stages().stream()
        .filter(planned -> planned.stage().toString().equals(stage))
        .findFirst()
        .orElseThrow()
        .fingerprint();
  }
}
