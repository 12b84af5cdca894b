package io.millrace.job.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EncodedRecordsTest {
  private static EncodedRecords of(String... texts) {
    EncodedRecords records = new EncodedRecords();
    for (String text : texts) {
      records.bytes().putBytes(text.getBytes(StandardCharsets.UTF_8));
      records.end();
    }
    return records;
  }

  private static List<String> texts(EncodedRecords records) {
    return IntStream.range(0, records.count())
        .mapToObj(
            i ->
                new String(
                    records.array(), records.start(i), records.length(i), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void shouldTellRecordsApart() {
    assertEquals(List.of("ab", "", "c"), texts(of("ab", "", "c")));
  }

  @Test
  void shouldHoldMoreThanItHasRoomForAtFirst() {
    String[] many = IntStream.range(0, 1000).mapToObj(Integer::toString).toArray(String[]::new);
    assertEquals(List.of(many), texts(of(many)));
  }

  @Test
  void shouldForgetTheLast() {
    EncodedRecords records = of("a", "bc");
    records.removeLast();
    records.bytes().putByte('d');
    records.end();
    assertEquals(List.of("a", "d"), texts(records));
    records.removeLast();
    records.removeLast();
    assertEquals(0, records.count());
  }

  @Test
  void shouldBeReadAsWritten() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    of("ab", "", "c").write(new DataOutputStream(bytes));
    EncodedRecords read = of("of before");
    read.readFields(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertEquals(List.of("ab", "", "c"), texts(read));
  }
}
