package io.millrace.run;

import io.millrace.pipeline.SpecFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Where a spec lies, and with it the files that it names. A path without a scheme is looked for on
 * this machine first, then on the default file system.
 */
public final class SpecLocation implements SpecFiles {
  private final Configuration configuration;
  private final Path spec;

  public SpecLocation(String spec, Configuration configuration) {
    this.configuration = configuration;
    this.spec = resolve(spec);
  }

  public Path spec() {
    return spec;
  }

  /** The spec's text in bytes. */
  public byte[] readSpec() throws IOException {
    return read(spec);
  }

  @Override
  public byte[] read(String path) throws IOException {
    try {
      return read(path(path));
    } catch (FileNotFoundException e) {
      boolean relative = !new Path(path).isAbsolute();
      throw relative
          ? new FileNotFoundException(
              e.getMessage()
                  + " (a relative path of a schema or model is seen from the spec's folder)")
          : e;
    }
  }

  /** The place of a file that the spec names. */
  public Path path(String named) {
    Path path = new Path(named);
    return path.isAbsolute() || path.toUri().getScheme() != null
        ? resolve(named)
        : new Path(spec.getParent(), path);
  }

  private byte[] read(Path path) throws IOException {
    try (InputStream in = path.getFileSystem(configuration).open(path)) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      throw new FileNotFoundException("there is no file " + path);
    }
  }

  private static Path resolve(String name) {
    Path path = new Path(name);
    if (path.toUri().getScheme() != null) {
      return path;
    }
    try {
      java.nio.file.Path local = java.nio.file.Path.of(name).toAbsolutePath().normalize();
      return Files.exists(local) ? new Path(local.toUri()) : path;
    } catch (InvalidPathException e) {
      return path;
    }
  }
}
