package io.millrace.spec;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A value of the file and its path in the spec. What is asked for and not there is reported, and
 * then answered with nothing.
 */
public final class YamlValue {
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final int SHOWN_LENGTH = 60;

  private final YamlDocument document;
  private final Node node;
  private final String path;
  private final Location name;

  /**
   * @param path empty for the whole file
   * @param name where the key of the value stands
   */
  YamlValue(YamlDocument document, Node node, String path, Location name) {
    this.document = document;
    this.node = node;
    this.path = path;
    this.name = name;
  }

  public Location at() {
    return document.location(node);
  }

  /** Where the key of the value stands; for the whole file and items of a list, their start. */
  public Location name() {
    return name;
  }

  /** For messages, such as {@code features.card.windows}. */
  public String path() {
    return path;
  }

  public boolean isList() {
    return node instanceof SequenceNode;
  }

  public boolean isMapping() {
    return node instanceof MappingNode;
  }

  /** Nothing stands behind the key, or {@code null}. */
  public boolean isEmpty() {
    return isPlain() && !isTagged() && NULLS.contains(scalar());
  }

  /** Nothing at all stands behind the key: {@code NULL} may be meant as a word. */
  boolean isAbsent() {
    return isPlain() && !isTagged() && scalar().isEmpty();
  }

  /** The keys of a mapping. */
  public List<String> keys() {
    return node instanceof MappingNode mapping
        ? mapping.getValue().stream()
            .map(NodeTuple::getKeyNode)
            .filter(ScalarNode.class::isInstance)
            .map(key -> ((ScalarNode) key).getValue())
            .toList()
        : List.of();
  }

  /** What is written behind a key of a mapping, if this is one; nothing is reported. */
  Optional<YamlValue> behind(String key) {
    return node instanceof MappingNode mapping
        ? mapping.getValue().stream()
            .filter(
                tuple ->
                    tuple.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key))
            .map(tuple -> new YamlValue(document, tuple.getValueNode(), path + "." + key, name))
            .findFirst()
        : Optional.empty();
  }

  /** A text that is not blank. */
  public Optional<Located<String>> text(String expected) {
    return text(expected, Placeholders.Dates.REFUSED);
  }

  /** A text that is not blank, in which <code>${date}</code> may stand and is kept. */
  Optional<Located<String>> datedText(String expected) {
    return text(expected, Placeholders.Dates.KEPT);
  }

  /** Any text; a number or a word such as {@code true} or {@code NULL} is taken as it stands. */
  public Optional<Located<String>> words(String expected) {
    if (isAbsent()) {
      mismatch(expected);
      return Optional.empty();
    }
    return scalar(expected, Placeholders.Dates.REFUSED);
  }

  /** Whether this is a certain word. */
  public boolean is(String word) {
    return scalar().equals(word);
  }

  /** The items of a list; anything else is a list of one. */
  public List<YamlValue> items() {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream()
          .map(item -> new YamlValue(document, item, path, document.location(item)))
          .toList();
    }
    return List.of(this);
  }

  /** A mapping with any keys; nothing behind the key is an empty one. */
  public Optional<YamlMapping> mapping(String expected) {
    if (node instanceof MappingNode mapping) {
      boolean flow = mapping.getFlowStyle() == FlowStyle.FLOW;
      return Optional.of(YamlMapping.of(document, mapping, name, path, flow));
    }
    if (isEmpty()) {
      return Optional.of(YamlMapping.empty(document, name, path));
    }
    mismatch(expected);
    return Optional.empty();
  }

  /** A mapping with the keys of a section. */
  Optional<YamlSection> section(Section section) {
    return mapping("`key: value` lines with the keys " + String.join(", ", section.names()))
        .map(mapping -> YamlSection.check(section, mapping));
  }

  /** Reports that this is not what was expected. */
  public void mismatch(String expected) {
    problem(subject() + " is " + shown() + "; expected " + expected);
  }

  public void problem(String message) {
    document.problems().add(at(), message);
  }

  /** What stands here, for messages. */
  public String shown() {
    if (isEmpty()) {
      return "empty";
    }
    if (isList()) {
      return "a list";
    }
    if (isMapping()) {
      return "a mapping";
    }
    String text = node instanceof ScalarNode scalar ? document.shown(scalar) : "";
    if (text.isBlank()) {
      return "a blank text";
    }
    String line = text.strip().lines().findFirst().orElse("");
    return "`"
        + (line.length() > SHOWN_LENGTH ? line.substring(0, SHOWN_LENGTH) + "…" : line)
        + "`";
  }

  private Optional<Located<String>> text(String expected, Placeholders.Dates dates) {
    if (isEmpty()) {
      mismatch(expected);
      return Optional.empty();
    }
    Optional<Located<String>> text = scalar(expected, dates);
    if (text.isPresent() && text.get().value().isBlank()) {
      mismatch(expected);
      return Optional.empty();
    }
    return text;
  }

  private Optional<Located<String>> scalar(String expected, Placeholders.Dates dates) {
    if (isTagged()) {
      problem(
          "`"
              + node.getTag().getValue()
              + "` is a YAML tag, which means nothing here; put a text that starts with `!`"
              + " into quotes");
      return Optional.empty();
    }
    if (node instanceof ScalarNode scalar) {
      return document.text(scalar, dates);
    }
    mismatch(expected);
    return Optional.empty();
  }

  private String subject() {
    return path.isEmpty() ? "the file" : "`" + path + "`";
  }

  private boolean isTagged() {
    return node.getTag().getValue().startsWith("!");
  }

  private boolean isPlain() {
    return node instanceof ScalarNode scalar && scalar.isPlain();
  }

  /** The text as it stands in the file; empty where this is no text. */
  String scalar() {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
