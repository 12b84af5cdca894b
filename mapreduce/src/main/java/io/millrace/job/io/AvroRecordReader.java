package io.millrace.job.io;

import java.io.Closeable;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Reads an Avro container file block by block, without making objects of its records. Not
 * thread-safe.
 */
public final class AvroRecordReader implements Closeable {
  private final String path;
  private final ContainerBlocks blocks;
  private long recordsBefore;

  /** Opens a file; its length is asked for only once. */
  public static AvroRecordReader open(Path path, Configuration configuration) throws IOException {
    var fileSystem = path.getFileSystem(configuration);
    long length = fileSystem.getFileStatus(path).getLen();
    return new AvroRecordReader(path, fileSystem.open(path), length);
  }

  private AvroRecordReader(Path path, FSDataInputStream in, long length) throws IOException {
    this.path = path.toString();
    try {
      blocks = new ContainerBlocks(in, length);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw new IOException(
          "Cannot read " + path + " as an Avro container file: " + e.getMessage(), e);
    }
  }

  public Schema schema() {
    return blocks.schema();
  }

  /** Reads the next block, or returns false at the end of the file. */
  public boolean next(RecordBlock block) throws IOException {
    try {
      if (!blocks.next()) {
        return false;
      }
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "Cannot read " + path + " near byte " + blocks.start() + ": " + e.getMessage(), e);
    }
    block
        .at(path, blocks.start())
        .set(blocks.count(), recordsBefore, blocks.records(), 0, blocks.size());
    recordsBefore += blocks.count();
    return true;
  }

  /** Moves to the first block that begins at or behind a byte of the file. */
  public void sync(long position) throws IOException {
    blocks.sync(position);
  }

  /** Whether the next block begins behind the first sync marker at or behind a byte of the file. */
  public boolean pastSync(long position) {
    return blocks.pastSync(position);
  }

  /** Where the next block begins. */
  public long position() {
    return blocks.position();
  }

  @Override
  public void close() throws IOException {
    blocks.close();
  }
}
