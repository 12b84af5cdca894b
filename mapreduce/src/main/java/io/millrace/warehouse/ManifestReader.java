package io.millrace.warehouse;

import io.millrace.plan.Manifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads manifests, and parses one again only where its bytes are others than before: a run looks at
 * each several times, as another run may publish it anew at any moment. Thread-safe.
 */
final class ManifestReader {
  private static final class Parsed {
    private final byte[] bytes;
    private final Manifest manifest;

    Parsed(byte[] bytes, Manifest manifest) {
      this.bytes = bytes;
      this.manifest = manifest;
    }
  }

  private final Map<String, Parsed> known;

  /**
   * @param mostKept of how many files it keeps what it read: those that were read last
   */
  ManifestReader(int mostKept) {
    known =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Parsed> eldest) {
            return size() > mostKept;
          }
        };
  }

  /**
   * The manifest that a file holds.
   *
   * @param file its path, also for messages
   * @throws IOException where the bytes are no manifest, or one of a format that is unknown
   */
  Manifest read(byte[] bytes, String file) throws IOException {
    synchronized (known) {
      Parsed parsed = known.get(file);
      if (parsed != null && Arrays.equals(parsed.bytes, bytes)) {
        return parsed.manifest;
      }
    }
    Manifest manifest = ManifestCodec.read(new ByteArrayInputStream(bytes), file);
    synchronized (known) {
      known.put(file, new Parsed(bytes.clone(), manifest));
    }
    return manifest;
  }
}
