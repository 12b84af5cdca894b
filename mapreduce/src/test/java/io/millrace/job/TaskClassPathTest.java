package io.millrace.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.aggregate.PartialAggregator;
import io.millrace.aggregate.PartialSettings;
import io.millrace.aggregate.WindowMerge;
import io.millrace.aggregate.WindowSettings;
import io.millrace.job.features.FeaturesJob;
import io.millrace.job.io.JobSettings;
import io.millrace.job.partials.PartialsJob;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tasks do, in class loaders that have no compiler of expressions. */
class TaskClassPathTest {
  private static final LocalDate DATE = LocalDate.of(2026, 3, 31);

  @TempDir java.nio.file.Path folder;

  /** Runs in a class loader of its own: takes and gives classes of the JDK only. */
  static final class Task {
    private Task() {}

    /** How many rows of features a block of clean records makes. */
    static int rows(Map<String, String> settings, byte[] block, long records) throws Exception {
      Configuration configuration = new Configuration(false);
      settings.forEach(configuration::set);
      List<byte[]> rows = new ArrayList<>();
      WindowMerge merge =
          new WindowMerge(
              JobSettings.get(configuration, WindowSettings.class),
              row -> rows.add(row.toByteArray()));
      PartialAggregator aggregator =
          new PartialAggregator(
              JobSettings.get(configuration, PartialSettings.class),
              1 << 20,
              (array, offset, length, states) -> {
                // each state as an entity of its own, on the last day of the windows
                byte[] partial =
                    new ByteBuilder()
                        .putVarint(DATE.toEpochDay())
                        .putBytes(states.array(), 0, states.length())
                        .toByteArray();
                merge.start(array, offset, length);
                merge.add(new ByteCursor().reset(partial, 0, partial.length));
                merge.finish();
              });
      aggregator.add(block, 0, block.length, records);
      aggregator.flush();
      return rows.size();
    }
  }

  private static ClassLoader withoutCompiler() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.matches(".*(calcite|janino|commons-compiler).*")) {
        urls.add(new File(entry).toURI().toURL());
      }
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  private Map<String, String> settings() throws Exception {
    FeatureGroup group =
        new FeatureGroups(Transaction.TYPE, Transaction.ZONE, "ts")
            .entity("card")
            .where("UPPER(channel) LIKE 'W%'")
            .aggregate("mean", "AVG(LN(amount * amount + 1))")
            .build();
    LocalRunner runner = new LocalRunner(folder);
    Map<String, String> settings = new HashMap<>();
    for (Configuration configuration :
        List.of(
            PartialsJob.create(
                    runner.configuration(),
                    group,
                    List.of(new Path("clean.avro")),
                    Transaction.TYPE,
                    1,
                    LocalRunner.FINGERPRINT,
                    runner.path("partials"))
                .getConfiguration(),
            FeaturesJob.create(
                    runner.configuration(),
                    group,
                    DATE,
                    List.of(),
                    1,
                    true,
                    LocalRunner.FINGERPRINT,
                    runner.path("features"))
                .getConfiguration())) {
      configuration.getPropsWithPrefix("millrace.settings.").keySet().stream()
          .map(name -> "millrace.settings." + name)
          .forEach(name -> settings.put(name, configuration.getRaw(name)));
    }
    return settings;
  }

  @Test
  void shouldNeedNoCompilerInTasks() throws Exception {
    List<Transaction> transactions = Transaction.random(DATE, 200, 10, new Random(3));
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(block, null);
    GenericDatumWriter<GenericRecord> writer = new GenericDatumWriter<>(Transaction.TYPE.toAvro());
    for (Transaction transaction : transactions) {
      writer.write(transaction.toAvro(), encoder);
    }
    encoder.flush();

    ClassLoader tasks = withoutCompiler();
    assertThrows(
        ClassNotFoundException.class, () -> tasks.loadClass("org.apache.calcite.sql.SqlNode"));
    var rows =
        tasks
            .loadClass(Task.class.getName())
            .getDeclaredMethod("rows", Map.class, byte[].class, long.class);
    rows.setAccessible(true);
    Map<String, String> settings = settings();
    ClassLoader own = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(tasks);
    Object found;
    try {
      found = rows.invoke(null, settings, block.toByteArray(), transactions.size());
    } finally {
      Thread.currentThread().setContextClassLoader(own);
    }
    long states =
        transactions.stream()
            .filter(t -> t.card() != null && t.channel().equals("web"))
            .map(t -> t.card() + t.eventDay())
            .distinct()
            .count();
    assertEquals((int) states, found);
  }
}
