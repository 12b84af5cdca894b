package io.millrace.oozie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.cli.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.oozie.client.CoordinatorAction.Status;
import org.apache.oozie.client.WorkflowAction;
import org.apache.oozie.client.event.SLAEvent.SLAStatus;
import org.apache.oozie.service.JPAService;
import org.apache.oozie.service.Services;
import org.apache.oozie.sla.SLASummaryBean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five nights of a small pipeline, of which the last is the one of just now. Each needs the day
 * before. One story in several tests: each goes on where the one before it has ended.
 */
@OnOozie
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CoordinatorIT {
  private static final String HOME = "/nights";
  private static final String SCHEMA =
      """
      {"type": "record", "name": "Order", "fields": [
        {"name": "id", "type": "string"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "customer", "type": "string"},
        {"name": "amount", "type": "double"}]}
      """;

  private final MiniOozie oozie;
  private final ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
  private final LocalDate fifth = now.toLocalDate().minusDays(1);
  private final LocalDate fourth = fifth.minusDays(1);
  private final LocalDate third = fifth.minusDays(2);
  private final LocalDate second = fifth.minusDays(3);
  private final LocalDate first = fifth.minusDays(4);
  private final SortedMap<LocalDate, String> landed = new TreeMap<>();

  private java.nio.file.Path folder;
  private Application application;
  private String bundle;
  private Nights nights;

  CoordinatorIT(MiniOozie oozie) {
    this.oozie = oozie;
  }

  @BeforeAll
  void submit(@TempDir java.nio.file.Path temporary) throws Exception {
    folder = temporary;
    Files.writeString(folder.resolve("order.avsc"), SCHEMA);
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        pipeline: orders
        warehouse: ${warehouse}
        source:
          path: ${landing}/${date}
          schema: order.avsc
          event_time: at
          from: %s
          done_flag: _SUCCESS
        clean: {fail_above: 50%%}
        features:
          customer:
            entity: customer
            windows: [1d, 2d]
            aggregates: {orders: COUNT(*), spent: SUM(amount)}
        schedule: {at: "%s", retries: 2, retry_every: 1m, done_within: 4h, mail: ops@example.com}
        """
            .formatted(first, now.format(DateTimeFormatter.ofPattern("HH:mm"))));
    application =
        Application.rendered(oozie, folder.resolve("pipeline.yaml"), HOME, first.toString())
            .inLaunchers();
    bundle = oozie.bundles().run(application.properties());
    nights = Nights.ofBundle(oozie, bundle);
  }

  @AfterAll
  void end() throws Exception {
    if (bundle != null) {
      oozie.bundles().kill(bundle);
    }
  }

  @Test
  @Order(1)
  void shouldWaitForTheDayBeforeWhenDaysLandOutOfOrder() throws Exception {
    land(second, "b", 2);
    nights.awaitStatus(Status.WAITING, first, second, third, fourth, fifth);
    MiniOozie.await(
        "Oozie has seen the second day's input",
        () -> nights.missing(second).containsKey("partials-customer"),
        nights::states);
    assertEquals(
        List.of(uri("warehouse/partials/customer/dt=" + first + "/_SUCCESS")),
        nights.missing(second).get("partials-customer").getMissingDependencies());
    assertEquals(Status.WAITING, nights.status(second));
  }

  @Test
  @Order(2)
  void shouldTryAgainWhatCanPassAndRunAnotherDayMeanwhile() throws Exception {
    // in the place of a folder
    oozie.write(HOME + "/warehouse/features/customer", "");
    land(first, "a", 1);
    MiniOozie.await(
        "the step waits for its second try",
        () ->
            nights.night(first).getExternalId() != null
                && nights.workflow(first).getActions().stream()
                    .anyMatch(step -> step.getStatus() == WorkflowAction.Status.USER_RETRY),
        nights::states);
    oozie.fileSystem().delete(application.path("warehouse/features/customer"), false);
    nights.awaitStatus(Status.RUNNING, second);
    assertEquals(Status.RUNNING, nights.status(first));
    nights.awaitStatus(Status.SUCCEEDED, first, second);
    assertEquals(1, nights.step(first, "features-customer").getUserRetryCount());
    assertTrue(
        nights.step(first, "clean").getData().contains("state=done"),
        nights.step(first, "clean").getData());
  }

  @Test
  @Order(3)
  void shouldSayInMailAndKillNodeWhyADayHasFailed() throws Exception {
    land(fourth, "d", 4);
    land(fifth, "e", 5);
    landNonsense(third);
    nights.awaitStatus(Status.KILLED, third);

    WorkflowAction kill = nights.step(third, "failed");
    assertTrue(kill.getErrorMessage().contains("clean of " + third + ": "), kill.getErrorMessage());
    assertTrue(
        nights.step(third, "clean").getData().contains("state=quality"),
        nights.step(third, "clean").getData());
    assertEquals(0, nights.step(third, "clean").getUserRetryCount());
    List<String> mails = oozie.mails().stream().filter(mail -> mail.contains("orders")).toList();
    assertEquals(1, mails.size(), mails.toString());
    assertTrue(mails.get(0).contains("To: ops@example.com"), mails.get(0));
    assertTrue(
        mails.get(0).contains("Subject: orders: the night of " + third + " has failed"),
        mails.get(0));
    assertTrue(mails.get(0).contains("clean of " + third + ": "), mails.get(0));
  }

  @Test
  @Order(4)
  void shouldLeaveOtherDaysAloneAndLetLaterOnesWait() throws Exception {
    for (LocalDate day : List.of(first, second)) {
      assertEquals(Status.SUCCEEDED, nights.status(day));
    }
    for (LocalDate day : List.of(fourth, fifth)) {
      assertEquals(Status.WAITING, nights.status(day));
      assertTrue(nights.missing(day).containsKey("partials-customer"));
    }
    assertFalse(oozie.fileSystem().exists(application.path("warehouse/clean/dt=" + third)));
  }

  @Test
  @Order(5)
  void shouldGoOnOnceTheDayIsRepaired() throws Exception {
    land(third, "c", 3);
    nights.rerun(third);
    nights.awaitStatus(Status.SUCCEEDED, third, fourth, fifth);
    assertSameAsBackfill();
  }

  @Test
  @Order(6)
  void shouldSayWhichNightsWereInTime() throws Exception {
    MiniOozie.await(
        "the last night is judged",
        () -> service(fifth) == SLAStatus.MET && service(first) == SLAStatus.MISS,
        () -> service(fifth) + " " + service(first));
  }

  @Test
  @Order(7)
  void shouldRemakeOnlyWhatHangsOnADayThatLandsAgain() throws Exception {
    SortedMap<String, Long> before = published();
    land(third, "c", 33);
    nights.rerun(third);
    nights.awaitStatus(Status.SUCCEEDED, third);
    // whose windows reach back to it
    nights.rerun(fourth);
    nights.awaitStatus(Status.SUCCEEDED, fourth);

    SortedMap<String, Long> after = published();
    Set<String> remade = new TreeSet<>();
    after.forEach(
        (partition, time) -> {
          if (!time.equals(before.get(partition))) {
            remade.add(partition);
          }
        });
    assertEquals(
        new TreeSet<>(
            Set.of(
                "clean/dt=" + third,
                "partials/customer/dt=" + third,
                "features/customer/dt=" + third,
                "features/customer/dt=" + fourth)),
        remade);
    assertSameAsBackfill();
  }

  private void land(LocalDate date, String id, int amount) throws IOException {
    land(
        date,
        """
        id,at,customer,amount
        %s1,%sT08:00:00Z,anna,%d.5
        %s2,%sT09:00:00Z,ben,1
        """
            .formatted(id, date, amount, id, date));
  }

  private void landNonsense(LocalDate date) throws IOException {
    land(date, "id,at,customer,amount\nx,yesterday,anna,1\n");
  }

  /** Data first, then the done-flag. */
  private void land(LocalDate date, String text) throws IOException {
    landed.put(date, text);
    oozie.write(HOME + "/landing/" + date + "/orders.csv", text);
    oozie.write(HOME + "/landing/" + date + "/_SUCCESS", "");
  }

  private String uri(String path) throws IOException {
    return oozie.fileSystem().getUri() + HOME + "/" + path;
  }

  /** When each partition was published. */
  private SortedMap<String, Long> published() throws IOException {
    SortedMap<String, Long> published = new TreeMap<>();
    for (String dataSet : List.of("clean", "partials/customer", "features/customer")) {
      for (LocalDate date : landed.keySet()) {
        String partition = dataSet + "/dt=" + date;
        Path manifest = application.path("warehouse/" + partition + "/_SUCCESS");
        published.put(partition, oozie.fileSystem().getFileStatus(manifest).getModificationTime());
      }
    }
    return published;
  }

  /** How a night kept its agreement, as Oozie has written it down. */
  private SLAStatus service(LocalDate date) throws Exception {
    String action = nights.night(date).getId();
    List<?> found =
        Services.get()
            .get(JPAService.class)
            .getEntityManager()
            .createQuery("select OBJECT(a) from SLASummaryBean a where a.jobId = :id")
            .setParameter("id", action)
            .getResultList();
    return found.isEmpty() ? SLAStatus.NOT_STARTED : ((SLASummaryBean) found.get(0)).getSLAStatus();
  }

  /** That the warehouse has the bytes that one command makes of the same landing files. */
  private void assertSameAsBackfill() throws IOException {
    java.nio.file.Path here = Files.createTempDirectory(folder, "backfill");
    for (Map.Entry<LocalDate, String> day : landed.entrySet()) {
      java.nio.file.Path files = Files.createDirectories(here.resolve("landing/" + day.getKey()));
      Files.writeString(files.resolve("orders.csv"), day.getValue());
      Files.writeString(files.resolve("_SUCCESS"), "");
    }
    CommandResult result =
        CommandResult.of(
            List.of(
                "backfill",
                folder.resolve("pipeline.yaml").toString(),
                "--set",
                "landing=" + here.resolve("landing"),
                "--set",
                "warehouse=" + here.resolve("warehouse"),
                "--from",
                first.toString(),
                "--to",
                fifth.toString()));
    assertEquals(0, result.exitCode(), result.out() + result.err());
    SortedMap<String, String> expected =
        DataFiles.of(
            FileSystem.getLocal(new Configuration()), new Path(here.resolve("warehouse").toUri()));
    assertNotEquals(0, expected.size());
    assertEquals(expected, DataFiles.of(oozie.fileSystem(), application.path("warehouse")));
  }
}
