package io.millrace.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.plan.Manifest;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ManifestReaderTest {
  private final ManifestReader reader = new ManifestReader(2);

  @Test
  void shouldParseTheSameBytesOnce() throws IOException {
    Manifest first = reader.read(manifest("run-1"), "/a");

    assertEquals("run-1", first.run());
    assertSame(first, reader.read(manifest("run-1"), "/a"));
  }

  @Test
  void shouldParseAgainWhatWasPublishedAgain() throws IOException {
    reader.read(manifest("run-1"), "/a");

    assertEquals("run-2", reader.read(manifest("run-2"), "/a").run());
    assertEquals("run-1", reader.read(manifest("run-1"), "/a").run());
  }

  @Test
  void shouldTellFilesApart() throws IOException {
    Manifest first = reader.read(manifest("run-1"), "/a");

    assertNotSame(first, reader.read(manifest("run-1"), "/b"));
    assertSame(first, reader.read(manifest("run-1"), "/a"));
  }

  @Test
  void shouldForgetWhatWasReadLongestAgo() throws IOException {
    Manifest first = reader.read(manifest("run-1"), "/a");
    reader.read(manifest("run-1"), "/b");
    assertSame(first, reader.read(manifest("run-1"), "/a"));
    Manifest second = reader.read(manifest("run-1"), "/b");
    reader.read(manifest("run-1"), "/c");

    assertSame(second, reader.read(manifest("run-1"), "/b"));
    assertNotSame(first, reader.read(manifest("run-1"), "/a"));
  }

  @Test
  void shouldKeepToItsOwnCopyOfTheBytes() throws IOException {
    byte[] bytes = manifest("run-1");
    reader.read(bytes, "/a");
    bytes[new String(bytes, UTF_8).indexOf("run-1") + 4] = '2';

    assertEquals("run-2", reader.read(bytes, "/a").run());
  }

  @Test
  void shouldTellOfBytesThatAreNoManifestEachTime() {
    for (int i = 0; i < 2; i++) {
      assertEquals(
          "Cannot read manifest /a: it is empty. Delete its partition to have it made again",
          assertThrows(IOException.class, () -> reader.read(new byte[0], "/a")).getMessage());
    }
  }

  private static byte[] manifest(String run) {
    return """
        {"format":1,"run":"%s","stage":"clean","date":"2026-11-01","dataSet":"clean","fingerprint":"aa",
         "rowsFingerprint":"bb","columnFingerprints":{},"definition":{"version":1,"rows":{},"columns":{},"external":{}},
         "filesRead":[],"partitionsRead":[],"files":[],"schemaFingerprint":"0123456789abcdef","counts":{},"notes":[],
         "created":"2026-11-01T02:15:00Z"}
        """
        .formatted(run)
        .getBytes(UTF_8);
  }
}
