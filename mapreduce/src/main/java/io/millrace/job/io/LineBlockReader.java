package io.millrace.job.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads the lines that a part of a file owns (see {@link LandingPart}), in blocks. Lines longer
 * than a block make its buffer grow, up to a limit. Knows streams only, no file system.
 */
final class LineBlockReader implements Closeable {
  /** The end of a part that is a whole file of unknown length. */
  static final long UNBOUNDED = Long.MAX_VALUE;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final int LINE_END_BYTES = 2;
  private static final int TAIL_BYTES = 8 * 1024;

  /**
   * How to read.
   *
   * @param blockBytes about how much a block holds
   * @param maxLineBytes the longest line that is read
   * @param header whether the first line of a file is its header
   */
  record Settings(int blockBytes, int maxLineBytes, boolean header) {}

  private final String path;
  private final String name;
  private final InputStream in;
  private final Settings settings;

  private byte[] buffer;
  private int begin;
  private int limit;

  /** Where the buffer's first byte stands in the file. */
  private long base;

  private long end;
  private boolean streamEnded;
  private boolean finished;
  private byte[] header;

  private LineBlockReader(
      LandingFile file, InputStream in, long start, long end, byte[] header, Settings settings) {
    this.path = file.path();
    this.name = file.name();
    this.in = in;
    this.settings = settings;
    this.base = start;
    this.end = end;
    this.header = header;
    buffer = new byte[Math.max(LINE_END_BYTES, Math.min(settings.blockBytes(), longestLine()))];
  }

  /**
   * The reader of a part that starts its file.
   *
   * @param in stands at the start of the file
   * @param end of the part, or {@link #UNBOUNDED}
   */
  static LineBlockReader ofHead(LandingFile file, InputStream in, long end, Settings settings)
      throws IOException {
    LineBlockReader reader = new LineBlockReader(file, in, 0, end, new byte[0], settings);
    reader.skipByteOrderMark();
    if (settings.header()) {
      reader.readHeader();
    }
    return reader;
  }

  /**
   * The reader of a part that starts within its file.
   *
   * @param in stands at {@code start}
   * @param header the file's; empty where the format has none
   */
  static LineBlockReader ofTail(
      LandingFile file, InputStream in, long start, long end, byte[] header, Settings settings)
      throws IOException {
    LineBlockReader reader = new LineBlockReader(file, in, start, end, header, settings);
    reader.skipLine();
    return reader;
  }

  byte[] header() {
    return header;
  }

  /** Fills the block with the next lines; returns whether there were any. */
  boolean next(LineBlock block) throws IOException {
    while (!finished) {
      if (base + begin > end) {
        finished = true;
        break;
      }
      int cut = endOfOwnedLines();
      if (cut > begin) {
        deliver(block, cut);
        return true;
      }
      if (streamEnded) {
        finished = true;
        if (limit > begin) {
          deliver(block, limit);
          return true;
        }
        break;
      }
      fill();
    }
    return false;
  }

  private void deliver(LineBlock block, int cut) {
    block.set(name, base + begin, header, buffer, begin, cut - begin);
    begin = cut;
  }

  /** The index behind the last whole line of the buffer that this part owns, or {@link #begin}. */
  private int endOfOwnedLines() {
    // a line feed at the end or behind it closes the last line that starts in the part
    int stop = (int) Math.max(begin, Math.min(limit, end - base));
    int closing = LineCursor.indexOfLineFeed(buffer, stop, limit);
    if (closing < 0) {
      closing = LineCursor.lastIndexOfLineFeed(buffer, begin, stop);
    }
    return closing < 0 ? begin : closing + 1;
  }

  private void skipByteOrderMark() throws IOException {
    while (limit < BYTE_ORDER_MARK.length && !streamEnded) {
      fill();
    }
    int length = BYTE_ORDER_MARK.length;
    if (limit >= length && Arrays.equals(buffer, 0, length, BYTE_ORDER_MARK, 0, length)) {
      begin = length;
      end = Math.max(end, length); // the first line is owned wherever it starts
    }
  }

  private void readHeader() throws IOException {
    int lineFeed;
    while ((lineFeed = LineCursor.indexOfLineFeed(buffer, begin, limit)) < 0 && !streamEnded) {
      fill();
    }
    int stop = lineFeed < 0 ? limit : lineFeed;
    boolean carriageReturn = stop > begin && lineFeed >= 0 && buffer[stop - 1] == '\r';
    header = Arrays.copyOfRange(buffer, begin, carriageReturn ? stop - 1 : stop);
    refuseCarriageReturns();
    begin = Math.min(stop + 1, limit);
  }

  /** Lines that end in CR alone would all be one header, and the file one without records. */
  private void refuseCarriageReturns() throws IOException {
    for (byte each : header) {
      if (each == '\r') {
        throw new IOException(
            "Cannot read %s: its first line has a carriage return (CR) in it, so its lines seem to end in CR alone; expected LF or CR LF; convert it, for example with: tr '\\r' '\\n'"
                .formatted(path));
      }
    }
  }

  /** Whether there is nothing in the file, not even a header. To be asked before {@link #next}. */
  boolean isEmpty() throws IOException {
    if (limit == begin && !streamEnded && header.length == 0) {
      fill();
    }
    return header.length == 0 && limit == begin && streamEnded;
  }

  /** Leaves the line in which the part starts to the part before. */
  private void skipLine() throws IOException {
    int lineFeed;
    while ((lineFeed = LineCursor.indexOfLineFeed(buffer, begin, limit)) < 0) {
      begin = limit;
      if (streamEnded || base + begin > end) {
        finished = true;
        return;
      }
      fill();
    }
    begin = lineFeed + 1;
  }

  private void fill() throws IOException {
    makeRoom();
    int wanted = buffer.length - limit;
    long untilEnd = end - (base + limit);
    if (untilEnd < wanted) {
      // behind the end only the rest of one line is needed
      wanted = (int) Math.max(untilEnd, Math.min(wanted, Math.max(TAIL_BYTES, limit)));
    }
    int read = read(wanted);
    limit += read;
    streamEnded = read < wanted;
    if (streamEnded && end != UNBOUNDED && base + limit < end) {
      throw new IOException(
          "Cannot read %s: it ends at byte %d, but had at least %d when it was listed; run again on files that do not change"
              .formatted(path, base + limit, end));
    }
  }

  private void makeRoom() throws IOException {
    if (begin > 0) {
      System.arraycopy(buffer, begin, buffer, 0, limit - begin);
      base += begin;
      limit -= begin;
      begin = 0;
    }
    if (limit == buffer.length) {
      if (buffer.length >= longestLine()) {
        throw new IOException(
            "Cannot read %s at byte %d: the line is longer than %d bytes; if this is a text file, raise %s"
                .formatted(path, base, settings.maxLineBytes(), LandingInputFormat.MAX_LINE_BYTES));
      }
      buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, longestLine()));
    }
  }

  private int longestLine() {
    return (int) Math.min((long) settings.maxLineBytes() + LINE_END_BYTES, Integer.MAX_VALUE - 16);
  }

  private int read(int wanted) throws IOException {
    int count = 0;
    try {
      while (count < wanted) {
        int more = in.read(buffer, limit + count, wanted - count);
        if (more < 0) {
          break;
        }
        count += more;
      }
      return count;
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "Cannot read %s behind byte %d%s: %s"
              .formatted(
                  path,
                  base + limit + count,
                  end == UNBOUNDED
                      ? " of its decompressed text; the file may be damaged or incomplete"
                      : "",
                  e.getMessage()),
          e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
