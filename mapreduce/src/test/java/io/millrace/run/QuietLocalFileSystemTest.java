package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beside Hadoop's own, which asks other programs for what it does not know. */
class QuietLocalFileSystemTest {
  @TempDir private java.nio.file.Path folder;

  private final FileSystem quiet = new QuietLocalFileSystem();
  private final FileSystem hadoops = new LocalFileSystem();

  @BeforeEach
  void createFiles() throws IOException {
    quiet.initialize(URI.create("file:///"), new Configuration());
    hadoops.initialize(URI.create("file:///"), new Configuration());
    Files.writeString(folder.resolve("a b%20c"), "seven b");
    Files.writeString(folder.resolve("part:1"), "");
    Files.createDirectory(folder.resolve("dt=2026-01-01"));
    Files.setPosixFilePermissions(
        folder.resolve("a b%20c"), PosixFilePermissions.fromString("rw-r-----"));
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("a b%20c"));
    Files.createSymbolicLink(folder.resolve("broken"), folder.resolve("nothing"));
  }

  @AfterEach
  void closeFileSystems() throws IOException {
    quiet.close();
    hadoops.close();
  }

  @Test
  void shouldTellOfFilesWhatHadoopsDoes() throws IOException {
    for (String name : List.of("a b%20c", "dt=2026-01-01", "link")) {
      Path path = new Path(folder.toString(), name);

      assertAlike(quiet.getFileStatus(path), hadoops.getFileStatus(path));
    }
  }

  @Test
  void shouldListFoldersAsHadoopsDoes() throws IOException {
    Path path = new Path(folder.toString());

    FileStatus[] listed = sorted(quiet.listStatus(path));
    FileStatus[] expected = sorted(hadoops.listStatus(path));

    assertEquals(4, expected.length);
    assertEquals(expected.length, listed.length);
    for (int i = 0; i < listed.length; i++) {
      assertAlike(listed[i], expected[i]);
    }
  }

  @Test
  void shouldListAFileAsItself() throws IOException {
    Path path = new Path(folder.toString(), "a b%20c");

    assertEquals(1, quiet.listStatus(path).length);
    assertAlike(quiet.listStatus(path)[0], hadoops.listStatus(path)[0]);
  }

  @Test
  void shouldTellThatAFileIsNotThere() {
    Path path = new Path(folder.toString(), "nothing");

    assertThrows(FileNotFoundException.class, () -> quiet.listStatus(path));
    assertEquals(
        "File " + path + " does not exist",
        assertThrows(FileNotFoundException.class, () -> quiet.getFileStatus(path)).getMessage());
  }

  @Test
  void shouldKeepOwnersInStreams() throws IOException, ClassNotFoundException {
    FileStatus status = quiet.getFileStatus(new Path(folder.toString(), "a b%20c"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(status);
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertAlike((FileStatus) in.readObject(), status);
    }
  }

  private static FileStatus[] sorted(FileStatus[] statuses) {
    return Arrays.stream(statuses)
        .sorted(Comparator.comparing(status -> status.getPath().getName()))
        .toArray(FileStatus[]::new);
  }

  private static void assertAlike(FileStatus actual, FileStatus expected) {
    assertEquals(expected.getPath(), actual.getPath());
    assertEquals(expected.getLen(), actual.getLen());
    assertEquals(expected.isDirectory(), actual.isDirectory());
    assertEquals(expected.getReplication(), actual.getReplication());
    assertEquals(expected.getBlockSize(), actual.getBlockSize());
    assertEquals(expected.getModificationTime(), actual.getModificationTime());
    assertEquals(expected.getOwner(), actual.getOwner());
    assertEquals(expected.getGroup(), actual.getGroup());
    assertEquals(expected.getPermission(), actual.getPermission());
  }

  @Test
  void shouldFindNothingBelowAFile() throws IOException {
    Path below = new Path(folder.toString(), "a b%20c/below");
    assertThrows(FileNotFoundException.class, () -> hadoops.getFileStatus(below));
    assertThrows(FileNotFoundException.class, () -> quiet.getFileStatus(below));
    assertThrows(FileNotFoundException.class, () -> quiet.listStatus(below));
  }

  @Test
  void shouldNameAFolderWithoutASlashBehindIt() throws IOException {
    Path slashed = new Path(folder.resolve("dt=2026-01-01").toUri());
    assertEquals(hadoops.getFileStatus(slashed).getPath(), quiet.getFileStatus(slashed).getPath());
  }
}
