package io.millrace.job.io;

import java.util.List;

/** A stretch of a file that some hosts hold. */
public record FileBlock(long offset, long length, List<String> hosts) {
  public FileBlock {
    hosts = List.copyOf(hosts);
  }
}
