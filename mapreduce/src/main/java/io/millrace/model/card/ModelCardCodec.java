package io.millrace.model.card;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * Cards as JSON: fields in the order of the record, indented, numbers in the fewest digits that
 * tell them apart, the same bytes on every machine. Fields that are unknown are passed over, so
 * that later versions can add some without a new format.
 */
public final class ModelCardCodec {
  private static final ObjectMapper JSON = mapper();

  private ModelCardCodec() {}

  private static ObjectMapper mapper() {
    // neither the line ends of this system, nor the digits of this Java
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    return JsonMapper.builder()
        .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(
                JsonInclude.Include.NON_NULL, JsonInclude.Include.USE_DEFAULTS))
        .defaultPrettyPrinter(
            new DefaultPrettyPrinter().withArrayIndenter(lines).withObjectIndenter(lines))
        .build();
  }

  /** The bytes of {@code model.json}. */
  public static byte[] encode(ModelCard card) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(card);
    } catch (JacksonException e) {
      throw new IllegalStateException("Cannot write the card of " + card.name(), e);
    }
  }

  /**
   * Reads a card.
   *
   * @param file for messages
   * @throws IOException where the text is no card, or one of a format that is unknown
   */
  public static ModelCard decode(byte[] json, String file) throws IOException {
    try {
      JsonNode tree = JSON.readTree(json);
      if (!tree.isObject()) {
        throw new IOException(
            "Cannot read the model card %s: it is no JSON object".formatted(file));
      }
      int format = tree.path("format").asInt();
      if (format > ModelCard.CURRENT_FORMAT) {
        throw new IOException(
            "Cannot read the model card %s: it has format %d, this version of Millrace knows formats up to %d"
                .formatted(file, format, ModelCard.CURRENT_FORMAT));
      }
      return JSON.treeToValue(tree, ModelCard.class);
    } catch (JacksonException e) {
      throw new IOException("Cannot read the model card %s: %s".formatted(file, cause(e)), e);
    }
  }

  private static String cause(JacksonException error) {
    return error.getCause() instanceof NullPointerException missing
        ? missing.getMessage() + " is missing"
        : error.getOriginalMessage();
  }
}
