package io.millrace.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;

/** A folder with the spec of this package's resources, landing files and a warehouse. */
record OracleFolder(Path home, ZoneId zone, LocalDate first) {
  static OracleFolder create(Path home, ZoneId zone, LocalDate first) throws IOException {
    OracleFolder folder = new OracleFolder(home, zone, first);
    for (String file : new String[] {"pipeline.yaml", "event.avsc"}) {
      try (InputStream in = OracleFolder.class.getResourceAsStream(file)) {
        Files.copy(in, home.resolve(file));
      }
    }
    return folder;
  }

  Path landing() {
    return home.resolve("landing");
  }

  /** Changes the spec's text, which must have {@code old} in it. */
  void edit(String old, String replacement) throws IOException {
    Path spec = home.resolve("pipeline.yaml");
    String text = Files.readString(spec);
    if (!text.contains(old)) {
      throw new IllegalArgumentException("Cannot edit the spec: there is no " + old);
    }
    Files.writeString(spec, text.replace(old, replacement));
  }

  EventGenerator generator(int rowsADay, int accounts, long seed) {
    return new EventGenerator(first, zone, rowsADay, accounts, seed);
  }

  /** The first days. */
  OracleRun days(int days) {
    return new OracleRun(
        home.resolve("pipeline.yaml"),
        Map.of(
            "landing", landing().toString(),
            "warehouse", home.resolve("warehouse").toString(),
            "zone", zone.getId(),
            "from", first.toString()),
        first,
        first.plusDays(days - 1L));
  }
}
