package io.millrace.job.shuffle;

import io.millrace.sort.LengthCode;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.io.compress.CodecPool;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionOutputStream;
import org.apache.hadoop.io.compress.Compressor;
import org.apache.hadoop.mapred.IFileOutputStream;
import org.apache.hadoop.mapred.IndexRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes the records of one partition behind what is in a file already, in the format that {@code
 * IFile.Reader} reads: records, two marks of the end, a checksum. It gathers them in a buffer, so
 * that checksum, codec and statistics see few large pieces.
 */
final class SegmentWriter implements AutoCloseable {
  private static final byte END_OF_FILE = -1;

  private final FSDataOutputStream file;
  private final byte[] buffer;
  private final long start;
  private final IFileOutputStream checked;
  private final @Nullable Compressor compressor;
  private final @Nullable CompressionOutputStream compressed;
  private final OutputStream out;
  private int buffered;
  private long rawBytes;
  private long records;

  /**
   * @param buffer of some length, for this writer alone while it is open
   */
  SegmentWriter(FSDataOutputStream file, byte[] buffer, @Nullable CompressionCodec codec)
      throws IOException {
    this.file = file;
    this.buffer = buffer;
    start = file.getPos();
    checked = new IFileOutputStream(file);
    compressor = codec == null ? null : CodecPool.getCompressor(codec);
    if (codec != null && compressor != null) {
      compressor.reset();
      compressed = codec.createOutputStream(checked, compressor);
      out = compressed;
    } else {
      compressed = null;
      out = checked;
    }
  }

  /** Writes a record with its lengths as they are in the file. */
  void append(byte[] array, int offset, int length) throws IOException {
    put(array, offset, length);
    records++;
  }

  /** Writes a record. */
  void append(
      byte[] key, int keyOffset, int keyLength, byte[] value, int valueOffset, int valueLength)
      throws IOException {
    if (buffer.length - buffered < 2 * LengthCode.MOST_BYTES) {
      drain();
    }
    buffered = LengthCode.write(keyLength, buffer, buffered);
    buffered = LengthCode.write(valueLength, buffer, buffered);
    put(key, keyOffset, keyLength);
    put(value, valueOffset, valueLength);
    records++;
  }

  long records() {
    return records;
  }

  private void put(byte[] array, int offset, int length) throws IOException {
    if (length > buffer.length - buffered) {
      drain();
      if (length > buffer.length) {
        out.write(array, offset, length);
        rawBytes += length;
        return;
      }
    }
    System.arraycopy(array, offset, buffer, buffered, length);
    buffered += length;
  }

  private void drain() throws IOException {
    out.write(buffer, 0, buffered);
    rawBytes += buffered;
    buffered = 0;
  }

  /** Ends the partition, and says where it lies. */
  IndexRecord finish() throws IOException {
    put(new byte[] {END_OF_FILE, END_OF_FILE}, 0, 2);
    drain();
    out.flush();
    if (compressed != null) {
      compressed.finish();
    }
    checked.finish();
    return new IndexRecord(start, rawBytes, file.getPos() - start);
  }

  /** Gives the compressor back; the file stays open. */
  @Override
  public void close() {
    CodecPool.returnCompressor(compressor);
  }
}
