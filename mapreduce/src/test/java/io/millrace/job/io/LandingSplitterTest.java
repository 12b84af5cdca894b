package io.millrace.job.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.job.io.LandingSplitter.Placed;
import io.millrace.plan.RawFile;
import io.millrace.plan.Splits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LandingSplitterTest {
  private static final long MIB = 1 << 20;

  private static Placed file(String name, long length, boolean cuttable, FileBlock... blocks) {
    return new Placed(
        new LandingFile("hdfs://nn/l/" + name, name, length), cuttable, List.of(blocks));
  }

  @Property(tries = 200)
  void shouldMakeAsManySplitsAsThePlanSays(
      @ForAll @Size(max = 20) List<@LongRange(max = 2_000) Long> kibs,
      @ForAll @IntRange(min = 1, max = 1_000) int targetKib,
      @ForAll boolean compressed) {
    String ending = compressed ? ".gz" : ".csv";
    List<Placed> placed = new ArrayList<>();
    List<RawFile> raw = new ArrayList<>();
    for (long kib : kibs) {
      placed.add(file(raw.size() + ending, kib * 1024, !compressed));
      raw.add(new RawFile(raw.size() + ending, kib * 1024, 0, 0, ""));
    }

    int splits = new LandingSplitter(targetKib * 1024L).split(placed).size();

    assertEquals(Math.max(1, splits), Splits.count(raw, targetKib * 1024L));
  }

  private static List<String> shown(List<LandingSplit> splits) {
    return splits.stream()
        .map(
            split ->
                split.parts().stream()
                    .map(p -> p.file().name() + "@" + p.start() / MIB + "+" + p.length() / MIB)
                    .toList()
                    .toString())
        .toList();
  }

  @Test
  void shouldCutBigFilesAndPutTheRestTogether() {
    List<LandingSplit> splits =
        new LandingSplitter(100 * MIB)
            .split(
                List.of(
                    file("a", 250 * MIB, true),
                    file("b", 105 * MIB, true),
                    file("c", 30 * MIB, true),
                    file("d", 300 * MIB, false),
                    file("e", 0, true)));

    assertEquals(
        List.of("[a@0+100]", "[a@100+100]", "[b@0+105]", "[d@0+300]", "[a@200+50, c@0+30, e@0+0]"),
        shown(splits));
  }

  @Test
  void shouldPutManySmallFilesIntoFewSplits() {
    List<Placed> files = IntStream.range(0, 2000).mapToObj(i -> file("f" + i, 1000, true)).toList();

    List<LandingSplit> splits = new LandingSplitter(128 * MIB).split(files);

    // 512 files a split: opening one counts as reading 256 KiB
    assertEquals(4, splits.size());
    assertEquals(2000, splits.stream().mapToInt(split -> split.parts().size()).sum());
  }

  @Test
  void shouldKeepFilesOfOneHostTogether() {
    List<Placed> files = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String host = i % 2 == 0 ? "w1" : "w2";
      files.add(
          file(
              "f" + i,
              50 * MIB,
              true,
              new FileBlock(0, 40 * MIB, List.of(host, "w3")),
              new FileBlock(40 * MIB, 10 * MIB, List.of(host))));
    }

    List<LandingSplit> splits = new LandingSplitter(100 * MIB).split(files);

    assertEquals(
        List.of(
            "[f0@0+50, f2@0+50]", "[f1@0+50, f3@0+50]", "[f4@0+50, f6@0+50]", "[f5@0+50, f7@0+50]"),
        shown(splits).stream().sorted().toList());
    for (LandingSplit split : splits) {
      String best = split.parts().get(0).file().name().matches("f[0246]") ? "w1" : "w2";
      assertArrayEquals(new String[] {best, "w3"}, split.getLocations());
    }
  }

  @Test
  void shouldNameTheHostsOfAPartOnly() {
    List<LandingSplit> splits =
        new LandingSplitter(100 * MIB)
            .split(
                List.of(
                    file(
                        "a",
                        200 * MIB,
                        true,
                        new FileBlock(0, 100 * MIB, List.of("w1", "w2", "w3", "w4")),
                        new FileBlock(100 * MIB, 100 * MIB, List.of("w5")))));

    assertArrayEquals(new String[] {"w1", "w2", "w3"}, splits.get(0).getLocations());
    assertArrayEquals(new String[] {"w5"}, splits.get(1).getLocations());
  }

  @Test
  void shouldReadEmptyFilesAsACompressedOneIsDamagedAndAPlainOneOdd() {
    assertEquals(
        List.of("[a.gz@0+0, b@0+0]"),
        shown(new LandingSplitter(MIB).split(List.of(file("a.gz", 0, false), file("b", 0, true)))));
  }

  @Test
  void shouldCopyASplitThroughItsSerialForm() throws IOException {
    LandingSplit split =
        new LandingSplitter(100 * MIB).split(List.of(file("ä", 30 * MIB, true))).get(0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    split.write(new DataOutputStream(out));
    LandingSplit copy = new LandingSplit();
    copy.readFields(new DataInputStream(new ByteArrayInputStream(out.toByteArray())));

    assertEquals(split.parts(), copy.parts());
    assertEquals(30 * MIB, copy.getLength());
  }
}
