package io.millrace.job.io;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.io.WritableUtils;
import org.apache.hadoop.mapreduce.InputSplit;

/** Files that follow one another and are read by one task. */
public final class FilesSplit extends InputSplit implements Writable {
  private int first;
  private List<String> paths = List.of();
  private long length;
  private String[] hosts = {};

  /** For Hadoop, which calls {@link #readFields}. */
  FilesSplit() {}

  FilesSplit(int first, List<InputFiles.InputFile> files, List<String> hosts) {
    this.first = first;
    paths = files.stream().map(InputFiles.InputFile::path).toList();
    length = files.stream().mapToLong(InputFiles.InputFile::length).sum();
    this.hosts = hosts.toArray(String[]::new);
  }

  /** The number of its first file. */
  public int first() {
    return first;
  }

  /** Its files, in their order. */
  public List<String> paths() {
    return paths;
  }

  @Override
  public long getLength() {
    return length;
  }

  @Override
  public String[] getLocations() {
    return hosts.clone();
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(first);
    WritableUtils.writeStringArray(out, paths.toArray(String[]::new));
    out.writeLong(length);
    WritableUtils.writeStringArray(out, hosts);
  }

  @Override
  public void readFields(DataInput in) throws IOException {
    first = in.readInt();
    paths = List.of(WritableUtils.readStringArray(in));
    length = in.readLong();
    hosts = WritableUtils.readStringArray(in);
  }

  @Override
  public String toString() {
    return paths.size() == 1 ? paths.get(0) : paths.get(0) + " and " + (paths.size() - 1) + " more";
  }
}
