package io.millrace.pipeline;

import io.millrace.model.TestModels;
import io.millrace.spec.PipelineSpec;
import io.millrace.spec.SpecException;
import io.millrace.spec.SpecParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A spec that tests change by text, and the files that it names. */
public record SpecText(String yaml, Map<String, byte[]> files) {
  /** Cards: each key of the file that names a column has one. */
  public static final SpecText CARDS =
      new SpecText(
          """
          pipeline: cards
          warehouse: /warehouse
          source:
            path: /landing/${date}
            schema: card.avsc
            event_time: ts
            from: 2026-01-01
            lateness: 3d
            options:
              timestamps: [epoch_millis]
              columns: {channel: Kanal}
          clean:
            repair:
              channel: LOWER(channel)
            derive:
              big: amount > 100
            rules:
              in_range: amount >= 0
              has_channel: channel IS NOT NULL
            deduplicate: {by: txn, keep: latest}
            fail_above: 5%
          features:
            card:
              entity: card
              windows: [1d, 7d]
              where: big
              aggregates:
                n: COUNT(*)
                mean: AVG(amount)
          score:
            rows: entities
            model: linear.onnx
            inputs: [card_n_1d, card_mean_7d]
            keep: [card]
          """,
          Map.of(
              "card.avsc",
              """
              {"type": "record", "name": "Card", "fields": [
                {"name": "txn", "type": "string"},
                {"name": "card", "type": ["null", "string"], "default": null},
                {"name": "ts", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "amount", "type": "double"},
                {"name": "channel", "type": ["null", "string"], "default": null},
                {"name": "note", "type": ["null", "string"], "default": null}]}
              """
                  .getBytes(StandardCharsets.UTF_8),
              "linear.onnx",
              TestModels.linearOfDoubles(1, 2),
              "other.onnx",
              TestModels.linearOfDoubles(1, 3)));

  /** This spec with one text in place of another, which it must have. */
  public SpecText with(String old, String replacement) {
    return new SpecText(replaced(yaml, old, replacement), files);
  }

  /** This spec with one text in place of another in its schema, which must have it. */
  public SpecText withSchema(String old, String replacement) {
    String schema = new String(files.get("card.avsc"), StandardCharsets.UTF_8);
    Map<String, byte[]> changed = new HashMap<>(files);
    changed.put("card.avsc", replaced(schema, old, replacement).getBytes(StandardCharsets.UTF_8));
    return new SpecText(yaml, changed);
  }

  private static String replaced(String text, String old, String replacement) {
    if (!text.contains(old)) {
      throw new IllegalArgumentException("Cannot find: " + old);
    }
    return text.replace(old, replacement);
  }

  public PipelineSpec parse() {
    return SpecParser.parse("cards.yaml", yaml, Map.of());
  }

  public Pipeline bind() {
    return Binder.bind(parse(), this::read);
  }

  /** All that is wrong, or nothing. */
  public List<String> problems() {
    try {
      bind();
      return List.of();
    } catch (SpecException e) {
      return e.problems().stream().map(Object::toString).toList();
    }
  }

  private byte[] read(String path) throws IOException {
    byte[] bytes = files.get(path);
    if (bytes == null) {
      throw new IOException("there is no such file");
    }
    return bytes;
  }
}
