package io.millrace.plan;

import io.millrace.row.Buckets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * How many files a stage writes: a power of two that follows from the bytes of its input and from
 * nothing else, so that every cluster makes the same files.
 */
public final class Sizing {
  /** So many bytes of whole files that follow one another are read by one map of a join. */
  public static final long MAP_BYTES = 32L << 20;

  private static final long CLEAN_FILE_BYTES = 128L << 20;
  private static final long BUCKET_BYTES = 64L << 20;
  private static final int QUARANTINE_SHARE = 4;
  private static final int MOST_FILES = 4096;
  private static final int COMPRESSION_RATIO = 4;
  private static final List<String> COMPRESSED_ENDINGS =
      List.of(".bz2", ".deflate", ".gz", ".lz4", ".lzo", ".snappy", ".xz", ".zst");

  private Sizing() {}

  /** One clean file for 128 MiB of raw input; compressed files count fourfold. */
  public static int cleanFiles(Collection<RawFile> input) {
    return files(input.stream().mapToLong(Sizing::plainBytes).sum(), CLEAN_FILE_BYTES);
  }

  /** One quarantine file for four clean files. */
  public static int quarantineFiles(int cleanFiles) {
    return Math.max(1, cleanFiles / QUARANTINE_SHARE);
  }

  /**
   * A bucket for each clean file: those of the entities whose records lie together in clean are
   * then made of one file each.
   */
  public static int partialBuckets(int cleanFiles) {
    return Buckets.count(cleanFiles, MOST_FILES);
  }

  /** One bucket for 64 MiB of partials, those of all dates of the window taken together. */
  public static int featureBuckets(long partialBytes) {
    return files(partialBytes, BUCKET_BYTES);
  }

  /** One task for 64 MiB of clean records and of features, those of one entity. */
  public static DatePacks joinTasks(List<Long> bytesOfDates) {
    return DatePacks.of(bytesOfDates, BUCKET_BYTES);
  }

  private static int files(long bytes, long bytesPerFile) {
    return Buckets.count((bytes + bytesPerFile - 1) / bytesPerFile, MOST_FILES);
  }

  /** About what a file holds when it is decompressed. */
  static long plainBytes(RawFile file) {
    return isCompressed(file) ? file.length() * COMPRESSION_RATIO : file.length();
  }

  static boolean isCompressed(RawFile file) {
    String name = file.name().toLowerCase(Locale.ROOT);
    return COMPRESSED_ENDINGS.stream().anyMatch(name::endsWith);
  }
}
