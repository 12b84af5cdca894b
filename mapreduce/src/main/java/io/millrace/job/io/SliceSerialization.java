package io.millrace.job.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.io.DataInputBuffer;
import org.apache.hadoop.io.serializer.Deserializer;
import org.apache.hadoop.io.serializer.Serialization;
import org.apache.hadoop.io.serializer.Serializer;

/**
 * Slices as their bare bytes: the shuffle keeps lengths itself. Reading into a slice that is handed
 * in does not copy; a slice made anew has bytes of its own.
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
      int start = in.getPosition();
      int length = in.getLength() - start;
      Slice slice;
      if (reused == null) {
        byte[] own = new byte[length];
        System.arraycopy(in.getData(), start, own, 0, length);
        slice = new Slice(own);
      } else {
        slice = reused.set(in.getData(), start, length);
      }
      in.skipNBytes(length);
      return slice;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
