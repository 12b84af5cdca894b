package io.millrace.job.io;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.hadoop.fs.FSDataInputStream;
import org.xerial.snappy.Snappy;

/**
 * The blocks of an Avro container file (Avro specification, "Object Container Files"), one after
 * the other, in memory that is used again for the next. Not thread-safe.
 */
final class ContainerBlocks implements Closeable {
  private static final int SYNC_BYTES = DataFileConstants.SYNC_SIZE;

  /** Snappy's blocks end with the CRC-32 of what they hold. */
  private static final int CHECKSUM_BYTES = Integer.BYTES;

  private final FSDataInputStream in;
  private final long length;
  private final Map<String, byte[]> metadata = new HashMap<>();
  private final Schema schema;
  private final String codec;
  private final byte[] marker = new byte[SYNC_BYTES];
  private final long firstBlock;
  private final CRC32 checksum = new CRC32();

  private Buffered buffered;
  private BinaryDecoder decoder;
  private byte[] stored = new byte[0];
  private final byte[] markerRead = new byte[SYNC_BYTES];

  private long start;
  private long position;
  private long count;
  private byte[] records = new byte[0];
  private int size;

  /**
   * Reads the header.
   *
   * @param length of the file
   */
  ContainerBlocks(FSDataInputStream in, long length) throws IOException {
    this.in = in;
    this.length = length;
    buffered = new Buffered(in);
    decoder = DecoderFactory.get().directBinaryDecoder(buffered, null);
    readMetadata();
    schema =
        new Schema.Parser(NameValidator.NO_VALIDATION)
            .setValidateDefaults(false)
            .parse(text(DataFileConstants.SCHEMA, ""));
    codec = text(DataFileConstants.CODEC, DataFileConstants.NULL_CODEC);
    decoder.readFixed(marker);
    firstBlock = buffered.position();
    start = firstBlock;
    position = firstBlock;
  }

  private void readMetadata() throws IOException {
    byte[] magic = new byte[DataFileConstants.MAGIC.length];
    decoder.readFixed(magic);
    if (!Arrays.equals(magic, DataFileConstants.MAGIC)) {
      throw new IOException("it does not begin like one");
    }
    for (long entries = decoder.readMapStart(); entries != 0; entries = decoder.mapNext()) {
      for (long i = 0; i < entries; i++) {
        String key = decoder.readString();
        ByteBuffer value = decoder.readBytes(null);
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        metadata.put(key, bytes);
      }
    }
  }

  private String text(String key, String otherwise) {
    byte[] value = metadata.get(key);
    return value == null ? otherwise : new String(value, StandardCharsets.UTF_8);
  }

  Schema schema() {
    return schema;
  }

  /** Reads the next block; false at the end of the file. */
  boolean next() throws IOException {
    start = position;
    if (position >= length) {
      return false;
    }
    count = decoder.readLong();
    long bytes = decoder.readLong();
    if (count < 0 || bytes < 0 || bytes > length - position) {
      throw new IOException(
          "a block says that it has %d records in %d bytes, but the file ends %d bytes behind its start"
              .formatted(count, bytes, length - position));
    }
    stored = room(stored, Math.toIntExact(bytes));
    decoder.readFixed(stored, 0, (int) bytes);
    decoder.readFixed(markerRead);
    if (!Arrays.equals(markerRead, marker)) {
      throw new IOException(
          "a block does not end with the marker that the file has between blocks");
    }
    position = buffered.position();
    unpack((int) bytes);
    return true;
  }

  private void unpack(int bytes) throws IOException {
    switch (codec) {
      case DataFileConstants.SNAPPY_CODEC -> unpackSnappy(bytes - CHECKSUM_BYTES);
      case DataFileConstants.NULL_CODEC -> {
        records = room(records, bytes);
        System.arraycopy(stored, 0, records, 0, bytes);
        size = bytes;
      }
      default -> unpackByAvro();
    }
  }

  private void unpackSnappy(int bytes) throws IOException {
    if (bytes < 1) {
      throw new IOException("a block is too short to be one of Snappy's");
    }
    size = Snappy.uncompressedLength(stored, 0, bytes);
    records = room(records, size);
    Snappy.uncompress(stored, 0, bytes, records, 0);
    checksum.reset();
    checksum.update(records, 0, size);
    if ((int) checksum.getValue() != ByteBuffer.wrap(stored).getInt(bytes)) {
      throw new IOException("a block's checksum is not that of its records");
    }
  }

  /** Any other codec, which Millrace does not write: Avro reads a file of this block alone. */
  private void unpackByAvro() throws IOException {
    byte[] file = new byte[Math.toIntExact(firstBlock + position - start)];
    in.readFully(0, file, 0, (int) firstBlock);
    in.readFully(start, file, (int) firstBlock, (int) (position - start));
    try (DataFileStream<Void> stream =
        new DataFileStream<>(new ByteArrayInputStream(file), new GenericDatumReader<Void>())) {
      ByteBuffer block = stream.nextBlock();
      size = block.remaining();
      records = room(records, size);
      block.get(records, 0, size);
    }
  }

  /** Some more than asked for, so that blocks of about one size find it large enough. */
  private static byte[] room(byte[] array, int needed) {
    return array.length >= needed
        ? array
        : new byte[(int) Math.min(needed + (long) needed / 8, Integer.MAX_VALUE - 16)];
  }

  /** The byte of the file at which the block begins that was read last. */
  long start() {
    return start;
  }

  /** The byte of the file at which the next block begins. */
  long position() {
    return position;
  }

  /** How many records the block has. */
  long count() {
    return count;
  }

  /** The records of the block, from the start on; valid until the next is read. */
  byte[] records() {
    return records;
  }

  /** How many bytes the records have. */
  int size() {
    return size;
  }

  /** Moves behind the first marker that begins at or behind a byte of the file. */
  void sync(long from) throws IOException {
    if (from <= firstBlock - SYNC_BYTES) {
      moveTo(firstBlock);
      return;
    }
    moveTo(Math.min(from, length));
    byte[] last = new byte[SYNC_BYTES]; // the byte number n of those read is at n modulo their size
    int read = 0;
    for (int next = buffered.read(); next >= 0; next = buffered.read()) {
      last[read++ % SYNC_BYTES] = (byte) next;
      if (read >= SYNC_BYTES && endsWithMarker(last, read)) {
        position = from + read;
        return;
      }
    }
    position = length;
  }

  private boolean endsWithMarker(byte[] last, int read) {
    for (int i = 0; i < SYNC_BYTES; i++) {
      if (last[(read + i) % SYNC_BYTES] != marker[i]) {
        return false;
      }
    }
    return true;
  }

  private void moveTo(long newPosition) throws IOException {
    in.seek(newPosition);
    buffered = new Buffered(in);
    decoder = DecoderFactory.get().directBinaryDecoder(buffered, decoder);
    position = newPosition;
  }

  /** Whether the next block begins behind the first marker at or behind a byte of the file. */
  boolean pastSync(long from) {
    return position >= from + SYNC_BYTES || position >= length;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Reads ahead a little, and knows where it is. */
  private static final class Buffered extends BufferedInputStream {
    private static final int BYTES = 4096;

    private final FSDataInputStream file;

    Buffered(FSDataInputStream file) {
      super(file, BYTES);
      this.file = file;
    }

    long position() throws IOException {
      return file.getPos() - (count - pos);
    }
  }
}
