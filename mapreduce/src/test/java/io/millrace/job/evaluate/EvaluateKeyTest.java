package io.millrace.job.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.job.evaluate.EvaluateKey.Group;
import io.millrace.learn.Part;
import io.millrace.learn.metrics.Segment;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class EvaluateKeyTest {
  private static final int TRIES = 200;
  private static final List<String> SEGMENTS = List.of("channel", "country");

  private static ByteBuilder of(int model, Part part) {
    return EvaluateKey.begin(model, part, new ByteBuilder());
  }

  private static byte[] segment(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return EvaluateKey.putSegment(2, utf8, of(0, Part.TEST)).toByteArray();
  }

  private static ByteCursor cursor(byte[] key) {
    return new ByteCursor().reset(key, 0, key.length);
  }

  private static byte[] score(double score) {
    return EvaluateKey.putScore(0, score, new ByteBuilder()).toByteArray();
  }

  @Property(tries = TRIES)
  void shouldSortScoresHighestFirst(
      @ForAll @DoubleRange(min = -1e9, max = 1e9) double a,
      @ForAll @DoubleRange(min = -1e9, max = 1e9) double b) {
    assertEquals(
        Math.signum(Double.compare(b + 0.0, a + 0.0)),
        Math.signum(Arrays.compareUnsigned(score(a), score(b))));
    ByteCursor cursor = cursor(score(a));
    assertEquals(EvaluateKey.SCORE, cursor.readByte());
    assertEquals(0, EvaluateKey.readShort(cursor));
    assertEquals(a + 0.0, EvaluateKey.readScore(cursor));
  }

  @Property(tries = TRIES)
  void shouldKeepSegmentsApart(@ForAll String a, @ForAll String b) {
    byte[] first = segment(a);
    byte[] second = segment(b);
    ByteCursor cursor = cursor(first);
    Group group = EvaluateKey.readGroup(cursor, SEGMENTS);
    assertEquals(0, cursor.remaining());
    String read = new String(a.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    assertEquals(
        new Group(0, Part.TEST, Optional.of(new Segment("country", Optional.of(read))), -1), group);
    // none begins another, so that a group's keys lie together
    boolean begins =
        first.length <= second.length && Arrays.equals(first, Arrays.copyOf(second, first.length));
    assertEquals(Arrays.equals(first, second), begins);
  }

  @Test
  void shouldSortSegmentsByValueAndNullFirst() {
    byte[] none = EvaluateKey.putNullSegment(2, of(0, Part.TEST)).toByteArray();
    List<byte[]> keys = List.of(none, segment(""), segment("\u0000"), segment("a"), segment("b"));
    for (int i = 1; i < keys.size(); i++) {
      assertTrue(Arrays.compareUnsigned(keys.get(i - 1), keys.get(i)) < 0);
    }
    assertEquals(
        Optional.of(new Segment("country", Optional.empty())),
        EvaluateKey.readGroup(cursor(none), SEGMENTS).segment());
  }

  @Test
  void shouldReadGroupsOfAllRowsAndOfShuffledInputs() {
    byte[] all = EvaluateKey.putAllRows(of(2, Part.TRAIN)).toByteArray();
    assertEquals(
        new Group(2, Part.TRAIN, Optional.empty(), -1),
        EvaluateKey.readGroup(cursor(all), SEGMENTS));
    byte[] shuffled = EvaluateKey.putPermuted(1000, of(0, Part.TEST)).toByteArray();
    assertEquals(
        new Group(0, Part.TEST, Optional.empty(), 1000),
        EvaluateKey.readGroup(cursor(shuffled), SEGMENTS));
  }

  @Test
  void shouldGiveEachPartOfEachModelAPartition() {
    assertEquals(6, EvaluateKey.partitions(2));
    assertEquals(5, EvaluateKey.partition(of(1, Part.TEST).toByteArray(), 0));
    assertEquals(0, EvaluateKey.partition(of(0, Part.TRAIN).toByteArray(), 0));
  }
}
