package io.millrace.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class Utf8Test {
  @Property(tries = 20_000)
  void shouldFindWhatJavaFinds(@ForAll("bytes") byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    boolean broken = decoder.decode(in, CharBuffer.allocate(128), true).isError();

    assertEquals(broken ? in.position() : Utf8.VALID, Utf8.firstInvalid(bytes, 0, bytes.length));
  }

  @Property(tries = 2000)
  void shouldFindWhatJavaFindsWithinLongText(
      @ForAll("bytes") byte[] bytes,
      @ForAll @IntRange(max = 30) int before,
      @ForAll @IntRange(max = 30) int behind) {
    byte[] around = new byte[before + bytes.length + behind];
    Arrays.fill(around, (byte) 'a');
    System.arraycopy(bytes, 0, around, before, bytes.length);
    shouldFindWhatJavaFinds(around);
  }

  @Provide
  Arbitrary<byte[]> bytes() {
    Arbitrary<Integer> atTheEdges =
        Arbitraries.of(
            0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0,
            0xE1, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF);
    return atTheEdges.map(Integer::byteValue).array(byte[].class).ofMaxSize(6);
  }

  @Property
  void shouldAcceptText(@ForAll String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertEquals(Utf8.VALID, Utf8.firstInvalid(bytes, 0, bytes.length));
  }
}
