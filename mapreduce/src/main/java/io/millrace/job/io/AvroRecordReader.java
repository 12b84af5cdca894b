package io.millrace.job.io;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Reads an Avro container file block by block, without making objects of its records. Not
 * thread-safe.
 */
public final class AvroRecordReader implements Closeable {
  private final Path path;
  private final DataFileReader<Void> reader;
  private long recordsBefore;

  /** Opens a file; its length is asked for only once. */
  public static AvroRecordReader open(Path path, Configuration configuration) throws IOException {
    var fileSystem = path.getFileSystem(configuration);
    long length = fileSystem.getFileStatus(path).getLen();
    return new AvroRecordReader(path, fileSystem.open(path), length);
  }

  private AvroRecordReader(Path path, FSDataInputStream in, long length) throws IOException {
    this.path = path;
    try {
      reader = new DataFileReader<>(new SeekableStream(in, length), new GenericDatumReader<Void>());
    } catch (IOException | RuntimeException e) {
      in.close();
      throw new IOException(
          "Cannot read " + path + " as an Avro container file: " + e.getMessage(), e);
    }
  }

  public Schema schema() {
    return reader.getSchema();
  }

  /** Reads the next block, or returns false at the end of the file. */
  public boolean next(RecordBlock block) throws IOException {
    try {
      if (!reader.hasNext()) {
        return false;
      }
      long start = reader.previousSync();
      long count = reader.getBlockCount();
      ByteBuffer bytes = reader.nextBlock();
      block
          .at(path.toString(), start)
          .set(
              count,
              recordsBefore,
              bytes.array(),
              bytes.arrayOffset() + bytes.position(),
              bytes.remaining());
      recordsBefore += count;
      return true;
    } catch (AvroRuntimeException | IOException e) {
      throw new IOException(
          "Cannot read " + path + " near byte " + reader.previousSync() + ": " + e.getMessage(), e);
    }
  }

  /** Moves to the first block that begins at or behind a byte of the file. */
  public void sync(long position) throws IOException {
    reader.sync(position);
  }

  /** Whether the next block begins behind the first sync marker at or behind a byte of the file. */
  public boolean pastSync(long position) throws IOException {
    return reader.pastSync(position);
  }

  /** Where the next block begins. */
  public long position() {
    return reader.previousSync();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  /** Hadoop's stream as Avro wants it. */
  private record SeekableStream(FSDataInputStream in, long length) implements SeekableInput {
    @Override
    public void seek(long position) throws IOException {
      if (position > length) {
        throw new EOFException("Cannot seek to byte " + position + " of " + length);
      }
      in.seek(position);
    }

    @Override
    public long tell() throws IOException {
      return in.getPos();
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
      return in.read(buffer, offset, count);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
