package io.millrace.job.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.plan.DataFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AvroRecordWriterTest {
  private static final Schema BYTES = Schema.create(Schema.Type.BYTES);
  private static final String FINGERPRINT = "00112233445566778899aabbccddeeff0123";
  private static final int BLOCK = 256 << 10;

  /** An encoded value of n bytes is one of n + 1 to n + 5 bytes. */
  static Stream<Arguments> lengths() {
    return Stream.of(
        Arguments.of("no record", List.of()),
        Arguments.of("empty records", List.of(0, 0, 0)),
        Arguments.of("so many records without bytes", IntStream.range(0, 300_000).map(i -> 0)),
        Arguments.of("of all lengths", IntStream.range(0, 2000)),
        Arguments.of("one byte less than a block", List.of(BLOCK - 4, 5)),
        Arguments.of("a block", List.of(BLOCK - 3, 5)),
        Arguments.of("one byte more than a block", List.of(BLOCK - 2, 5)),
        Arguments.of("much more than a block", List.of(7, 5 * BLOCK, 7, 1, BLOCK)));
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void shouldWriteTheBytesOfAvrosWriter(String name, Object lengths) throws IOException {
    List<byte[]> values = values(lengths);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    DataFile file = write(values, written);

    assertArrayEquals(byAvro(values), written.toByteArray());
    assertEquals(values.size(), file.records());
    assertEquals(written.size(), file.length());
    CRC32C checksum = new CRC32C();
    checksum.update(written.toByteArray());
    assertEquals(checksum.getValue(), file.crc32c());
    try (DataFileStream<ByteBuffer> reader =
        new DataFileStream<>(
            new ByteArrayInputStream(written.toByteArray()), new GenericDatumReader<>())) {
      for (byte[] value : values) {
        assertEquals(ByteBuffer.wrap(value), reader.next());
      }
      assertTrue(!reader.hasNext());
    }
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void shouldWriteTheSameOfSeveralRecordsAtOnce(String name, Object lengths) throws IOException {
    List<byte[]> values = values(lengths);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try (AvroRecordWriter writer = new AvroRecordWriter("a.avro", written, BYTES, FINGERPRINT)) {
      EncodedRecords several = new EncodedRecords();
      for (byte[] value : values) {
        if (several.count() == 700) {
          writer.append(several);
          several.clear();
        }
        several.bytes().putBytes(encode(value));
        several.end();
      }
      writer.append(several);
    }
    assertArrayEquals(byAvro(values), written.toByteArray());
  }

  private static List<byte[]> values(Object lengths) {
    List<byte[]> values = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(5);
    each(lengths)
        .forEach(
            length -> {
              byte[] value = new byte[length];
              // half of it hard to compress
              random.nextBytes(value);
              values.add(length % 2 == 0 ? value : new byte[length]);
            });
    return values;
  }

  private static IntStream each(Object lengths) {
    return lengths instanceof IntStream stream
        ? stream
        : ((List<?>) lengths).stream().mapToInt(length -> (Integer) length);
  }

  private static DataFile write(List<byte[]> values, OutputStream stream) throws IOException {
    AvroRecordWriter writer = new AvroRecordWriter("a.avro", stream, BYTES, FINGERPRINT);
    try (writer) {
      for (byte[] value : values) {
        byte[] record = encode(value);
        byte[] behindOthers = new byte[record.length + 3];
        System.arraycopy(record, 0, behindOthers, 2, record.length);
        writer.append(behindOthers, 2, record.length);
      }
    }
    return writer.dataFile();
  }

  private static byte[] encode(byte[] value) throws IOException {
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(record, null);
    encoder.writeBytes(value);
    return record.toByteArray();
  }

  private static byte[] byAvro(List<byte[]> values) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (DataFileWriter<ByteBuffer> writer = new DataFileWriter<>(new GenericDatumWriter<>())) {
      writer.setCodec(CodecFactory.snappyCodec());
      writer.setSyncInterval(BLOCK);
      writer.create(BYTES, file, HexFormat.of().parseHex(FINGERPRINT.substring(0, 32)));
      for (byte[] value : values) {
        writer.append(ByteBuffer.wrap(value));
      }
    }
    return file.toByteArray();
  }

  @Test
  void shouldCloseItsStreamWhereABlockCannotBeWritten() throws IOException {
    FullDisk disk = new FullDisk();
    AvroRecordWriter writer = new AvroRecordWriter("a.avro", disk, BYTES, FINGERPRINT);
    writer.append(new byte[] {2, 'a'}, 0, 2);
    disk.full = true;

    assertEquals("full", assertThrows(IOException.class, writer::close).getMessage());
    assertTrue(disk.closed);
  }

  private static final class FullDisk extends OutputStream {
    private boolean full;
    private boolean closed;

    @Override
    public void write(int value) throws IOException {
      if (full) {
        throw new IOException("full");
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
