package io.millrace.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many specs that nobody thought of; -Dmillrace.oracle.seed and …specs draw others. */
class RandomSpecIT {
  @Test
  void shouldMakeOfManyDrawnSpecsWhatDuckDbMakes(@TempDir Path folder)
      throws IOException, SQLException {
    long first = Long.getLong("millrace.oracle.seed", 100);
    int specs = Integer.getInteger("millrace.oracle.specs", 16);
    long values = 0;
    StringJoiner differences = new StringJoiner("\n\n");
    for (long seed = first; seed < first + specs; seed++) {
      Path home = Files.createDirectories(folder.resolve("seed-" + seed));
      Comparison comparison = RandomSpecTest.compare(seed, home);
      values += comparison.values();
      if (comparison.differences() > 0) {
        differences.add(
            "seed %d: %s\n%s"
                .formatted(
                    seed,
                    comparison.differencesText(),
                    Files.readString(home.resolve("pipeline.yaml"))));
      }
    }
    assertEquals("", differences.toString());
    System.out.printf("%,d values of %d specs compared%n", values, specs);
  }
}
