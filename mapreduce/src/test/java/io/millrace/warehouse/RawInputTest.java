package io.millrace.warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.plan.FileRead;
import io.millrace.plan.RawDay;
import io.millrace.plan.RawFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawInputTest {
  /** CRC-32C of "123456789", the check value that RFC 3720 implementations are tested with. */
  private static final long CHECK_VALUE = 0xE3069283L;

  private static final FileTime LAST_CHANGE = FileTime.fromMillis(1_793_491_200_000L);

  @TempDir java.nio.file.Path folder;
  private final RawInput rawInput = new RawInput(new Configuration());

  @Test
  void shouldListAFolderWithAllThatLiesBelow() throws IOException {
    write("dt=2026-11-01/part 2.csv", "b");
    write("dt=2026-11-01/part-1.csv", "a");
    write("dt=2026-11-01/hour=01/part-1.csv", "c");
    assertEquals(List.of("hour=01/part-1.csv", "part 2.csv", "part-1.csv"), names("dt=2026-11-01"));
  }

  @Test
  void shouldPassOverHiddenNames() throws IOException {
    write("day/part-1.csv", "a");
    write("day/_SUCCESS", "");
    write("day/.part-1.csv.swp", "a");
    write("day/_temporary/0/part-1.csv", "a");
    assertEquals(List.of("part-1.csv"), names("day"));
  }

  @Test
  void shouldListOneFile() throws IOException {
    write("2026-11-01.csv", "123456789");
    RawFile file = list("2026-11-01.csv").files().get(0);
    assertEquals(
        new RawFile(
            "2026-11-01.csv",
            9,
            LAST_CHANGE.toMillis(),
            CHECK_VALUE,
            new Path(folder.resolve("2026-11-01.csv").toUri()).toString()),
        file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "day/*.csv | a.csv b.csv",
        "day/{a,b}.csv | a.csv b.csv",
        "day/[b-c].csv | b.csv",
        "day/* | a.csv b.csv c.txt sub/d.csv",
        "*/sub | day/sub/d.csv",
        "d?y/a.csv | day/a.csv"
      })
  void shouldListGlobs(String glob, String expected) throws IOException {
    for (String name : List.of("a.csv", "b.csv", "c.txt", "sub/d.csv", "_hidden.csv")) {
      write("day/" + name, name);
    }
    assertEquals(List.of(expected.split(" ")), names(glob));
  }

  @Test
  void shouldTakeAPathThatExistsAsItIs() throws IOException {
    write("day [1]/a.csv", "a");
    assertEquals(List.of("a.csv"), names("day [1]"));
  }

  @ParameterizedTest
  @CsvSource({"day", "day/*.csv", "day/part-1.csv"})
  void shouldSayWhenNothingIsThere(String place) throws IOException {
    assertEquals(RawDay.absent(), list(place));
  }

  @Test
  void shouldTellAnEmptyFolderFromNone() throws IOException {
    Files.createDirectories(folder.resolve("day"));
    assertTrue(list("day").present());
    assertEquals(List.of(), list("day").files());
  }

  @Test
  void shouldNotReadFilesThatAreUnchanged() throws IOException {
    write("day/a.csv", "123456789");
    FileRead known = new FileRead("a.csv", 9, LAST_CHANGE.toMillis(), 42);
    assertEquals(42, checksum(known));
  }

  @ParameterizedTest
  @CsvSource({"b.csv, 9, 0", "a.csv, 8, 0", "a.csv, 9, 1"})
  void shouldReadFilesThatChanged(String name, long length, long laterMillis) throws IOException {
    write("day/a.csv", "123456789");
    FileRead known = new FileRead(name, length, LAST_CHANGE.toMillis() + laterMillis, 42);
    assertEquals(CHECK_VALUE, checksum(known));
  }

  @Test
  void shouldReadManyFiles() throws IOException {
    for (int i = 0; i < 20; i++) {
      write("day/part-%02d.csv".formatted(i), "123456789");
    }
    List<RawFile> files = list("day").files();
    assertEquals(20, files.size());
    assertTrue(files.stream().allMatch(file -> file.crc32c() == CHECK_VALUE));
  }

  @Test
  void shouldNameThePlaceThatCannotBeRead() {
    IOException error =
        assertThrows(IOException.class, () -> rawInput.list("nowhere://host/day", List.of()));
    assertEquals(
        "Cannot read raw input nowhere://host/day: No FileSystem for scheme \"nowhere\"",
        error.getMessage());
  }

  private long checksum(FileRead known) throws IOException {
    return rawInput.list(place("day"), List.of(known)).files().get(0).crc32c();
  }

  private List<String> names(String place) throws IOException {
    return list(place).files().stream().map(RawFile::name).toList();
  }

  private RawDay list(String place) throws IOException {
    return rawInput.list(place(place), List.of());
  }

  private String place(String name) {
    return folder + "/" + name;
  }

  private void write(String name, String text) throws IOException {
    java.nio.file.Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, LAST_CHANGE);
  }
}
