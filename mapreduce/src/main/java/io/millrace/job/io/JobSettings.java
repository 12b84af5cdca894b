package io.millrace.job.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Records that travel from the driver to its tasks as JSON in the job's configuration, one of each
 * type a job. They are made of plain data: text, numbers, lists, other records, bytes.
 */
public final class JobSettings {
  private static final ObjectMapper JSON = new ObjectMapper();

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
    return json == null ? Optional.empty() : Optional.of(JSON.readValue(json, type));
  }

  private static String key(Class<?> type) {
    return "millrace.settings." + type.getSimpleName();
  }
}
