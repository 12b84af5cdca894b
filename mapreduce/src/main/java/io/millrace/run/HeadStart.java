package io.millrace.run;

import io.millrace.expression.code.Bytecode;
import io.millrace.expression.code.ProgramSource;
import io.millrace.job.io.AvroRecordWriter;
import io.millrace.warehouse.Warehouse;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.KeyGenerator;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What takes Java a while when it is first used, and what each run of jobs uses: set up on another
 * core while the command still reads its pipeline. Nothing hangs on it. What has not been set up,
 * or could not be, is so where it is used, and that is where failures are told of.
 */
public final class HeadStart {
  private static final Logger LOG = LoggerFactory.getLogger(HeadStart.class);

  private interface Step {
    void take() throws IOException, GeneralSecurityException;
  }

  /** In the order in which a run comes to them. */
  private static final List<Step> STEPS =
      List.of(
          Warehouse::prepareReading,
          HeadStart::compile,
          HeadStart::writeConfiguration,
          HeadStart::findCipher,
          HeadStart::writeRecords);

  private HeadStart() {}

  /** Begins where there is another core, and does not wait. */
  public static void begin() {
    if (Runtime.getRuntime().availableProcessors() > 1) {
      Thread thread = new Thread(HeadStart::take, "millrace-head-start");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Takes all steps, whatever comes of each. */
  static void take() {
    for (Step step : STEPS) {
      try {
        step.take();
      } catch (IOException | GeneralSecurityException | RuntimeException | LinkageError e) {
        LOG.debug("A head start was not taken", e);
      }
    }
  }

  /** Expressions become classes when jobs are set up. */
  private static void compile() {
    String name = "Nothing";
    byte[] unused =
        Bytecode.compile(
            new ProgramSource(name, "public final class " + name + " {}", new byte[0]),
            HeadStart.class.getClassLoader());
  }

  /** Each job's configuration is written as XML, which brings up parsers and transformers. */
  private static void writeConfiguration() throws IOException {
    Configuration configuration = new Configuration(false);
    configuration.set("name", "value");
    configuration.writeXml(OutputStream.nullOutputStream());
  }

  /** Hadoop makes a key for each job. */
  private static void findCipher() throws GeneralSecurityException {
    KeyGenerator.getInstance("HmacSHA1").generateKey();
  }

  /** Brings up Avro, and Snappy's native library, which is unpacked first. */
  private static void writeRecords() throws IOException {
    Schema schema = Schema.createRecord("Nothing", null, null, false, List.of());
    try (AvroRecordWriter writer =
        new AvroRecordWriter("nothing", OutputStream.nullOutputStream(), schema, "0".repeat(32))) {
      writer.append(new byte[1], 0, 1);
    }
  }
}
