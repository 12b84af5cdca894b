package io.millrace.job.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostBytesTest {
  private final HostBytes bytes = new HostBytes();

  private static FileBlock block(long offset, long length, String... hosts) {
    return new FileBlock(offset, length, List.of(hosts));
  }

  /** A whole file of one block, as the partials of one date are. */
  private void addFile(long length, String... hosts) {
    bytes.add(List.of(block(0, length, hosts)), 0, length);
  }

  @Test
  void shouldChooseTheHostThatHoldsMostBytes() {
    // seven dates of one bucket, replication 1; w2 has fewer files and more bytes
    addFile(10, "w1");
    addFile(10, "w1");
    addFile(10, "w1");
    addFile(50, "w2");
    addFile(40, "w2");
    addFile(30, "w3");
    addFile(5, "w4");
    assertEquals(List.of("w2"), bytes.best());
  }

  @Test
  void shouldOfferHostsThatHoldNearlyAsMuch() {
    addFile(100, "w1");
    addFile(80, "w3");
    addFile(74, "w2");
    assertEquals(List.of("w1", "w3"), bytes.best());
  }

  @Test
  void shouldOfferAllReplicasOfAFile() {
    addFile(100, "w3", "w1", "w2");
    assertEquals(List.of("w1", "w2", "w3"), bytes.best());
  }

  @Test
  void shouldOfferThreeHostsAtMost() {
    addFile(100, "w5", "w4", "w3", "w2", "w1");
    assertEquals(List.of("w1", "w2", "w3"), bytes.best());
  }

  @Test
  void shouldCountOnlyTheStretchThatIsRead() {
    List<FileBlock> blocks = List.of(block(0, 64, "w1"), block(64, 64, "w2"), block(128, 30, "w3"));
    // 4 bytes of the first block, 64 of the second, 2 of the third
    bytes.add(blocks, 60, 130);
    assertEquals(List.of("w2"), bytes.best());
    HostBytes first = new HostBytes();
    first.add(blocks, 0, 65);
    assertEquals(List.of("w1"), first.best());
  }

  @Test
  void shouldAddUpPiecesOfSeveralFiles() {
    HostBytes sum = new HostBytes();
    for (String host : List.of("w1", "w2", "w1")) {
      HostBytes piece = new HostBytes();
      piece.add(List.of(block(0, 10, host)), 0, 10);
      sum.add(piece);
    }
    assertEquals(List.of("w1"), sum.best());
  }

  @Test
  void shouldKnowNoPlaceWhereNoHostHasBytes() {
    assertEquals(List.of(), bytes.best());
    bytes.add(new ArrayList<>(), 0, 100);
    bytes.add(List.of(block(0, 100)), 0, 100);
    bytes.add(List.of(block(0, 100, "w1")), 100, 200);
    assertEquals(List.of(), bytes.best());
  }
}
