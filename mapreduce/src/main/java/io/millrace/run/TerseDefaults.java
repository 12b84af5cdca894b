package io.millrace.run;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks for each of Hadoop's files of configuration once, and finds its defaults without their
 * descriptions, which are most of their text. Hadoop's local runner reads all of them several times
 * a job, which makes up a third of the work of a small one. Lists of services, such as of XML
 * parsers, which it asks for as often, are looked for in all jars once. All else is its parent's.
 */
final class TerseDefaults extends ClassLoader {
  private static final Pattern CONFIGURATION = Pattern.compile("[a-z-]+-(default|site)\\.xml");
  private static final Pattern WORDS =
      Pattern.compile("(?s)<!--.*?-->|<description>.*?</description>");

  private static final String SERVICES = "META-INF/services/";

  private final Map<String, Optional<URL>> found = new ConcurrentHashMap<>();
  private final Map<String, List<URL>> services = new ConcurrentHashMap<>();

  private TerseDefaults(ClassLoader parent) {
    super(parent);
  }

  /** Lets this thread, and those that it starts from now on, find them. */
  static void use() {
    Thread thread = Thread.currentThread();
    ClassLoader usual = thread.getContextClassLoader();
    if (!(usual instanceof TerseDefaults)) {
      thread.setContextClassLoader(new TerseDefaults(usual));
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

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    if (!name.startsWith(SERVICES)) {
      return super.getResources(name);
    }
    List<URL> known = services.get(name);
    if (known == null) {
      known = List.copyOf(Collections.list(super.getResources(name)));
      services.put(name, known);
    }
    return Collections.enumeration(known);
  }

  private static URL terse(URL whole, String name) {
    try (InputStream in = whole.openStream()) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      byte[] terse = WORDS.matcher(text).replaceAll("").getBytes(StandardCharsets.UTF_8);
      return new URL(null, "terse:/" + name, new InMemory(terse));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read Hadoop's " + name, e);
    }
  }

  /** Bytes behind a URL: a file could be deleted, or cut short, by another process. */
  private static final class InMemory extends URLStreamHandler {
    private final byte[] bytes;

    private InMemory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {
          // the bytes are here
        }

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(bytes);
        }
      };
    }
  }
}
