package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.oozie.FakeOozie;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OozieSubmitTest {
  private static final String OLD = "0000007-260102101500000-oozie-B";
  private static final String OLD_NIGHTLY = "0000008-260102101500000-oozie-C";

  @TempDir Path home;
  private FakeOozie oozie;
  private OrderDays orders;

  @BeforeEach
  void start() throws IOException {
    oozie = FakeOozie.start();
    orders = OrderDays.create(home, 3).scheduled();
    Files.writeString(home.resolve("millrace-1.jar"), "a jar");
  }

  @AfterEach
  void stop() {
    oozie.close();
  }

  private CommandResult submit(String... more) {
    return submit("file://" + home.resolve("apps"), home.resolve("millrace-1.jar"), more);
  }

  private CommandResult submit(String apps, Path jar, String... more) {
    List<String> arguments = new ArrayList<>(List.of("oozie", "submit"));
    arguments.add(home.resolve("pipeline.yaml").toString());
    arguments.addAll(List.of("--set", "landing=" + home.resolve("landing")));
    arguments.addAll(List.of("--set", "warehouse=" + home.resolve("warehouse")));
    arguments.addAll(List.of("--oozie", oozie.url()));
    arguments.addAll(List.of("-D", "yarn.resourcemanager.address=rm.example:8032"));
    arguments.addAll(List.of("--jar-file", jar.toString()));
    arguments.addAll(List.of("--app-path", apps));
    arguments.addAll(List.of(more));
    return CommandResult.of(arguments);
  }

  private void otherBundle(String status, Path warehouse) {
    oozie.coordinator(OLD_NIGHTLY, "orders-nightly", "2026-01-05T02:00:00Z");
    oozie.action(OLD_NIGHTLY, "2026-01-02T02:00:00Z", "SUCCEEDED", "", "1-W");
    oozie.action(OLD_NIGHTLY, "2026-01-03T02:00:00Z", "KILLED", "", "2-W");
    oozie.action(OLD_NIGHTLY, "2026-01-04T02:00:00Z", "SUCCEEDED", "", "3-W");
    oozie.workflow("1-W", "SUCCEEDED").workflow("2-W", "KILLED").workflow("3-W", "SUCCEEDED");
    oozie.bundle(
        OLD,
        "orders",
        status,
        Map.of("nameNode", "hdfs://old", "warehouse", "${nameNode}" + warehouse),
        OLD_NIGHTLY);
  }

  /** The folders of applications, none that is on its way. */
  private Set<String> folders() throws IOException {
    try (Stream<Path> folders = Files.list(home.resolve("apps"))) {
      return folders
          .map(path -> path.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void shouldBringTheApplicationWithSpecAndJarAndSubmitIt() throws IOException {
    CommandResult result = submit().expect(ExitCode.DONE);
    assertEquals("", result.err());
    assertEquals(1, folders().size());
    String folder = folders().iterator().next();
    assertTrue(folder.matches("[0-9a-f]{16}"), folder);
    Path application = home.resolve("apps").resolve(folder);
    try (Stream<Path> files = Files.walk(application)) {
      assertEquals(
          Set.of(
              "bundle.xml",
              "coordinator.xml",
              "workflow.xml",
              "pipeline/pipeline.yaml",
              "pipeline/row.avsc",
              "lib/millrace-1.jar"),
          files
              .filter(Files::isRegularFile)
              .map(path -> application.relativize(path).toString())
              .filter(name -> !name.endsWith(".crc"))
              .collect(Collectors.toSet()));
    }
    assertEquals("a jar", Files.readString(application.resolve("lib/millrace-1.jar")));
    assertEquals(
        Files.readString(home.resolve("pipeline.yaml")),
        Files.readString(application.resolve("pipeline/pipeline.yaml")));

    assertEquals(1, oozie.submitted().size());
    Map<String, String> properties = oozie.submitted().get(0);
    assertEquals("${app}/bundle.xml", properties.get("oozie.bundle.application.path"));
    assertTrue(properties.get("app").endsWith(application.toString()), () -> properties.get("app"));
    assertEquals("rm.example:8032", properties.get("resourceManager"));
    // 03:00 in Berlin on the day after the first landing date
    assertEquals("2026-01-02T02:00Z", properties.get("start"));
    assertEquals(System.getProperty("user.name"), properties.get("user.name"));
    assertTrue(
        result.out().contains("first night     2026-01-02 03:00, of 2026-01-01"), result::out);
    assertTrue(result.out().contains("millrace oozie status " + home), result::out);
  }

  @Test
  void shouldLetOozieCheckTheCoordinatorBeforeItSubmits() {
    submit().expect(ExitCode.DONE);
    assertEquals(1, oozie.checked().size());
    Map<String, String> properties = oozie.checked().get(0);
    assertEquals("${app}/coordinator.xml", properties.get("oozie.coord.application.path"));
    assertFalse(properties.containsKey("oozie.bundle.application.path"));
  }

  /** A real Oozie refuses to look at a night whose windows begin before the first date (E1028). */
  @Test
  void shouldLetOozieCheckANightThatHasAPast() {
    submit().expect(ExitCode.DONE);
    Map<String, String> checked = oozie.checked().get(0);
    assertTrue(
        checked.get("start").matches("20(2[89]|30)-\\d\\d-\\d\\dT\\d\\d:\\d\\dZ"),
        checked::toString);
  }

  @Test
  void shouldSubmitNothingThatOozieRefuses() {
    otherBundle("RUNNING", home.resolve("warehouse"));
    oozie.refuse("XML schema error, a coordinator without a start");
    CommandResult result = submit("--replace").expect(ExitCode.FAILED);
    assertEquals(
        "Oozie at %s refuses to check the application: E0701: XML schema error, a coordinator without a start"
            .formatted(oozie.url()),
        result.lastLineOfErr());
    assertEquals(List.of(), oozie.submitted());
    assertEquals("RUNNING", oozie.statusOf(OLD));
  }

  @Test
  void shouldLeaveTheFolderOfAnEarlierSubmitAlone() throws IOException {
    submit().expect(ExitCode.DONE);
    String first = folders().iterator().next();
    submit("--from", "2026-01-02").expect(ExitCode.DONE);
    assertEquals(Set.of(first), folders(), "the same content");
    orders.folder().edit("fail_above: 50%", "fail_above: 40%");
    submit().expect(ExitCode.DONE);
    assertEquals(2, folders().size());
    assertTrue(folders().contains(first));
    assertNotEquals(oozie.submitted().get(0).get("app"), oozie.submitted().get(2).get("app"));
    Files.writeString(home.resolve("millrace-1.jar"), "a newer jar");
    submit().expect(ExitCode.DONE);
    assertEquals(3, folders().size());
  }

  @Test
  void shouldRefuseASecondBundleOfThePipeline() {
    otherBundle("SUSPENDED", home.resolve("warehouse"));
    CommandResult result = submit().expect(ExitCode.USAGE);
    assertTrue(
        result
            .lastLineOfErr()
            .startsWith(
                "Cannot submit orders: the bundle %s of ops runs it already (SUSPENDED). Add --replace"
                    .formatted(OLD)),
        result::err);
    assertEquals(List.of(), oozie.submitted());
    assertFalse(Files.exists(home.resolve("apps")));
  }

  @Test
  void shouldReplaceABundleAndGoOnWithTheFirstDateThatItHasNotDone() {
    otherBundle("RUNNINGWITHERROR", home.resolve("warehouse"));
    CommandResult result = submit("--replace").expect(ExitCode.DONE);
    assertEquals("KILLED", oozie.statusOf(OLD));
    assertEquals("2026-01-03T02:00Z", oozie.submitted().get(0).get("start"));
    assertTrue(result.err().contains("Ended the bundle " + OLD), result::err);
  }

  @Test
  void shouldTakeABundleOfAnotherWarehouseOrOneThatIsOverForNoneOfThePipeline() {
    otherBundle("RUNNING", home.resolve("elsewhere"));
    submit().expect(ExitCode.DONE);
    assertEquals("RUNNING", oozie.statusOf(OLD));
    otherBundle("KILLED", home.resolve("warehouse"));
    submit().expect(ExitCode.DONE);
    assertEquals(2, oozie.submitted().size());
  }

  @Test
  void shouldBeginWithTheNewestDateOfTheWarehouse() {
    orders.folder().run("2026-01-01", "2026-01-03");
    submit().expect(ExitCode.DONE);
    assertEquals("2026-01-04T02:00Z", oozie.submitted().get(0).get("start"));
  }

  @Test
  void shouldSayWhatCannotBeSubmitted() throws IOException {
    assertEquals(
        "Cannot begin with 2025-12-31: the pipeline begins on 2026-01-01 (source.from). Give a later date, or an earlier source.from.",
        submit("--from", "2025-12-31").expect(ExitCode.USAGE).lastLineOfErr());
    assertEquals(
        "Cannot read the job jar: %s is no file.".formatted(home.resolve("none.jar")),
        submit("file://" + home.resolve("apps"), home.resolve("none.jar"))
            .expect(ExitCode.USAGE)
            .lastLineOfErr());
    assertEquals(
        "Cannot submit: Hadoop's configuration names no cluster, only this machine. Set HADOOP_CONF_DIR, or give -D fs.defaultFS=hdfs://namenode:8020.",
        submit("/apps", home.resolve("millrace-1.jar")).expect(ExitCode.USAGE).lastLineOfErr());
    orders.folder().edit("schedule: {at: \"03:00\"}\n", "");
    assertTrue(
        submit()
            .expect(ExitCode.USAGE)
            .lastLineOfErr()
            .startsWith("Cannot schedule orders: it does not say when."));
    assertEquals(List.of(), oozie.submitted());
  }
}
