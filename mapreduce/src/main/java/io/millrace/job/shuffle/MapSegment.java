package io.millrace.job.shuffle;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CodecPool;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.Decompressor;
import org.apache.hadoop.mapred.IFileInputStream;
import org.apache.hadoop.mapred.IndexRecord;
import org.apache.hadoop.mapred.JobConf;
import org.jspecify.annotations.Nullable;

/** What a map has left for one reduce, in its file. */
record MapSegment(Path file, IndexRecord place) {
  /** Of its records and the marker of their end, as they are when nothing is compressed. */
  long bytes() {
    return place.rawLength;
  }

  /** As it lies in the file. */
  long storedBytes() {
    return place.partLength;
  }

  /**
   * The bytes of the segment. The file is opened at the first look at them, and the checksum
   * compared at their end.
   *
   * @param codec null where they are not compressed
   */
  InputStream open(JobConf job, @Nullable CompressionCodec codec) {
    return new Bytes(job, codec);
  }

  private final class Bytes extends InputStream {
    private final JobConf job;
    private final @Nullable CompressionCodec codec;
    private @Nullable Decompressor decompressor;
    private @Nullable InputStream in;

    Bytes(JobConf job, @Nullable CompressionCodec codec) {
      this.job = job;
      this.codec = codec;
    }

    private InputStream in() throws IOException {
      if (in == null) {
        FSDataInputStream opened = FileSystem.getLocal(job).getRaw().open(file);
        in = opened;
        opened.seek(place.startOffset);
        in = new IFileInputStream(opened, place.partLength, job);
        if (codec != null) {
          decompressor = CodecPool.getDecompressor(codec);
          in = codec.createInputStream(in, decompressor);
        }
      }
      return in;
    }

    @Override
    public int read() throws IOException {
      try {
        return in().read();
      } catch (IOException e) {
        throw failed(e);
      }
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      try {
        return in().read(target, offset, count);
      } catch (IOException e) {
        throw failed(e);
      }
    }

    private IOException failed(IOException e) {
      return new IOException(
          "Cannot read map output %s from %d: %s"
              .formatted(file, place.startOffset, e.getMessage()),
          e);
    }

    @Override
    public void close() throws IOException {
      if (in != null) {
        in.close();
        in = InputStream.nullInputStream();
      }
      CodecPool.returnDecompressor(decompressor);
      decompressor = null;
    }
  }
}
