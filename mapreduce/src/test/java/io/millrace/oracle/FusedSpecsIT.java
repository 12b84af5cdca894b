package io.millrace.oracle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.cli.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Drawn specs make the same data files, byte by byte, whether clean and partials are made in one
 * job or in two; -Dmillrace.oracle.seed and …specs draw others. {@link RandomSpecIT} compares what
 * one job makes with another engine.
 */
class FusedSpecsIT {
  private static final int DAYS = 2;

  @Test
  void shouldMakeTheSameBytesInOneJobAndInTwo(@TempDir Path home) throws IOException {
    long first = Long.getLong("millrace.oracle.seed", 310);
    int specs = Integer.getInteger("millrace.oracle.specs", 4);
    int fused = 0;
    for (long seed = first; seed < first + specs; seed++) {
      Path folder = Files.createDirectories(home.resolve("seed-" + seed));
      OracleFolder one =
          OracleFolder.events(folder, ZoneId.of("Europe/Berlin"), LocalDate.of(2026, 3, 28));
      Files.writeString(one.spec(), new SpecGrammar(seed).pipeline());
      one.generate(DAYS, 80, 20, seed);
      one.model(0.5);
      String told = run(one, folder.resolve("one"));
      run(one, folder.resolve("two"), "-D", "millrace.fuse=false");
      fused += told.contains("in one job with clean") ? 1 : 0;
      assertSame(folder.resolve("two"), folder.resolve("one"), "seed " + seed);
    }
    assertTrue(fused > 0, "of none of the specs anything was made in one job");
    System.out.printf("%d of %d specs make clean and partials in one job%n", fused, specs);
  }

  private static String run(OracleFolder folder, Path warehouse, String... more) {
    List<String> arguments = new ArrayList<>(List.of("run", folder.spec().toString()));
    folder
        .settings()
        .forEach(
            (key, value) ->
                arguments.addAll(
                    List.of("--set", key + "=" + (key.equals("warehouse") ? warehouse : value))));
    arguments.addAll(
        List.of(
            "--from",
            folder.first().toString(),
            "--to",
            folder.first().plusDays(DAYS - 1L).toString()));
    arguments.addAll(List.of(more));
    CommandResult result = CommandResult.of(arguments);
    assertEquals(0, result.exitCode(), result::err);
    return result.err();
  }

  private static void assertSame(Path expected, Path found, String seed) throws IOException {
    SortedMap<String, Path> files = files(expected);
    assertEquals(files.keySet(), files(found).keySet(), seed);
    for (String name : files.keySet()) {
      assertArrayEquals(
          Files.readAllBytes(expected.resolve(name)),
          Files.readAllBytes(found.resolve(name)),
          () -> seed + ": " + name);
    }
  }

  private static SortedMap<String, Path> files(Path warehouse) throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(warehouse)) {
      paths
          .filter(path -> path.toString().endsWith(".avro"))
          .forEach(path -> files.put(warehouse.relativize(path).toString(), path));
    }
    return files;
  }
}
