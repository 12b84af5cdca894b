package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.example.CardFraudSettings;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A task that dies of one record says which, in the last line of the command. */
class FailingRecordTest {
  private static final String DAY = "2026-01-01";

  @TempDir static Path home;
  private static CardFraudFolder example;

  @BeforeAll
  static void make() throws IOException {
    example = CardFraudFolder.create(home);
    example.generate(
        CardFraudSettings.of(CardFraudFolder.FIRST, 1)
            .withTransactions(150)
            .withCards(30)
            .withTerminals(10)
            .withFiles(1, 0));
    example.millrace("run", "--date", DAY).expect(ExitCode.DONE);
  }

  @ParameterizedTest
  @CsvSource({
    "clean, partials/card",
    "partials/card, features/card",
    "features/card, score",
  })
  void shouldNameFileBlockAndRecord(String dataSet, String reader) throws IOException {
    File file = firstFile(dataSet);
    byte[] before = Files.readAllBytes(file.toPath());
    long block = spoilThirdRecord(file);
    CommandResult run =
        example
            .millrace("run", "--force", "--stage", reader, "--date", DAY)
            .expect(ExitCode.FAILED);
    Files.write(file.toPath(), before);
    String last = run.lastLineOfErr();
    assertTrue(last.contains("record 2 of the block at byte %d of ".formatted(block)), run::err);
    assertTrue(last.contains(file.getPath()), run::err);
  }

  private static File firstFile(String dataSet) throws IOException {
    try (Stream<Path> files =
        Files.list(home.resolve("warehouse").resolve(dataSet).resolve("dt=" + DAY))) {
      return files
          .filter(path -> path.toString().endsWith(".avro"))
          .sorted()
          .findFirst()
          .orElseThrow()
          .toFile();
    }
  }

  /**
   * Writes the records again: the first in a block, the second and one that cannot be decoded in
   * the next.
   *
   * @return where that block begins
   */
  private static long spoilThirdRecord(File file) throws IOException {
    GenericRecord[] records = new GenericRecord[2];
    Schema schema;
    try (DataFileReader<GenericRecord> in =
        new DataFileReader<>(file, new GenericDatumReader<>())) {
      schema = in.getSchema();
      records[0] = in.next();
      records[1] = in.next();
    }
    byte[] noRecord = new byte[64];
    Arrays.fill(noRecord, (byte) 0xff);
    File crc = new File(file.getParentFile(), "." + file.getName() + ".crc");
    Files.deleteIfExists(crc.toPath());
    try (DataFileWriter<GenericRecord> out =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      out.create(schema, file);
      out.append(records[0]);
      long block = out.sync();
      out.append(records[1]);
      out.appendEncoded(ByteBuffer.wrap(noRecord));
      return block;
    }
  }
}
