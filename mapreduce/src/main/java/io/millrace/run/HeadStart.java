package io.millrace.run;

import io.millrace.expression.ExpressionCompiler;
import io.millrace.expression.ExpressionException;
import io.millrace.expression.TypedExpression;
import io.millrace.expression.code.Bytecode;
import io.millrace.expression.code.ProgramSource;
import io.millrace.job.io.AvroRecordWriter;
import io.millrace.row.RowType;
import io.millrace.warehouse.Warehouse;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.time.ZoneOffset;
import java.util.List;
import javax.crypto.KeyGenerator;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.LoggerFactory;

/**
 * What takes Java a while when it is first used, and what each run of jobs uses: set up on another
 * core while the command still reads its pipeline. Nothing hangs on it. What has not been set up,
 * or could not be, is so where it is used, and that is where failures are told of.
 */
public final class HeadStart {
  private interface Step {
    void take() throws IOException, GeneralSecurityException, ExpressionException;
  }

  private HeadStart() {}

  /** Begins where there is another core, and does not wait. */
  public static void begin() {
    if (Runtime.getRuntime().availableProcessors() > 1) {
      Thread thread = new Thread(HeadStart::take, "millrace-head-start");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Takes all steps, in the order in which a run comes to them, whatever comes of each. */
  static void take() {
    List<Step> steps =
        List.of(
            ShutdownHookManager::get,
            HeadStart::findFileSystems,
            HeadStart::readExpression,
            Warehouse::prepareReading,
            HeadStart::compile,
            HeadStart::writeConfiguration,
            HeadStart::findCipher,
            HeadStart::writeRecords);
    for (Step step : steps) {
      try {
        step.take();
      } catch (IOException
          | GeneralSecurityException
          | ExpressionException
          | RuntimeException
          | LinkageError e) {
        // not a field: the thread that begins this would wait for the log to come up
        LoggerFactory.getLogger(HeadStart.class).debug("A head start was not taken", e);
      }
    }
  }

  /** Reads Hadoop's defaults, looks for the kinds of file systems and asks who the user is. */
  private static void findFileSystems() throws IOException {
    Class<?> unused = FileSystem.getFileSystemClass("file", LocalRuntime.defaults());
    UserGroupInformation unusedUser = UserGroupInformation.getCurrentUser();
  }

  private static void readExpression() throws ExpressionException {
    RowType row = new RowType("Nothing", List.of());
    TypedExpression unused = new ExpressionCompiler(ZoneOffset.UTC).parse("1 + 1", row);
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
