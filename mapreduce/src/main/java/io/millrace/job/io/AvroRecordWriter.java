package io.millrace.job.io;

import io.millrace.plan.DataFile;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;

/**
 * Writes encoded records into an Avro container file (Avro specification, "Object Container Files")
 * with a sync marker that is given, so that the same records make the same bytes. Counts and
 * checksums what it writes. Not thread-safe.
 */
public final class AvroRecordWriter implements Closeable {
  /**
   * Bytes of records a block; large enough to compress well, small enough to be held by each open
   * reader of a merge.
   */
  private static final int BLOCK_BYTES = 1 << 18;

  private static final int SYNC_MARKER_DIGITS = 32;

  private final String name;
  private final ChecksummedStream out;
  private final DataFileWriter<Void> writer;
  private long records;

  /**
   * @param name the file's name, for its {@link DataFile}
   * @param fingerprint at least 32 hexadecimal digits; the sync marker is made of the first
   */
  public AvroRecordWriter(String name, OutputStream stream, Schema schema, String fingerprint)
      throws IOException {
    this.name = name;
    out = new ChecksummedStream(stream);
    writer = new DataFileWriter<>(new GenericDatumWriter<Void>(schema));
    writer.setCodec(CodecFactory.snappyCodec());
    writer.setSyncInterval(BLOCK_BYTES);
    writer.create(schema, out, HexFormat.of().parseHex(fingerprint, 0, SYNC_MARKER_DIGITS));
  }

  /** Appends one record in its binary encoding. */
  public void append(byte[] source, int offset, int length) throws IOException {
    writer.appendEncoded(ByteBuffer.wrap(source, offset, length));
    records++;
  }

  @Override
  public void close() throws IOException {
    writer.close();
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
