package io.millrace.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitsTest {
  private static final long MIB = 1 << 20;

  @ParameterizedTest
  @CsvSource({
    "0, 128",
    "1, 128",
    "127999, 128", // 1000 maps
    "128000, 128",
    "128001, 256",
    "256001, 384",
    "384001, 512",
    "100000000, 512"
  })
  void shouldReadOneBlockAndOfManyBytesUpToFour(long inputMib, long splitMib) {
    assertEquals(splitMib * MIB, Splits.onCluster(inputMib * MIB));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2, 16", // no start of a map for less
    "31, 2, 16",
    "100, 2, 16",
    "400, 2, 50",
    "400, 4, 25",
    "100, 1, 100",
    "1000, 1, 128",
    "2000, 2, 128"
  })
  void shouldShareTheInputAmongTheTasksOfAProcess(long inputMib, int tasks, long splitMib) {
    assertEquals(splitMib * MIB, Splits.inProcess(inputMib * MIB, tasks));
  }

  @ParameterizedTest
  @CsvSource({
    "a.csv,    0,    1, 128,    1", // files, MiB each, MiB a split -> maps
    "a.csv,    1,    1, 128,    1",
    "a.csv,    1,  128, 128,    1",
    "a.csv,    1,  140, 128,    1", // a tenth more is not worth a map
    "a.csv,    1,  141, 128,    2",
    "a.csv,    1, 1024, 128,    8",
    "a.csv,  100,    1, 128,    1", // small ones are put together
    "a.csv,  200,    1, 128,    2",
    "a.csv,    3,   60, 128,    2",
    "a.csv,    2,  192, 128,    3", // 128 + 64, twice: the halves are put together
    "a.csv.gz, 1, 1024, 128,    1", // compressed files are not cut
    "a.csv.gz, 5, 1024, 128,    5",
    "a.csv.gz, 4,   64, 128,    2"
  })
  void shouldCountMaps(String name, int files, long mib, long splitMib, int maps) {
    List<RawFile> raw = Collections.nCopies(files, new RawFile(name, mib * MIB, 0, 0, name));
    assertEquals(maps, Splits.count(raw, splitMib * MIB));
  }
}
