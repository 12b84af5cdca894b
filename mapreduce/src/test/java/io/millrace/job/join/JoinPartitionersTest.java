package io.millrace.job.join;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.job.io.BucketFiles;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.Slice;
import io.millrace.row.ByteBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Partitioner;
import org.apache.hadoop.util.ReflectionUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoinPartitionersTest {
  private static final BucketFiles FILES = new BucketFiles("f", List.of("a"), List.of(1L));

  private static <P extends Partitioner<Slice, Slice>> P partitioner(Class<P> type) {
    Configuration configuration = new Configuration(false);
    JobSettings.put(
        configuration,
        JoinedSales.input(
            Stream.of(3L, 0L, 0L, 4L, 0L)
                .map(records -> new JoinInput.CleanFile("file", 1, records))
                .toList(),
            new JoinInput.Features(0, 4, List.of(FILES, FILES)),
            new JoinInput.Features(4, 2, List.of(FILES))));
    return ReflectionUtils.newInstance(type, configuration);
  }

  @ParameterizedTest
  @CsvSource({"0,0,0", "2,0,0", "3,0,3", "6,1,3"})
  void shouldSendARowToTheLastFileThatBeginsBeforeIt(long row, int entity, int expected) {
    Slice key = new Slice(new ByteBuilder().putBigEndian(row).putByte(entity).toByteArray());
    assertEquals(expected, file(row));
    assertEquals(expected, partitioner(RowPartitioner.class).getPartition(key, new Slice(), 5));
  }

  private static int file(long row) {
    return RowPartitioner.file(row, new long[] {0, 3, 3, 3});
  }

  @ParameterizedTest
  @CsvSource({
    "0,0000000000000000,0",
    "0,4000000000000000,1",
    "0,bfffffffffffffff,2",
    "0,ffffffffffffffff,3",
    "1,7fffffffffffffff,4",
    "1,8000000000000000,5"
  })
  void shouldSendAnEntityToItsBucket(int entity, String hash, int expected) {
    Slice key =
        new Slice(
            new ByteBuilder()
                .putByte(entity)
                .putByte(0)
                .putByte(0)
                .putBigEndian(Long.parseUnsignedLong(hash, 16))
                .putByte(7)
                .toByteArray());
    assertEquals(expected, partitioner(MatchPartitioner.class).getPartition(key, new Slice(), 6));
  }

  @Test
  void shouldCountTasksOfAllEntities() {
    JoinInput input =
        JoinedSales.input(
            List.of(new JoinInput.CleanFile("file", 1, 1)),
            new JoinInput.Features(0, 4, List.of()),
            new JoinInput.Features(4, 2, List.of()));
    assertEquals(6, input.tasks());
  }
}
