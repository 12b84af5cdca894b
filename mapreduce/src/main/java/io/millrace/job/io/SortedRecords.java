package io.millrace.job.io;

import io.millrace.job.io.BucketFiles.Part;
import io.millrace.row.Buckets;
import io.millrace.row.ByteCursor;
import io.millrace.row.XxHash64;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The records of a bucket of one sorted data set, in their order; holds one block of one file. A
 * record's bytes are valid until the next is read. Not thread-safe.
 */
public final class SortedRecords implements Closeable, Comparable<SortedRecords> {
  /** Where blocks are searched no further, but read one after the other. */
  private static final long SEARCH_BYTES = 1 << 17;

  private static final int SYNC_MARKER_BYTES = 16;

  private final BucketFiles files;
  private final Configuration configuration;
  private final Iterator<Part> parts;
  private final long firstHash;
  private final long lastHash;
  private final List<Schema.Field> wanted;
  private final int entityFields;
  private final RecordBlock block = new RecordBlock();
  private final ByteCursor cursor = new ByteCursor();

  private Path path;
  private AvroRecordReader reader;
  private long hash;
  private int keyOffset;
  private int keyLength;
  private RecordFields fields;
  private long recordOfBlock;

  /** Whether the cursor still stands at the end of the entity. */
  private boolean restIsAhead;

  /**
   * A reader that stands before the first record.
   *
   * @param buckets how many there are; the files may have another number
   * @param wanted the fields that are read, by which the files' own are found
   * @param entityFields how many of them, the first, name the entity
   */
  public SortedRecords(
      BucketFiles files,
      int bucket,
      int buckets,
      List<Schema.Field> wanted,
      int entityFields,
      Configuration configuration) {
    this.files = files;
    this.configuration = configuration;
    parts = files.parts(bucket, buckets).iterator();
    firstHash = Buckets.firstHash(bucket, buckets);
    // one below the next bucket's; below zero is the greatest
    lastHash = bucket == buckets - 1 ? -1 : Buckets.firstHash(bucket + 1, buckets) - 1;
    this.wanted = List.copyOf(wanted);
    this.entityFields = entityFields;
  }

  /** Moves to the next record; false, and all closed, where there is none. */
  public boolean next() throws IOException {
    long before = hash;
    boolean isFirst = path == null;
    while (readInPart()) {
      if (!isFirst && Long.compareUnsigned(hash, before) < 0) {
        throw new IOException(
            "Cannot merge %s: its records are not sorted by the hash of their entity"
                .formatted(path));
      }
      if (Long.compareUnsigned(hash, lastHash) > 0) {
        break;
      }
      if (Long.compareUnsigned(hash, firstHash) >= 0) {
        return true;
      }
    }
    close();
    return false;
  }

  private boolean readInPart() throws IOException {
    skipRest();
    while (!cursor.hasRemaining()) {
      if (reader != null && reader.next(block)) {
        recordOfBlock = 0;
        cursor.reset(block.bytes().array(), block.bytes().offset(), block.bytes().length());
      } else if (parts.hasNext()) {
        open(parts.next());
      } else {
        return false;
      }
    }
    recordOfBlock++;
    try {
      readEntity();
    } catch (RuntimeException e) {
      throw new IOException("Cannot read " + place(), e);
    }
    return true;
  }

  private void readEntity() {
    keyOffset = cursor.position();
    keyLength = fields.skipEntity(cursor);
    hash = XxHash64.hash(cursor.array(), keyOffset, keyLength);
    restIsAhead = true;
  }

  private void skipRest() throws IOException {
    if (restIsAhead) {
      restIsAhead = false;
      try {
        fields.skipRest(cursor);
      } catch (RuntimeException e) {
        throw new IOException("Cannot read " + place(), e);
      }
    }
  }

  private void open(Part part) throws IOException {
    close();
    path = new Path(files.folder(), files.names().get(part.file()));
    reader = AvroRecordReader.open(path, configuration);
    try {
      fields = new RecordFields(reader.schema().getFields(), wanted, entityFields);
    } catch (IllegalArgumentException e) {
      throw new IOException("Cannot merge %s: %s".formatted(path, e.getMessage()), e);
    }
    if (part.slice() > 0) {
      seek(part);
    }
  }

  /**
   * Moves to a block before which all hashes are below the first. Hashes are spread evenly, so that
   * one look mostly finds it where the part should begin; else the file is bisected.
   */
  private void seek(Part part) throws IOException {
    long length = files.lengths().get(part.file());
    long guess = files.offset(part) - SEARCH_BYTES;
    if (guess <= 0) {
      return;
    }
    long low = 0;
    long high = length;
    if (isBelowFirst(guess, high)) {
      if (bytesToFirst(length) <= 2 * SEARCH_BYTES) {
        cursor.reset(block.bytes().array(), block.bytes().offset(), block.bytes().length());
        return;
      }
      low = block.position();
    } else {
      high = guess;
    }
    while (high - low > SEARCH_BYTES) {
      long middle = (low + high) >>> 1;
      if (isBelowFirst(middle, high)) {
        low = block.position();
      } else {
        high = middle;
      }
    }
    // a block is found by the marker before it
    reader.sync(Math.max(0, low - SYNC_MARKER_BYTES));
  }

  /** Whether the block that begins at or behind a byte, but before another, is below the first. */
  private boolean isBelowFirst(long position, long end) throws IOException {
    reader.sync(position);
    if (reader.position() >= end || !reader.next(block)) {
      return false;
    }
    cursor.reset(block.bytes().array(), block.bytes().offset(), block.bytes().length());
    readEntity();
    restIsAhead = false;
    cursor.reset(cursor.array(), 0, 0);
    return Long.compareUnsigned(hash, firstHash) < 0;
  }

  /** About how many bytes lie between the record that was read and the first of the bucket. */
  private double bytesToFirst(long length) {
    return ((firstHash - hash) >>> 1) * 0x1p-63 * length;
  }

  /** The record in words, with its block and file. */
  public String place() {
    return RecordPlace.text(recordOfBlock, block);
  }

  /** Holds the record's bytes; the entity's are those from {@link #keyOffset()} on. */
  public byte[] array() {
    return cursor.array();
  }

  public int keyOffset() {
    return keyOffset;
  }

  public int keyLength() {
    return keyLength;
  }

  /**
   * The fields behind the entity, in the order in which they are wanted. They have to be read once,
   * and to their end.
   */
  public ByteCursor rest() {
    restIsAhead = false;
    return fields.rest(cursor);
  }

  /** How many bytes the record has as it was written, from its entity on; instead of its rest. */
  public int recordLength() throws IOException {
    skipRest();
    return cursor.position() - keyOffset;
  }

  /** XXH64 of the encoded entity. */
  public long hash() {
    return hash;
  }

  /** The order of the records: by the unsigned hash, then by the bytes of the entity. */
  @Override
  public int compareTo(SortedRecords other) {
    int order = Long.compareUnsigned(hash, other.hash);
    return order != 0
        ? order
        : Arrays.compareUnsigned(
            array(),
            keyOffset,
            keyOffset + keyLength,
            other.array(),
            other.keyOffset,
            other.keyOffset + other.keyLength);
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
