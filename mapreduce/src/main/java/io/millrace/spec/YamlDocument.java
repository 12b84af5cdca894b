package io.millrace.spec;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
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
public final class YamlDocument {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** Every scalar is a text: what it means is said by its key. */
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setSchema(new FailsafeSchema()).build();

  private final String file;
  private final String text;
  private final int[] characters;
  private final Optional<Placeholders> placeholders;
  private final String ifEmpty;
  private final Problems problems;

  private YamlDocument(
      String file,
      String text,
      Optional<Placeholders> placeholders,
      String ifEmpty,
      Problems problems) {
    this.file = file;
    this.text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    this.characters = this.text.codePoints().toArray();
    this.placeholders = placeholders;
    this.ifEmpty = ifEmpty;
    this.problems = problems;
  }

  /** A pipeline's spec, whose texts may hold placeholders. */
  static YamlDocument spec(String file, String text, Placeholders placeholders, Problems problems) {
    return new YamlDocument(
        file,
        text,
        Optional.of(placeholders),
        "the file is empty; a pipeline has at least the keys pipeline, warehouse and source",
        problems);
  }

  /**
   * A file whose texts are taken as they stand.
   *
   * @param ifEmpty what to tell the author of an empty file
   */
  public static YamlDocument verbatim(String file, String text, String ifEmpty, Problems problems) {
    return new YamlDocument(file, text, Optional.empty(), ifEmpty, problems);
  }

  /** The whole file as one value; nothing if it is empty or no YAML, which is then reported. */
  public Optional<YamlValue> root() {
    try {
      Optional<Node> root = new Compose(SETTINGS).composeString(text);
      if (root.isEmpty()) {
        problems.add(start(), ifEmpty);
      }
      placeholders.ifPresent(
          noted -> root.ifPresent(node -> notePlaceholders(noted, node, noneVisited())));
      return root.map(node -> new YamlValue(this, node, "", location(node)));
    } catch (YamlEngineException e) {
      problems.add(YamlSyntax.problem(this, e));
      return Optional.empty();
    }
  }

  public Location start() {
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
    List<Location> positions = ScalarPositions.of(file, characters, scalar, mark);
    return placeholders
        .map(known -> known.expand(scalar.getValue(), location(mark), positions, dates, unreplaced))
        .orElseGet(
            () -> new Located<>(scalar.getValue(), location(mark), TextPositions.of(positions)));
  }

  private static void notePlaceholders(Placeholders placeholders, Node node, Set<Node> visited) {
    if (!visited.add(node)) {
      return;
    }
    if (node instanceof ScalarNode scalar) {
      placeholders.note(scalar.getValue());
    } else if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(item -> notePlaceholders(placeholders, item, visited));
    } else if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        notePlaceholders(placeholders, entry.getValueNode(), visited);
      }
    }
  }

  private static Set<Node> noneVisited() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }
}
