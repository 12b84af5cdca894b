package io.millrace.job.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerBlocksTest {
  private static final Schema SCHEMA =
      SchemaBuilder.record("Line")
          .fields()
          .requiredLong("number")
          .requiredString("text")
          .endRecord();

  @TempDir Path folder;

  private record Block(long start, long count, List<Byte> records) {}

  /** Blocks of 1 to 7 records, the longer ones behind the shorter, and shorter ones again. */
  private File write(String codec) throws IOException {
    File file = folder.resolve(codec + ".avro").toFile();
    try (DataFileWriter<GenericRecord> out =
        new DataFileWriter<>(new GenericDatumWriter<>(SCHEMA))) {
      out.setCodec(CodecFactory.fromString(codec));
      out.setMeta("made.by", "a test");
      out.create(SCHEMA, file);
      for (int records : new int[] {1, 7, 3, 2}) {
        for (int i = 0; i < records; i++) {
          out.append(
              new GenericRecordBuilder(SCHEMA)
                  .set("number", (long) i)
                  .set("text", "over and over ".repeat(10 * records))
                  .build());
        }
        out.sync();
      }
    }
    return file;
  }

  private static ContainerBlocks open(File file) throws IOException {
    RawLocalFileSystem files = new RawLocalFileSystem();
    files.initialize(file.toURI(), new Configuration(false));
    FSDataInputStream in = files.open(new org.apache.hadoop.fs.Path(file.toURI()));
    return new ContainerBlocks(in, file.length());
  }

  private static List<Byte> bytes(byte[] array, int from, int to) {
    List<Byte> list = new ArrayList<>();
    for (int i = from; i < to; i++) {
      list.add(array[i]);
    }
    return list;
  }

  private static List<Block> byAvro(File file) throws IOException {
    List<Block> blocks = new ArrayList<>();
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(file, new GenericDatumReader<>())) {
      while (reader.hasNext()) {
        long start = reader.previousSync();
        long count = reader.getBlockCount();
        ByteBuffer block = reader.nextBlock();
        blocks.add(
            new Block(
                start,
                count,
                bytes(
                    block.array(),
                    block.arrayOffset() + block.position(),
                    block.arrayOffset() + block.limit())));
      }
    }
    return blocks;
  }

  private static List<Block> all(ContainerBlocks blocks) throws IOException {
    List<Block> all = new ArrayList<>();
    while (blocks.next()) {
      all.add(new Block(blocks.start(), blocks.count(), bytes(blocks.records(), 0, blocks.size())));
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"snappy", "null", "deflate"})
  void shouldReadTheBlocksThatAvroReads(String codec) throws IOException {
    File file = write(codec);
    try (ContainerBlocks blocks = open(file)) {
      assertEquals(SCHEMA, blocks.schema());
      List<Block> expected = byAvro(file);
      assertEquals(4, expected.size());
      assertEquals(expected, all(blocks));
      assertEquals(file.length(), blocks.position());
      assertFalse(blocks.next());
    }
  }

  @Test
  void shouldFindTheBlockBehindAnyByteAsAvroDoes() throws IOException {
    File file = write("snappy");
    try (ContainerBlocks blocks = open(file);
        DataFileReader<GenericRecord> reader =
            new DataFileReader<>(file, new GenericDatumReader<>())) {
      for (long from = 0; from <= file.length(); from++) {
        reader.sync(from);
        blocks.sync(from);
        assertEquals(reader.previousSync(), blocks.position(), "behind byte " + from);
        for (long end = 0; end <= file.length(); end += 7) {
          assertEquals(reader.pastSync(end), blocks.pastSync(end), from + " past " + end);
        }
        assertEquals(reader.hasNext(), blocks.next());
      }
    }
  }

  @Test
  void shouldReadEachBlockInOnePartOnly() throws IOException {
    File file = write("snappy");
    for (long size = 1; size < file.length(); size += 13) {
      List<Block> found = new ArrayList<>();
      for (long start = 0; start < file.length(); start += size) {
        try (ContainerBlocks blocks = open(file)) {
          blocks.sync(start);
          while (!blocks.pastSync(start + size) && blocks.next()) {
            found.add(
                new Block(
                    blocks.start(), blocks.count(), bytes(blocks.records(), 0, blocks.size())));
          }
        }
      }
      assertEquals(byAvro(file), found, "parts of " + size);
    }
  }

  @Test
  void shouldUseItsMemoryAgain() throws IOException {
    try (ContainerBlocks blocks = open(write("snappy"))) {
      blocks.next();
      blocks.next();
      byte[] largest = blocks.records();
      blocks.next();
      assertTrue(largest == blocks.records());
    }
  }

  @Test
  void shouldReadAFileWithoutBlocks() throws IOException {
    File file = folder.resolve("empty.avro").toFile();
    try (DataFileWriter<GenericRecord> out =
        new DataFileWriter<>(new GenericDatumWriter<>(SCHEMA))) {
      out.create(SCHEMA, file);
    }
    try (ContainerBlocks blocks = open(file)) {
      assertEquals(SCHEMA, blocks.schema());
      assertFalse(blocks.next());
    }
  }

  /**
   * The last block but one is spoilt at a byte: {@code at} counts from its end, marker included.
   */
  private String failure(int at, int change) throws IOException {
    File file = write("snappy");
    List<Block> blocks = byAvro(file);
    byte[] bytes = Files.readAllBytes(file.toPath());
    bytes[(int) blocks.get(3).start() - at] ^= (byte) change;
    Files.write(file.toPath(), bytes);
    try (ContainerBlocks opened = open(file)) {
      assertTrue(opened.next());
      assertTrue(opened.next());
      IOException failed = assertThrows(IOException.class, opened::next);
      assertEquals(blocks.get(2).start(), opened.start());
      return failed.getMessage();
    }
  }

  @Test
  void shouldNoticeAMarkerThatIsWrong() throws IOException {
    assertEquals(
        "a block does not end with the marker that the file has between blocks", failure(1, 1));
  }

  @Test
  void shouldNoticeAChecksumThatIsWrong() throws IOException {
    assertEquals("a block's checksum is not that of its records", failure(17, 1));
  }

  @Test
  void shouldNoticeAFileThatEndsTooEarly() throws IOException {
    File file = write("snappy");
    byte[] bytes = Files.readAllBytes(file.toPath());
    long last = byAvro(file).get(3).start();
    Files.write(file.toPath(), Arrays.copyOf(bytes, (int) last + 5));
    try (ContainerBlocks blocks = open(file)) {
      for (int i = 0; i < 3; i++) {
        assertTrue(blocks.next());
      }
      IOException failed = assertThrows(IOException.class, blocks::next);
      assertTrue(
          failed.getMessage().contains("but the file ends 5 bytes behind its start"),
          failed::getMessage);
    }
  }

  @Test
  void shouldRefuseWhatIsNoContainerFile() throws IOException {
    Path file = folder.resolve("text.avro");
    Files.writeString(file, "a,b,c\n1,2,3\n");
    assertEquals(
        "it does not begin like one",
        assertThrows(IOException.class, () -> open(file.toFile())).getMessage());
  }

  @Test
  void shouldLeaveTheRecordsAsTheyWereWritten() throws IOException {
    File file = folder.resolve("raw.avro").toFile();
    byte[] record = {4, 2, 'x'}; // number 2, text "x"
    try (DataFileWriter<GenericRecord> out =
        new DataFileWriter<>(new GenericDatumWriter<>(SCHEMA))) {
      out.setCodec(CodecFactory.snappyCodec());
      out.create(SCHEMA, file);
      out.appendEncoded(ByteBuffer.wrap(record));
    }
    try (ContainerBlocks blocks = open(file)) {
      assertTrue(blocks.next());
      assertArrayEquals(record, Arrays.copyOf(blocks.records(), blocks.size()));
    }
  }
}
