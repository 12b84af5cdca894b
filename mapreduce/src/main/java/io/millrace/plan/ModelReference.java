package io.millrace.plan;

import io.millrace.model.card.ModelVersion;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The version of a registered model that a partition was, or is to be made with. Its manifest names
 * it in {@code definition.external}.
 *
 * @param sha256 of the bytes of its ONNX file, hexadecimal
 */
public record ModelReference(String name, ModelVersion version, String sha256) {
  static final String MODEL = "score.model";
  static final String VERSION = "score.model.version";
  private static final String SHA256 = "score.model.sha256";
  private static final String REGISTRY = "registry:";

  /** The version that a definition names, or nothing where it names a file or no model. */
  public static Optional<ModelReference> of(RecordedDefinition definition) {
    Map<String, String> external = definition.external();
    String model = external.getOrDefault(MODEL, "");
    String version = external.get(VERSION);
    String sha256 = external.get(SHA256);
    if (!model.startsWith(REGISTRY) || version == null || sha256 == null) {
      return Optional.empty();
    }
    return Optional.of(
        new ModelReference(
            model.substring(REGISTRY.length()), ModelVersion.parse(version), sha256));
  }

  /** Its entries in {@code definition.external}. */
  SortedMap<String, String> external() {
    SortedMap<String, String> external = new TreeMap<>();
    external.put(MODEL, REGISTRY + name);
    external.put(VERSION, version.toString());
    external.put(SHA256, sha256);
    return external;
  }

  /** Such as {@code fraud 2026-11-15-1}. */
  @Override
  public String toString() {
    return name + " " + version;
  }
}
