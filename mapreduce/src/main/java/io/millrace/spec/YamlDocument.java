package io.millrace.spec;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** One YAML file being read: its characters, its placeholders, and what is wrong with it. */
final class YamlDocument {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** Every scalar is a text: what it means is said by its key. */
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setSchema(new FailsafeSchema()).build();

  private final String file;
  private final String text;
  private final int[] characters;
  private final Placeholders placeholders;
  private final Problems problems;

  YamlDocument(String file, String text, Placeholders placeholders, Problems problems) {
    this.file = file;
    this.text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    this.characters = this.text.codePoints().toArray();
    this.placeholders = placeholders;
    this.problems = problems;
  }

  /** The whole file as one value; nothing if it is empty or no YAML, which is then reported. */
  Optional<YamlValue> root() {
    try {
      Optional<Node> root = new Compose(SETTINGS).composeString(text);
      if (root.isEmpty()) {
        problems.add(
            start(),
            "the file is empty; a pipeline has at least the keys pipeline, warehouse and source");
      }
      root.ifPresent(node -> notePlaceholders(node, noneVisited()));
      return root.map(node -> new YamlValue(this, node, "", location(node)));
    } catch (YamlEngineException e) {
      problems.add(YamlSyntax.problem(this, e));
      return Optional.empty();
    }
  }

  Location start() {
    return new Location(file, 1, 1);
  }

  Location location(Mark mark) {
    return new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  Location location(Node node) {
    return node.getStartMark().map(this::location).orElse(start());
  }

  /** The place of a character counted from the start of the file. */
  Location location(int index) {
    int line = 1;
    int column = 1;
    for (int before = 0; before < Math.min(index, characters.length); before++) {
      column = characters[before] == '\n' ? 1 : column + 1;
      line = characters[before] == '\n' ? line + 1 : line;
    }
    return new Location(file, line, column);
  }

  Problems problems() {
    return problems;
  }

  /** A scalar's text, its placeholders replaced; nothing if one cannot be, which is reported. */
  Optional<Located<String>> text(ScalarNode scalar, Placeholders.Dates dates) {
    Problems unreplaced = new Problems();
    Located<String> text = expand(scalar, dates, unreplaced);
    unreplaced.inOrderOfFile().forEach(problems::add);
    return unreplaced.isEmpty() ? Optional.of(text) : Optional.empty();
  }

  /** A scalar's text for messages, its placeholders replaced where they can be. */
  String shown(ScalarNode scalar) {
    return expand(scalar, Placeholders.Dates.KEPT, new Problems()).value();
  }

  private Located<String> expand(ScalarNode scalar, Placeholders.Dates dates, Problems unreplaced) {
    Mark mark =
        scalar
            .getStartMark()
            .orElseThrow(() -> new IllegalStateException("Cannot place a scalar without a mark"));
    return placeholders.expand(
        scalar.getValue(),
        location(mark),
        ScalarPositions.of(file, characters, scalar, mark),
        dates,
        unreplaced);
  }

  private void notePlaceholders(Node node, Set<Node> visited) {
    if (!visited.add(node)) {
      return;
    }
    if (node instanceof ScalarNode scalar) {
      placeholders.note(scalar.getValue());
    } else if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(item -> notePlaceholders(item, visited));
    } else if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        notePlaceholders(entry.getValueNode(), visited);
      }
    }
  }

  private static Set<Node> noneVisited() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }
}
