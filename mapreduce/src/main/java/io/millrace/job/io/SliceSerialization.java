package io.millrace.job.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.io.DataInputBuffer;
import org.apache.hadoop.io.serializer.Deserializer;
import org.apache.hadoop.io.serializer.Serialization;
import org.apache.hadoop.io.serializer.Serializer;

/**
 * Slices as their bare bytes: the shuffle keeps lengths itself. A slice that is handed in gets a
 * buffer that is used again for the next; a slice made anew has bytes of its own.
 */
public final class SliceSerialization implements Serialization<Slice> {
  @Override
  public boolean accept(Class<?> type) {
    return type == Slice.class;
  }

  @Override
  public Serializer<Slice> getSerializer(Class<Slice> type) {
    return new SliceSerializer();
  }

  @Override
  public Deserializer<Slice> getDeserializer(Class<Slice> type) {
    return new SliceDeserializer();
  }

  private static final class SliceSerializer implements Serializer<Slice> {
    private OutputStream out = OutputStream.nullOutputStream();

    @Override
    public void open(OutputStream stream) {
      out = stream;
    }

    @Override
    public void serialize(Slice slice) throws IOException {
      out.write(slice.array(), slice.offset(), slice.length());
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  private static final class SliceDeserializer implements Deserializer<Slice> {
    private DataInputBuffer in = new DataInputBuffer();
    private byte[] buffer = new byte[256];

    @Override
    public void open(InputStream stream) throws IOException {
      if (!(stream instanceof DataInputBuffer buffer)) {
        throw new IOException(
            "Cannot read slices from " + stream.getClass() + ": their length is not in the stream");
      }
      in = buffer;
    }

    @Override
    public Slice deserialize(Slice reused) throws IOException {
      int length = in.getLength() - in.getPosition();
      // a copy: before a reducer sees a value, Hadoop reads the next one from disk into its place
      byte[] target = reused == null ? new byte[length] : buffer(length);
      // its array instead of its stream: this is done for each record, and reading takes a lock
      System.arraycopy(in.getData(), in.getPosition(), target, 0, length);
      in.reset(in.getData(), in.getLength(), 0);
      Slice slice = reused == null ? new Slice() : reused;
      return slice.set(target, 0, length);
    }

    private byte[] buffer(int length) {
      if (length > buffer.length) {
        buffer = new byte[Math.max(length, 2 * buffer.length)];
      }
      return buffer;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
