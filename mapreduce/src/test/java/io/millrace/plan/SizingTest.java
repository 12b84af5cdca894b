package io.millrace.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizingTest {
  private static final long MIB = 1 << 20;

  @ParameterizedTest
  @CsvSource({
    "part.csv, 0, 1",
    "part.csv, 128, 1",
    "part.csv, 129, 2",
    "part.csv, 300, 4",
    "part.csv.gz, 32, 1",
    "part.csv.gz, 33, 2",
    "part.CSV.BZ2, 100, 4",
    "part.csv, 100000000, 4096"
  })
  void shouldMakeOneCleanFileFor128MebibytesOfPlainText(String name, long mebibytes, int files) {
    RawFile file = new RawFile(name, mebibytes * MIB, 0, 0, name);
    assertEquals(files, Sizing.cleanFiles(List.of(file)));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "4, 1", "8, 2", "4096, 1024"})
  void shouldMakeOneQuarantineFileForFourCleanFiles(int cleanFiles, int files) {
    assertEquals(files, Sizing.quarantineFiles(cleanFiles));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "8, 8", "0, 1", "3, 4"})
  void shouldMakeABucketForEachCleanFile(int cleanFiles, int buckets) {
    assertEquals(buckets, Sizing.partialBuckets(cleanFiles));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "64, 1", "65, 2", "200, 4", "100000000, 4096"})
  void shouldMakeOneBucketFor64Mebibytes(long mebibytes, int buckets) {
    assertEquals(buckets, Sizing.featureBuckets(mebibytes * MIB));
  }
}
