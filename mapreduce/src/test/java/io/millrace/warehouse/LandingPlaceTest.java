package io.millrace.warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.landing.Sight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandingPlaceTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir java.nio.file.Path home;

  private Warehouse warehouse() throws IOException {
    return new Warehouse(new Path(home.resolve("wh").toUri()), new Configuration());
  }

  private LandingPlace place(String place, String folder, String... flag) throws IOException {
    return new LandingPlace(
        home + "/" + place,
        folder.isEmpty() ? "" : home + "/" + folder,
        Stream.of(flag).findFirst(),
        warehouse());
  }

  private void write(String file, String text, Instant modified) throws IOException {
    java.nio.file.Path path = home.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    touch(file, modified);
  }

  private void touch(String path, Instant modified) throws IOException {
    Files.setLastModifiedTime(home.resolve(path), FileTime.from(modified));
  }

  private List<String> names(Sight sight) {
    String prefix = "file:" + home + "/";
    return sight.files().keySet().stream().map(file -> file.substring(prefix.length())).toList();
  }

  @Test
  void shouldSeeNothingWhereNothingIs() throws IOException {
    assertEquals(Sight.nothing(), place("in/day", "in/day", "_OK").look());
    Files.createDirectories(home.resolve("in"));
    assertEquals(Sight.nothing(), place("in/day*", "in", "_OK").look());
  }

  @Test
  void shouldSeeAllFilesOfAFolderAndCountThoseThatAreInput() throws IOException {
    write("day/b/part-1", "12", NOON);
    write("day/_temporary/part-2", "1", NOON.plusSeconds(3));
    write("day/.part-3.swp", "1", NOON);
    for (String folder : List.of("day", "day/b", "day/_temporary")) {
      touch(folder, NOON);
    }
    Sight sight = place("day", "day").look();
    assertEquals(List.of("day/.part-3.swp", "day/_temporary/part-2", "day/b/part-1"), names(sight));
    assertEquals(1, sight.inputFiles());
    assertEquals(NOON.plusSeconds(3), sight.newest());
    assertEquals(new Sight.Trace(2, NOON), sight.files().get("file:" + home + "/day/b/part-1"));
    assertFalse(sight.flagged());
  }

  @Test
  void shouldSeeInTheFolderThatAFileOfAnOldTimeWasMovedIn() throws IOException {
    write("day/sub/a", "1", NOON);
    touch("day/sub", NOON.plusSeconds(60));
    touch("day", NOON);
    assertEquals(NOON.plusSeconds(60), place("day", "day").look().newest());
    // files of several dates in one folder: any change of it may be one of this date
    touch("day", NOON.plusSeconds(90));
    assertEquals(NOON.plusSeconds(90), place("day/s*/a", "day").look().newest());
    assertEquals(NOON.plusSeconds(60), place("day/sub/a", "day/sub/a").look().newest());
  }

  @Test
  void shouldFindTheFlagInTheFolderOfTheDate() throws IOException {
    write("in/2026/01/_OK", "", NOON);
    write("in/2026/01/a.csv", "", NOON);
    write("in/2026/01/a.txt", "", NOON);
    Sight sight = place("in/2026/01/*.csv", "in/2026/01", "_OK").look();
    assertTrue(sight.flagged());
    assertEquals(1, sight.inputFiles());
    assertFalse(place("in/2026/01/*.csv", "in/2026/01", "_SUCCESS").look().flagged());
  }

  @Test
  void shouldNotTakeAFolderForAFlag() throws IOException {
    write("day/_OK/x", "", NOON);
    assertFalse(place("day", "day", "_OK").look().flagged());
  }

  @Test
  void shouldKnowAFileInPlaceOfAFolder() throws IOException {
    write("day.csv", "x", NOON);
    assertTrue(place("day.csv", "day.csv", "_OK").isOneFile());
    assertFalse(place("day.csv", "", "_OK").isOneFile());
    assertFalse(place("none", "none", "_OK").isOneFile());
  }

  @Test
  void shouldReadTheClockOfItsFileSystemAndLeaveNothingBehind() throws IOException {
    write("day/a", "1", NOON);
    LandingPlace place = place("day", "day");
    Instant before = Instant.now();
    Instant clock = place.clock().orElseThrow();
    // file systems stamp by a coarser clock than the one of the process
    assertTrue(Duration.between(before, clock).abs().compareTo(Duration.ofSeconds(5)) < 0);
    try (Stream<java.nio.file.Path> left = Files.list(home.resolve("wh"))) {
      assertEquals(List.of(), left.toList());
    }
    assertEquals(Optional.empty(), place("none", "none").clock());
  }

  @Test
  void shouldNotReadTheClockOfAnotherFileSystem() throws IOException {
    java.nio.file.Path shm = java.nio.file.Path.of("/dev/shm");
    assumeTrue(Files.isDirectory(shm) && !Files.getFileStore(shm).equals(Files.getFileStore(home)));
    LandingPlace elsewhere =
        new LandingPlace("/dev/shm", "/dev/shm", Optional.empty(), warehouse());
    assertEquals(Optional.empty(), elsewhere.clock());
    Files.createDirectories(home.resolve("day"));
    assertNotEquals(Optional.empty(), place("day", "day").clock());
  }
}
