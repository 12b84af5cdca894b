package io.millrace.job.io;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.compress.CodecPool;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.io.compress.Decompressor;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of a {@link LandingSplit} one after the other. A file with nothing in it is a
 * block without header and lines, so that somebody hears of it. The block is reused.
 */
final class LandingRecordReader extends RecordReader<NullWritable, LineBlock> {
  private static final byte[] NOTHING = {};

  private final LineBlock block = new LineBlock();
  private final Configuration configuration;
  private final LineBlockReader.Settings settings;
  private final CompressionCodecFactory codecs;
  private final List<LandingPart> parts;
  private final long totalBytes;

  private int nextPart;
  private long finishedBytes;
  private @Nullable LandingPart part;
  private @Nullable FSDataInputStream file;
  private @Nullable LineBlockReader lines;
  private @Nullable Decompressor decompressor;

  LandingRecordReader(LandingSplit split, Configuration configuration) {
    this.configuration = configuration;
    settings = LandingInputFormat.readerSettings(configuration);
    codecs = new CompressionCodecFactory(configuration);
    parts = split.parts();
    totalBytes = split.getLength();
  }

  @Override
  public void initialize(InputSplit split, TaskAttemptContext context) {
    // the constructor was given all that is needed
  }

  @Override
  public boolean nextKeyValue() throws IOException {
    while (true) {
      if (lines != null && lines.next(block)) {
        return true;
      }
      close();
      if (nextPart == parts.size()) {
        return false;
      }
      LandingPart opened = parts.get(nextPart++);
      open(opened);
      if (opened.start() == 0 && lines != null && lines.isEmpty()) {
        block.set(opened.file().name(), 0, NOTHING, NOTHING, 0, 0);
        return true;
      }
    }
  }

  private void open(LandingPart opened) throws IOException {
    Path path = new Path(opened.file().path());
    part = opened;
    file = path.getFileSystem(configuration).open(path);
    CompressionCodec codec = codecs.getCodec(path);
    if (codec != null) {
      decompressor = CodecPool.getDecompressor(codec);
      InputStream text = decompress(opened, codec, file);
      lines = LineBlockReader.ofHead(opened.file(), text, LineBlockReader.UNBOUNDED, settings);
    } else if (opened.start() == 0) {
      lines = LineBlockReader.ofHead(opened.file(), file, opened.end(), settings);
    } else {
      byte[] header = settings.header() ? readHeader(opened.file(), file) : new byte[0];
      file.seek(opened.start());
      lines =
          LineBlockReader.ofTail(
              opened.file(), file, opened.start(), opened.end(), header, settings);
    }
  }

  private InputStream decompress(LandingPart opened, CompressionCodec codec, InputStream in)
      throws IOException {
    try {
      return decompressor == null
          ? codec.createInputStream(in)
          : codec.createInputStream(in, decompressor);
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "Cannot decompress %s: the file may be damaged or incomplete: %s"
              .formatted(opened.file().path(), e.getMessage()),
          e);
    }
  }

  /** Reads little more than the first line; the caller seeks on. */
  private byte[] readHeader(LandingFile opened, InputStream in) throws IOException {
    LineBlockReader.Settings small =
        new LineBlockReader.Settings(
            Math.min(settings.blockBytes(), LandingInputFormat.HEADER_BLOCK_BYTES),
            settings.maxLineBytes(),
            true);
    return LineBlockReader.ofHead(opened, in, 0, small).header();
  }

  @Override
  public NullWritable getCurrentKey() {
    return NullWritable.get();
  }

  @Override
  public LineBlock getCurrentValue() {
    return block;
  }

  @Override
  public float getProgress() throws IOException {
    long done = finishedBytes;
    if (file != null && part != null) {
      done += Math.max(0, Math.min(part.length(), file.getPos() - part.start()));
    }
    return totalBytes == 0 ? 1 : Math.min(1, done / (float) totalBytes);
  }

  @Override
  public void close() throws IOException {
    try {
      if (lines != null) {
        lines.close();
      }
      if (file != null) {
        file.close();
      }
    } finally {
      CodecPool.returnDecompressor(decompressor);
      finishedBytes += part == null ? 0 : part.length();
      decompressor = null;
      lines = null;
      file = null;
      part = null;
    }
  }
}
