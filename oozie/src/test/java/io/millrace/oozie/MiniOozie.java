package io.millrace.oozie;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.millrace.MiniHadoop;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import javax.mail.internet.MimeMessage;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.oozie.client.OozieClient;
import org.apache.oozie.local.LocalOozie;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * An Oozie in this process, on the cluster of {@link MiniHadoop}; what a real one asks for once a
 * minute it asks for once a second.
 */
public final class MiniOozie implements AutoCloseable {
  private static final String USER = System.getProperty("user.name");

  private final MiniHadoop hadoop;
  private final java.nio.file.Path home;
  private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));

  private MiniOozie(MiniHadoop hadoop) throws Exception {
    this.hadoop = hadoop;
    home =
        Files.createTempDirectory(
            Files.createDirectories(java.nio.file.Path.of("target")), "oozie-");
    mail.start();
    configure();
    start();
  }

  private void configure() throws IOException {
    java.nio.file.Path conf = Files.createDirectories(home.resolve("conf"));
    write(conf.resolve("oozie-site.xml"), site());
    write(conf.resolve("hadoop-conf/core-site.xml"), clientOfHadoop());
    Configuration launcher = new Configuration(false);
    launcher.set("oozie.launcher.memory.mb", "512");
    launcher.set("oozie.launcher.javaopts", "-Xmx400m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    write(conf.resolve("action-conf/default.xml"), launcher);
    for (String folder : new String[] {"logs", "data"}) {
      Files.createDirectories(home.resolve(folder));
    }
    System.setProperty("oozie.home.dir", home.toAbsolutePath().toString());
    System.setProperty("oozie.config.dir", conf.toAbsolutePath().toString());
    System.setProperty("oozie.log.dir", home.resolve("logs").toAbsolutePath().toString());
    System.setProperty("oozie.data.dir", home.resolve("data").toAbsolutePath().toString());
  }

  private Configuration site() {
    Configuration site = new Configuration(false);
    // on disk, so that it is still there for an Oozie that is started again
    site.set(
        "oozie.service.JPAService.jdbc.url",
        "jdbc:hsqldb:file:" + home.resolve("data/oozie-db").toAbsolutePath());
    site.set("oozie.service.JPAService.jdbc.driver", "org.hsqldb.jdbcDriver");
    site.set("oozie.service.JPAService.jdbc.username", "sa");
    site.set("oozie.service.JPAService.jdbc.password", "");
    site.set("oozie.service.JPAService.create.db.schema", "true");
    site.set("oozie.service.JPAService.validate.db.connection", "false");
    // in place of a sharelib in HDFS
    site.set("oozie.action.ship.launcher.jar", "true");
    site.set("oozie.service.ProxyUserService.proxyuser." + USER + ".hosts", "*");
    site.set("oozie.service.ProxyUserService.proxyuser." + USER + ".groups", "*");
    site.set(
        "oozie.services.ext",
        "org.apache.oozie.service.EventHandlerService,org.apache.oozie.sla.service.SLAService");
    site.set(
        "oozie.service.EventHandlerService.event.listeners",
        "org.apache.oozie.sla.listener.SLAJobEventListener");
    site.set("oozie.service.HadoopAccessorService.supported.filesystems", "*");
    site.set("oozie.service.LiteWorkflowStoreService.user.retry.error.code.ext", "ALL");
    // the event handler keeps three
    site.set("oozie.service.SchedulerService.threads", "10");
    site.set("oozie.email.smtp.host", "127.0.0.1");
    site.setInt("oozie.email.smtp.port", mail.getSmtp().getPort());
    site.set("oozie.email.from.address", "oozie@example.com");
    // seconds
    site.set("oozie.service.EventHandlerService.worker.interval", "1");
    site.set("oozie.sla.service.SLAService.check.interval", "1");
    site.set("oozie.service.CoordMaterializeTriggerService.lookup.interval", "1");
    site.set("oozie.service.CoordMaterializeTriggerService.scheduling.interval", "1");
    site.set("oozie.service.StatusTransitService.statusTransit.interval", "1");
    site.set("oozie.service.ActionCheckerService.action.check.interval", "2");
    site.set("oozie.service.ActionCheckerService.action.check.delay", "10");
    site.set("oozie.service.RecoveryService.interval", "5");
    site.set("oozie.service.RecoveryService.wf.actions.older.than", "10");
    // who waits for data is looked at again after a restart
    site.set("oozie.service.RecoveryService.coord.older.than", "10");
    // milliseconds
    site.set("oozie.service.coord.input.check.requeue.interval", "1000");
    return site;
  }

  /** As an administrator gives it to Oozie; the job jar is not in it. */
  private Configuration clientOfHadoop() throws IOException {
    Configuration client = new Configuration(false);
    for (String option : hadoop.options()) {
      String[] pair = option.substring(2).split("=", 2);
      if (!pair[0].equals("mapreduce.job.jar")) {
        client.set(pair[0], pair[1]);
      }
    }
    return client;
  }

  private static void write(java.nio.file.Path file, Configuration configuration)
      throws IOException {
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file)) {
      configuration.writeXml(out);
    }
  }

  /** Starts Oozie again after {@link #stop}: it goes on with what its database says. */
  void start() throws Exception {
    LocalOozie.start();
  }

  /** Stops Oozie alone. What it has started in the cluster runs on. */
  void stop() {
    LocalOozie.stop();
  }

  MiniHadoop hadoop() {
    return hadoop;
  }

  FileSystem fileSystem() throws IOException {
    return hadoop.fileSystem();
  }

  OozieClient workflows() {
    return LocalOozie.getClient();
  }

  OozieClient coordinators() {
    return LocalOozie.getCoordClient();
  }

  OozieClient bundles() {
    return LocalOozie.getClientBundle();
  }

  /** All mails that Oozie has sent so far, heads and bodies. */
  List<String> mails() {
    return Arrays.stream(mail.getReceivedMessages()).map(MiniOozie::text).toList();
  }

  private static String text(MimeMessage message) {
    return GreenMailUtil.getHeaders(message) + "\n\n" + GreenMailUtil.getBody(message);
  }

  /** What the file job.properties of every application names. */
  Properties properties() throws IOException {
    Properties properties = new Properties();
    properties.put("user.name", USER);
    properties.put("nameNode", fileSystem().getUri().toString());
    properties.put("resourceManager", hadoop.configuration().get("yarn.resourcemanager.address"));
    return properties;
  }

  /** Writes a file into HDFS, in the place of what was there. */
  void write(String path, String text) throws IOException {
    try (OutputStream out = fileSystem().create(new Path(path), true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  String read(String path) throws IOException {
    try (InputStream in = fileSystem().open(new Path(path))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Asks until the answer is yes; says what the state was when it never is. */
  static void await(String what, Callable<Boolean> holds, Callable<?> state) throws Exception {
    long end = System.nanoTime() + 300_000_000_000L;
    while (!holds.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Not within five minutes: " + what + "; now: " + state.call());
      }
      Thread.sleep(200);
    }
  }

  @Override
  public void close() {
    stop();
    mail.stop();
  }

  /** Gives tests the one Oozie as a parameter. */
  public static final class Extension implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == MiniOozie.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      MiniHadoop hadoop = MiniHadoop.shared(context);
      return context
          .getRoot()
          .getStore(Namespace.create(MiniOozie.class))
          .getOrComputeIfAbsent(MiniOozie.class, type -> begin(hadoop), MiniOozie.class);
    }

    private static MiniOozie begin(MiniHadoop hadoop) {
      try {
        return new MiniOozie(hadoop);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot start Oozie in this process", e);
      } catch (Exception e) {
        throw new IllegalStateException("Cannot start Oozie in this process", e);
      }
    }
  }
}
