package io.millrace.job.io;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;

/**
 * A run of whole lines of one file: a slice of the reader's buffer, valid until the reader moves
 * on. Its lines are read through {@link LineCursor}.
 */
public final class LineBlock implements Writable {
  private static final byte[] NONE = {};

  private String file = "";
  private long offset;
  private byte[] header = NONE;
  private byte[] bytes = NONE;
  private int start;
  private int length;

  /**
   * Makes this block another one.
   *
   * @param file relative to the landing folder
   * @param offset of the first byte in the file, after decompression
   * @param header the first line of the file without its line end; empty where there is none
   */
  public LineBlock set(
      String file, long offset, byte[] header, byte[] bytes, int start, int length) {
    this.file = file;
    this.offset = offset;
    this.header = header;
    this.bytes = bytes;
    this.start = start;
    this.length = length;
    return this;
  }

  /** Relative to the landing folder. */
  public String file() {
    return file;
  }

  /** Where the first byte stands in the file, after decompression. */
  public long offset() {
    return offset;
  }

  /** The first line of the file without its line end; empty where the format has no header. */
  public byte[] header() {
    return header;
  }

  /** The array that holds the lines, from {@link #start()} on. */
  public byte[] bytes() {
    return bytes;
  }

  public int start() {
    return start;
  }

  public int length() {
    return length;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Text.writeString(out, file);
    out.writeLong(offset);
    out.writeInt(header.length);
    out.write(header);
    out.writeInt(length);
    out.write(bytes, start, length);
  }

  @Override
  public void readFields(DataInput in) throws IOException {
    file = Text.readString(in);
    offset = in.readLong();
    header = new byte[in.readInt()];
    in.readFully(header);
    start = 0;
    length = in.readInt();
    bytes = new byte[length];
    in.readFully(bytes);
  }

  @Override
  public String toString() {
    return file + " at byte " + offset + ": " + length + " bytes";
  }
}
