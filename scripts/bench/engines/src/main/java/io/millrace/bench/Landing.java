package io.millrace.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** Makes the raw files: once as 31 days, and by hard links the same files as one big night. */
final class Landing {
  private Landing() {}

  /** Makes what is not there yet. */
  static void make(Options options, Folders folders)
      throws IOException, InterruptedException {
    Path daily = folders.landing(Layout.DAILY);
    if (!Files.exists(daily.resolve("dt=" + Layout.NIGHT).resolve("_SUCCESS"))) {
      Files.createDirectories(daily);
      // files of this machine, wherever engines work
      Meter meter = new Meter(folders.logs(), new Machine());
      meter.run(
          "generate",
          List.of(
              options.millrace().toString(),
              "generate",
              "card-fraud",
              "--landing=" + daily,
              "--from=" + Layout.FIRST_DAY,
              "--days=" + Layout.DAYS,
              "--transactions=" + (options.rows() + 29) / 30,
              "--cards=" + options.rows() / 50,
              "--terminals=" + options.rows() / 1000,
              "--files=2"));
    }
    Path load = folders.landing(Layout.LOAD);
    if (!Files.exists(load.resolve("dt=" + Layout.NIGHT).resolve("_SUCCESS"))) {
      LocalDate day = Layout.FIRST_DAY;
      link(daily, day, load.resolve("dt=" + Layout.LOAD.first()));
      while (day.isBefore(Layout.NIGHT)) {
        day = day.plusDays(1);
        link(daily, day, load.resolve("dt=" + Layout.NIGHT));
      }
      Files.createFile(load.resolve("dt=" + Layout.LOAD.first()).resolve("_SUCCESS"));
      Files.createFile(load.resolve("dt=" + Layout.NIGHT).resolve("_SUCCESS"));
    }
  }

  private static void link(Path daily, LocalDate day, Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(daily.resolve("dt=" + day))) {
      files
          .filter(file -> file.getFileName().toString().startsWith("part-"))
          .forEach(file -> link(folder.resolve(day + "-" + file.getFileName()), file));
    }
  }

  private static void link(Path link, Path file) {
    try {
      Files.createLink(link, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
