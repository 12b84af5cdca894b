package io.millrace.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks for each of Hadoop's files of configuration once, and finds its defaults without their
 * descriptions, which are most of their text. Hadoop's local runner reads all of them several times
 * a job, which makes up a third of the work of a small one. All else is its parent's.
 */
final class TerseDefaults extends ClassLoader {
  private static final Pattern CONFIGURATION = Pattern.compile("[a-z-]+-(default|site)\\.xml");
  private static final Pattern WORDS =
      Pattern.compile("(?s)<!--.*?-->|<description>.*?</description>");

  private final Path folder;
  private final Map<String, Optional<URL>> found = new ConcurrentHashMap<>();

  private TerseDefaults(ClassLoader parent, Path folder) {
    super(parent);
    this.folder = folder;
  }

  /**
   * Lets this thread, and those that it starts from now on, find them.
   *
   * @param folder where they are kept while the process lives
   */
  static void use(Path folder) {
    Thread thread = Thread.currentThread();
    ClassLoader usual = thread.getContextClassLoader();
    if (!(usual instanceof TerseDefaults)) {
      thread.setContextClassLoader(new TerseDefaults(usual, folder));
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    return CONFIGURATION.matcher(name).matches()
        ? found.computeIfAbsent(name, this::find).orElse(null)
        : super.getResource(name);
  }

  private Optional<URL> find(String name) {
    URL whole = super.getResource(name);
    return whole != null && name.endsWith("-default.xml")
        ? Optional.of(terse(whole, name))
        : Optional.ofNullable(whole);
  }

  private URL terse(URL whole, String name) {
    try (InputStream in = whole.openStream()) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Path file = Files.createDirectories(folder).resolve(name);
      Files.writeString(file, WORDS.matcher(text).replaceAll(""));
      return file.toUri().toURL();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read Hadoop's " + name, e);
    }
  }
}
