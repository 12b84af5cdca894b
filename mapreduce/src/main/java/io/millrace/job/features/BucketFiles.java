package io.millrace.job.features;

import io.millrace.row.Buckets;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of one sorted data set, in the order of their buckets; plain data.
 *
 * @param folder of the files, with its file system
 * @param lengths in bytes, one a file
 */
record BucketFiles(String folder, List<String> names, List<Long> lengths) {
  BucketFiles {
    names = List.copyOf(names);
    lengths = List.copyOf(lengths);
  }

  /**
   * The parts of these files that hold a bucket of a count that need not be theirs: some whole
   * files, or a part of one.
   */
  List<Part> parts(int bucket, int buckets) {
    int own = names.size();
    List<Part> parts = new ArrayList<>();
    if (own < buckets) {
      parts.add(new Part(bucket / (buckets / own), false));
    } else {
      int filesPerBucket = own / buckets;
      for (int i = 0; i < filesPerBucket; i++) {
        parts.add(new Part(bucket * filesPerBucket + i, true));
      }
    }
    return parts;
  }

  /**
   * A file of which all records, or those of a range of hashes, are read.
   *
   * @param file its number
   */
  record Part(int file, boolean whole) {}

  /** About how many bytes a bucket of some count takes. */
  long bytes(int bucket, int buckets) {
    long bytes = 0;
    for (Part part : parts(bucket, buckets)) {
      bytes += lengths.get(part.file()) / (part.whole() ? 1 : buckets / names.size());
    }
    return bytes;
  }

  /** Where in its file a part of it begins, about, if hashes are spread evenly. */
  static double share(int bucket, int buckets, int own) {
    return (double) (bucket % (buckets / own)) / (buckets / own);
  }
}
