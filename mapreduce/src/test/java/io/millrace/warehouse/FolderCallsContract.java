package io.millrace.warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;

/** What each file system must do that renames in one call. */
final class FolderCallsContract {
  private FolderCallsContract() {}

  /** Tries all of it below a folder. */
  static void check(WarehouseFiles files, Path root) throws IOException {
    Path full = new Path(root, "full");
    Path other = new Path(root, "other");
    files.makeFolders(new Path(full, "in"));
    files.makeFolders(new Path(other, "of other"));

    assertThrows(IOException.class, () -> files.rename(full, other));
    assertEquals(List.of("in"), files.names(full), "not moved into a folder that is not empty");
    assertEquals(List.of("of other"), files.names(other));
    assertThrows(
        FileNotFoundException.class,
        () -> files.rename(new Path(root, "none"), new Path(root, "x")));
    assertThrows(
        FileNotFoundException.class, () -> files.rename(full, new Path(root, "no parent/renamed")));
    assertFalse(files.exists(new Path(root, "no parent")));
    files.rename(full, new Path(root, "renamed"));
    assertEquals(List.of("in"), files.names(new Path(root, "renamed")));
    assertFalse(files.exists(full));

    files.makeFolder(new Path(root, "made"));
    files.makeFolder(new Path(root, "made"));
    assertThrows(
        FileNotFoundException.class, () -> files.makeFolder(new Path(root, "no parent/made")));
    assertFalse(files.exists(new Path(root, "no parent")));

    assertFalse(files.deleteEmpty(other));
    assertTrue(files.exists(other));
    assertTrue(files.deleteEmpty(new Path(other, "of other")));
    assertFalse(files.deleteEmpty(new Path(other, "of other")));
    files.deleteTree(new Path(root, "renamed"));
    files.deleteTree(new Path(root, "renamed"));
    assertFalse(files.exists(new Path(root, "renamed")));

    Path file = new Path(other, "file");
    files.write(file, out -> out.write(1));
    assertFalse(files.putNew(file, out -> out.write(2)));
    assertEquals(1, files.length(file));
    assertTrue(files.putNew(new Path(other, "new"), out -> out.write(2)));
    files.deleteFile(new Path(other, "new"));
    files.touch(file, 12_345);
    assertEquals(OptionalLong.of(12_345), files.modified(file));
    assertThrows(
        IOException.class,
        () -> files.write(new Path(root, "no parent/file"), out -> out.write(1)));
    assertFalse(files.exists(new Path(root, "no parent")));
    assertThrows(
        FileNotFoundException.class, () -> files.touch(new Path(other, "no file"), 12_345));
    assertFalse(files.exists(new Path(root, "no parent")));
  }
}
