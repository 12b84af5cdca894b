package io.millrace.job.io;

import io.millrace.plan.DataFile;
import io.millrace.row.ByteBuilder;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.xerial.snappy.Snappy;

/**
 * Writes encoded records into an Avro container file (Avro specification, "Object Container Files")
 * with a sync marker that is given, so that the same records make the same bytes. Counts and
 * checksums what it writes. Not thread-safe.
 *
 * <p>The header is Avro's own work; blocks are made here, since Avro's writer takes as long for
 * each record that is encoded already as copying it takes several times.
 */
public final class AvroRecordWriter implements Closeable {
  /**
   * Bytes of records a block; large enough to compress well, small enough to be held by each open
   * reader of a merge. The record that reaches it is the block's last.
   */
  private static final int BLOCK_BYTES = 1 << 18;

  /** For the end of a block's last record: most are shorter. */
  private static final int FIRST_ROOM_BEHIND = 1 << 12;

  private static final int SYNC_MARKER_DIGITS = 32;

  private final String name;
  private final ChecksummedStream out;
  private final byte[] syncMarker;
  private final CRC32 blockChecksum = new CRC32();
  private final ByteBuilder block = new ByteBuilder(BLOCK_BYTES + FIRST_ROOM_BEHIND);

  /** What stands before a block's bytes, and then what stands behind them. */
  private final ByteBuilder frame = new ByteBuilder();

  private byte[] compressed = {};
  private long blockRecords;
  private long records;

  /**
   * @param name the file's name, for its {@link DataFile}
   * @param fingerprint at least 32 hexadecimal digits; the sync marker is made of the first
   */
  public AvroRecordWriter(String name, OutputStream stream, Schema schema, String fingerprint)
      throws IOException {
    this.name = name;
    out = new ChecksummedStream(stream);
    syncMarker = HexFormat.of().parseHex(fingerprint, 0, SYNC_MARKER_DIGITS);
    out.write(header(schema, syncMarker));
  }

  /** What Avro's writer makes of no records. */
  private static byte[] header(Schema schema, byte[] syncMarker) throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    try (DataFileWriter<Void> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.setCodec(CodecFactory.snappyCodec());
      writer.create(schema, header, syncMarker);
    }
    return header.toByteArray();
  }

  /** Appends one record in its binary encoding. */
  public void append(byte[] source, int offset, int length) throws IOException {
    block.putBytes(source, offset, length);
    blockRecords++;
    if (block.length() >= BLOCK_BYTES) {
      writeBlock();
    }
  }

  /** Appends records; those that come into one block are copied together. */
  void append(EncodedRecords several) throws IOException {
    int first = 0;
    while (first < several.count()) {
      int start = several.start(first);
      int next = first + 1;
      while (next < several.count() && block.length() + several.start(next) - start < BLOCK_BYTES) {
        next++;
      }
      block.putBytes(several.array(), start, several.start(next) - start);
      blockRecords += next - first;
      if (block.length() >= BLOCK_BYTES) {
        writeBlock();
      }
      first = next;
    }
  }

  /** A block: its records, its bytes, these compressed and with their checksum, a sync marker. */
  private void writeBlock() throws IOException {
    int most = Snappy.maxCompressedLength(block.length());
    if (compressed.length < most) {
      compressed = new byte[most];
    }
    int length = Snappy.compress(block.array(), 0, block.length(), compressed, 0);
    blockChecksum.reset();
    blockChecksum.update(block.array(), 0, block.length());
    frame.clear().putVarint(blockRecords).putVarint(length + Integer.BYTES);
    out.write(frame.array(), 0, frame.length());
    out.write(compressed, 0, length);
    frame.clear().putBigEndian((int) blockChecksum.getValue()).putBytes(syncMarker);
    out.write(frame.array(), 0, frame.length());
    records += blockRecords;
    blockRecords = 0;
    block.clear();
  }

  @Override
  public void close() throws IOException {
    try (out) {
      if (blockRecords > 0) {
        writeBlock();
      }
    }
  }

  /** What was written; complete after {@link #close()}. */
  public DataFile dataFile() {
    return new DataFile(name, out.length, records, out.checksum.getValue());
  }

  private static final class ChecksummedStream extends FilterOutputStream {
    private final CRC32C checksum = new CRC32C();
    private long length;

    ChecksummedStream(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      checksum.update(value);
      length++;
    }

    @Override
    public void write(byte[] source, int offset, int count) throws IOException {
      out.write(source, offset, count);
      checksum.update(source, offset, count);
      length += count;
    }
  }
}
