package io.millrace.job.io;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.mapreduce.InputSplit;

/** What one map task reads: parts of files, in their order. */
public final class LandingSplit extends InputSplit implements Writable {
  private List<LandingPart> parts;
  private final List<String> hosts;

  /** For Hadoop, which fills it by {@link #readFields}. */
  public LandingSplit() {
    this(List.of(), List.of());
  }

  /**
   * @param hosts that hold most of the bytes, the best first; they do not travel to the task
   */
  LandingSplit(List<LandingPart> parts, List<String> hosts) {
    this.parts = List.copyOf(parts);
    this.hosts = List.copyOf(hosts);
  }

  List<LandingPart> parts() {
    return parts;
  }

  @Override
  public long getLength() {
    return parts.stream().mapToLong(LandingPart::length).sum();
  }

  @Override
  public String[] getLocations() {
    return hosts.toArray(new String[0]);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(parts.size());
    for (LandingPart part : parts) {
      Text.writeString(out, part.file().path());
      Text.writeString(out, part.file().name());
      out.writeLong(part.file().length());
      out.writeLong(part.start());
      out.writeLong(part.length());
    }
  }

  @Override
  public void readFields(DataInput in) throws IOException {
    int count = in.readInt();
    List<LandingPart> read = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      LandingFile file = new LandingFile(Text.readString(in), Text.readString(in), in.readLong());
      read.add(new LandingPart(file, in.readLong(), in.readLong()));
    }
    parts = List.copyOf(read);
  }

  @Override
  public String toString() {
    return parts.size() + " parts, " + getLength() + " bytes";
  }
}
