package io.millrace.warehouse;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.plan.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Manifests as JSON: fields in the order of the record, maps in the order of their keys, indented.
 * Fields that are unknown are passed over, so that later versions can add some without a new
 * format.
 */
final class ManifestCodec {
  private static final ObjectMapper JSON = WarehouseJson.mapper();

  private ManifestCodec() {}

  /** Finds out how manifests are read, which the first one that is read would else wait for. */
  static void prepareReading() {
    JSON.readerFor(Manifest.class);
  }

  static void write(Manifest manifest, OutputStream out) throws IOException {
    JSON.writeValue(out, manifest);
  }

  /**
   * Reads a manifest.
   *
   * @param file for messages
   * @throws IOException where the text is no manifest, or one of a format that is unknown
   */
  static Manifest read(InputStream in, String file) throws IOException {
    try {
      JsonNode tree = JSON.readTree(in);
      if (!tree.isObject()) {
        throw new IOException(
            tree.isMissingNode()
                ? unreadable(file, "it is empty")
                : unreadable(file, "it is no JSON object"));
      }
      int format = tree.path("format").asInt();
      if (format > Manifest.CURRENT_FORMAT) {
        throw new IOException(
            "Cannot read manifest %s: it has format %d, this version of Millrace knows formats up to %d"
                .formatted(file, format, Manifest.CURRENT_FORMAT));
      }
      return JSON.treeToValue(tree, Manifest.class);
    } catch (JacksonException e) {
      throw new IOException(unreadable(file, cause(e)), e);
    }
  }

  private static String unreadable(String file, String cause) {
    return "Cannot read manifest %s: %s. Delete its partition to have it made again"
        .formatted(file, cause);
  }

  private static String cause(JacksonException error) {
    return error.getCause() instanceof NullPointerException missing
        ? missing.getMessage() + " is missing"
        : error.getOriginalMessage();
  }
}
