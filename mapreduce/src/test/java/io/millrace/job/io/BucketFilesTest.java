package io.millrace.job.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.job.io.BucketFiles.Part;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class BucketFilesTest {
  private static BucketFiles files(int count) {
    return new BucketFiles(
        "partials", Collections.nCopies(count, "part"), Collections.nCopies(count, 1_000L));
  }

  @Test
  void shouldReadSeveralFilesForALargerBucket() {
    assertEquals(
        List.of(new Part(4, 0, 1), new Part(5, 0, 1), new Part(6, 0, 1), new Part(7, 0, 1)),
        files(16).parts(1, 4));
  }

  @Test
  void shouldReadOneFileForTheSameBucket() {
    assertEquals(List.of(new Part(3, 0, 1)), files(4).parts(3, 4));
  }

  @Test
  void shouldReadAPartOfAFileForASmallerBucket() {
    Part part = new Part(1, 2, 4);
    assertEquals(List.of(part), files(2).parts(6, 8));
    assertEquals(500, files(2).offset(part));
    assertEquals(250, files(2).length(part));
  }
}
