package io.millrace.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the table in {@code broken-specs.txt}, which is meant to be read. */
class BrokenSpecsTest {
  private static final String SET = "# --set ";

  record Case(String title, String yaml, List<String> problems) {
    static Case parse(String text) {
      int titleEnd = text.indexOf('\n');
      int yamlEnd = text.indexOf(">>>\n");
      return new Case(
          text.substring(0, titleEnd),
          text.substring(titleEnd + 1, yamlEnd).replace('→', '\t').replace('␇', '\u0007'),
          text.substring(yamlEnd + 4).lines().toList());
    }

    /** What a comment in the first line sets. */
    Map<String, String> settings() {
      return yaml.lines()
          .limit(1)
          .filter(line -> line.startsWith(SET))
          .flatMap(line -> Arrays.stream(line.substring(SET.length()).split(" ")))
          .map(setting -> setting.split("=", 2))
          .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
    }

    @Override
    public String toString() {
      return title;
    }
  }

  static Stream<Case> cases() throws IOException {
    String table = Resource.text("broken-specs.txt");
    return Arrays.stream(table.split("(?m)^=== ")).skip(1).map(Case::parse);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldSayWhereAndWhatIsWrong(Case broken) {
    SpecException error =
        assertThrows(
            SpecException.class,
            () -> SpecParser.parse("p.yaml", broken.yaml(), broken.settings()));

    assertEquals(
        String.join("\n", broken.problems()),
        error.problems().stream()
            .map(problem -> problem.toString().substring("p.yaml:".length()))
            .collect(Collectors.joining("\n")));
  }

  @Test
  void shouldTellEachReaderWhatToDo() throws IOException {
    for (Case broken : cases().toList()) {
      for (String problem : broken.problems()) {
        String advice =
            ".*(expected|add|write|put|keep|leave|name|give|did you mean|pass|remove"
                + "|must stand in quotes|correct it|indent|start |choose|a pipeline has).*";
        assertTrue(problem.matches(advice), problem);
      }
    }
  }

  @Test
  void shouldNameTheFile() {
    SpecException error =
        assertThrows(
            SpecException.class,
            () -> SpecParser.parse("hdfs://host/a/pipeline.yaml", "", Map.of()));

    assertEquals(
        "hdfs://host/a/pipeline.yaml:1:1: the file is empty; a pipeline has at least the keys"
            + " pipeline, warehouse and source",
        error.getMessage());
  }
}
