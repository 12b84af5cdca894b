package io.millrace.job.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Deals files out to map tasks: big ones are cut, small ones are put together, those of one host
 * first. Pure; the same files give the same splits.
 */
final class LandingSplitter {
  /** The last piece of a file may be longer by this share, rather than leave a crumb behind. */
  private static final double SLACK = 1.1;

  /** What a file counts at least, as opening it takes time too. */
  private static final long LEAST_WEIGHT = 256 * 1024;

  private static final String NO_HOST = "";

  /**
   * A file and where its bytes are.
   *
   * @param cuttable whether a reader can start in its middle
   * @param blocks empty where it does not matter
   */
  record Placed(LandingFile file, boolean cuttable, List<FileBlock> blocks) {}

  private record Piece(LandingPart part, HostBytes bytes) {
    long weight() {
      return Math.max(part.length(), LEAST_WEIGHT);
    }

    String bestHost() {
      List<String> hosts = bytes.best();
      return hosts.isEmpty() ? NO_HOST : hosts.get(0);
    }
  }

  private final long target;

  /**
   * @param target bytes that a split should have
   */
  LandingSplitter(long target) {
    this.target = Math.max(1, target);
  }

  List<LandingSplit> split(List<Placed> files) {
    List<LandingSplit> splits = new ArrayList<>();
    Map<String, List<Piece>> small = new TreeMap<>();
    for (Placed file : files) {
      for (LandingPart part : cut(file)) {
        HostBytes bytes = new HostBytes();
        bytes.add(file.blocks(), part.start(), part.end());
        Piece piece = new Piece(part, bytes);
        if (piece.weight() >= target) {
          splits.add(splitOf(List.of(piece)));
        } else {
          small.computeIfAbsent(piece.bestHost(), host -> new ArrayList<>()).add(piece);
        }
      }
    }
    List<Piece> rest = new ArrayList<>();
    small.values().forEach(pieces -> rest.addAll(pack(pieces, splits)));
    List<Piece> last = pack(rest, splits);
    if (!last.isEmpty()) {
      splits.add(splitOf(last));
    }
    return splits;
  }

  private List<LandingPart> cut(Placed placed) {
    LandingFile file = placed.file();
    if (!placed.cuttable() || file.length() == 0) {
      return List.of(new LandingPart(file, 0, file.length()));
    }
    List<LandingPart> parts = new ArrayList<>();
    long start = 0;
    while (file.length() - start > target * SLACK) {
      parts.add(new LandingPart(file, start, target));
      start += target;
    }
    if (start < file.length()) {
      parts.add(new LandingPart(file, start, file.length() - start));
    }
    return parts;
  }

  /** Adds full splits and returns the pieces that do not fill one. */
  private List<Piece> pack(List<Piece> pieces, List<LandingSplit> splits) {
    List<Piece> open = new ArrayList<>();
    long weight = 0;
    for (Piece piece : pieces) {
      if (!open.isEmpty() && weight + piece.weight() > target) {
        splits.add(splitOf(open));
        open = new ArrayList<>();
        weight = 0;
      }
      open.add(piece);
      weight += piece.weight();
    }
    return open;
  }

  private static LandingSplit splitOf(List<Piece> pieces) {
    HostBytes bytes = new HostBytes();
    pieces.forEach(piece -> bytes.add(piece.bytes()));
    return new LandingSplit(pieces.stream().map(Piece::part).toList(), bytes.best());
  }
}
