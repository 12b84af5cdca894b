package io.millrace;

import io.millrace.run.QuietLocalFileSystem;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.util.functional.RemoteIterators;

/** This machine's files, each folder listed from z to a: no file system promises an order. */
public final class BackwardListings extends QuietLocalFileSystem {
  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    FileStatus[] statuses = super.listStatus(path);
    Arrays.sort(statuses, Collections.reverseOrder());
    return statuses;
  }

  @Override
  public RemoteIterator<LocatedFileStatus> listLocatedStatus(Path path) throws IOException {
    List<LocatedFileStatus> statuses = RemoteIterators.toList(super.listLocatedStatus(path));
    statuses.sort(Comparator.reverseOrder());
    return RemoteIterators.remoteIteratorFromIterable(statuses);
  }
}
