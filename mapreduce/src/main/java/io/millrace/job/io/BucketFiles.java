package io.millrace.job.io;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The files of one sorted data set, in the order of their buckets; plain data. May be none.
 *
 * @param folder of the files, with its file system
 * @param lengths in bytes, one a file
 */
public record BucketFiles(String folder, List<String> names, List<Long> lengths) {
  public BucketFiles {
    names = List.copyOf(names);
    lengths = List.copyOf(lengths);
  }

  /**
   * A part of a file.
   *
   * @param file the file's number
   * @param slice which of the equal ranges of hashes that the file's bucket is divided into
   * @param slices how many those are; 1 for the whole file
   */
  public record Part(int file, int slice, int slices) {}

  /** The parts that make up a bucket of a count that need not be the files' own, in order. */
  public List<Part> parts(int bucket, int buckets) {
    int own = names.size();
    if (own == 0) {
      return List.of();
    }
    if (own < buckets) {
      int slices = buckets / own;
      return List.of(new Part(bucket / slices, bucket % slices, slices));
    }
    int files = own / buckets;
    return IntStream.range(bucket * files, (bucket + 1) * files)
        .mapToObj(file -> new Part(file, 0, 1))
        .toList();
  }

  /** About how many bytes a part has: hashes are spread evenly. */
  public long length(Part part) {
    return lengths.get(part.file()) / part.slices();
  }

  /** About where in its file a part begins. */
  public long offset(Part part) {
    return length(part) * part.slice();
  }
}
