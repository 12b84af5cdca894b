package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.mapred.JobConf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TerseDefaultsTest {
  private ClassLoader usual;

  @BeforeEach
  void useThoseOfHadoop() {
    usual = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
  }

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(usual);
  }

  /** Each property as it is written, and the file that it comes from. */
  private static SortedMap<String, String> properties() {
    JobConf configuration = new JobConf();
    SortedMap<String, String> properties = new TreeMap<>();
    for (Map.Entry<String, String> each : configuration) {
      String name = each.getKey();
      String[] sources = configuration.getPropertySources(name);
      properties.put(
          name,
          configuration.getRaw(name)
              + " of "
              + (sources == null ? "nobody" : Arrays.toString(sources)));
    }
    return properties;
  }

  @Test
  void shouldLeaveEveryPropertyAsHadoopHasIt() {
    SortedMap<String, String> whole = properties();
    TerseDefaults.use();
    SortedMap<String, String> terse = properties();
    assertEquals(whole.keySet(), terse.keySet());
    whole.forEach((name, value) -> assertEquals(value, terse.get(name), name));
    assertTrue(whole.size() > 500, () -> whole.size() + " properties");
  }

  @Test
  void shouldHaveNoDescriptions() throws IOException {
    TerseDefaults.use();
    URL core = new JobConf().getResource("core-default.xml");
    try (InputStream in = core.openStream()) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(text.contains("<name>fs.defaultFS</name>"), text);
      assertFalse(text.contains("description"), text);
    }
  }

  @Test
  void shouldFindTheSameServicesEachTime() throws IOException {
    String services = "META-INF/services/org.apache.hadoop.fs.FileSystem";
    List<URL> usual = Collections.list(getClass().getClassLoader().getResources(services));
    TerseDefaults.use();
    ClassLoader terse = Thread.currentThread().getContextClassLoader();
    assertEquals(usual, Collections.list(terse.getResources(services)));
    assertEquals(usual, Collections.list(terse.getResources(services)));
    assertFalse(usual.isEmpty());
  }

  @Test
  void shouldBeUsedOnceAThread() {
    TerseDefaults.use();
    ClassLoader first = Thread.currentThread().getContextClassLoader();
    TerseDefaults.use();
    assertSame(first, Thread.currentThread().getContextClassLoader());
  }
}
