package io.millrace.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An example in a folder of this machine. */
public final class ExampleFolder {
  private ExampleFolder() {}

  /** Writes an example's files into a folder and returns its spec. */
  public static Path write(String name, Path folder) throws IOException {
    Examples.Example example = Examples.named(name).orElseThrow();
    example.write(
        file -> {
          Path target = folder.resolve(file);
          Files.createDirectories(target.getParent());
          return Files.newOutputStream(target);
        });
    return folder.resolve(example.files().get(0));
  }
}
