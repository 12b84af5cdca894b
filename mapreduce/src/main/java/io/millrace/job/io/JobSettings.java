package io.millrace.job.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Records that travel from the driver to its tasks as JSON in the job's configuration, one of each
 * type a job. They are made of plain data: text, numbers, lists, other records, bytes.
 */
public final class JobSettings {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ASIDE = ".file";

  private JobSettings() {}

  public static <T extends Record> void put(Configuration configuration, T settings) {
    try {
      configuration.set(key(settings.getClass()), JSON.writeValueAsString(settings));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(
          "Cannot write the settings " + settings.getClass().getSimpleName(), e);
    }
  }

  /**
   * As {@link #put}, for settings of any length: a file holds them, and the configuration its name.
   *
   * @param file which does not exist yet, where all tasks can read it
   */
  public static <T extends Record> void putAside(Configuration configuration, T settings, Path file)
      throws IOException {
    FileSystem fileSystem = file.getFileSystem(configuration);
    try (OutputStream out = fileSystem.create(file, true)) {
      JSON.writeValue(out, settings);
    }
    configuration.set(key(settings.getClass()) + ASIDE, fileSystem.makeQualified(file).toString());
  }

  /**
   * The settings of a type.
   *
   * @throws IOException where the driver did not put settings of that type
   */
  public static <T extends Record> T get(Configuration configuration, Class<T> type)
      throws IOException {
    return find(configuration, type)
        .orElseThrow(
            () -> new IOException("Cannot find " + key(type) + " in the job's configuration"));
  }

  /** The settings of a type, where the driver put some. */
  public static <T extends Record> Optional<T> find(Configuration configuration, Class<T> type)
      throws IOException {
    // raw: expressions and null markers may hold what looks like a variable of Hadoop's
    String json = configuration.getRaw(key(type));
    if (json != null) {
      return Optional.of(JSON.readValue(json, type));
    }
    String aside = configuration.getRaw(key(type) + ASIDE);
    return aside == null
        ? Optional.empty()
        : Optional.of(read(new Path(aside), configuration, type));
  }

  private static <T> T read(Path file, Configuration configuration, Class<T> type)
      throws IOException {
    try (InputStream in = file.getFileSystem(configuration).open(file)) {
      return JSON.readValue(in, type);
    }
  }

  private static String key(Class<?> type) {
    return "millrace.settings." + type.getSimpleName();
  }
}
