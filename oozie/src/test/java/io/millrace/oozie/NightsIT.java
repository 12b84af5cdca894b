package io.millrace.oozie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.oozie.client.CoordinatorAction;
import org.apache.oozie.client.OozieClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights that go as badly as nights can: whatever the order in which days land, and whatever dies
 * in between, what stands in the end is what a backfill makes. Other courses of events: {@code
 * -Dmillrace.nights.seed=…}.
 */
@OnOozie
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class NightsIT {
  private static final long SEED = Long.getLong("millrace.nights.seed", 1);
  private static final int DAYS = 3;
  private static final LocalDate LAST = ShopNights.FIRST.plusDays(DAYS - 1);
  private static final int MOST_REPAIRS = 12;

  /** Of nine stages at least. */
  private static final int LATEST_TROUBLE = 6;

  private static final Set<CoordinatorAction.Status> OVER =
      EnumSet.of(
          CoordinatorAction.Status.SUCCEEDED,
          CoordinatorAction.Status.KILLED,
          CoordinatorAction.Status.FAILED,
          CoordinatorAction.Status.TIMEDOUT);

  private static final EnumSet<YarnApplicationState> ALIVE =
      EnumSet.of(
          YarnApplicationState.SUBMITTED,
          YarnApplicationState.ACCEPTED,
          YarnApplicationState.RUNNING);

  /** What goes wrong in mid-stage. */
  private enum Trouble {
    OOZIE_STOPS,
    LAUNCHER_DIES
  }

  private final MiniOozie oozie;
  private final Random random = new Random(SEED);
  private final List<String> course = new ArrayList<>();

  /** By the number of the stage that is made, counted from the first. */
  private final Map<Integer, Trouble> troubles = new TreeMap<>();

  private final Set<String> stagesSeen = new HashSet<>();

  @TempDir Path folder;

  NightsIT(MiniOozie oozie) {
    this.oozie = oozie;
    while (troubles.size() < Trouble.values().length) {
      troubles.putIfAbsent(1 + random.nextInt(LATEST_TROUBLE), Trouble.values()[troubles.size()]);
    }
  }

  @Test
  void shouldMakeWhatABackfillMakes() throws Exception {
    ShopNights shop = new ShopNights(oozie, folder, "/bad-nights");
    String coordinator = submit(shop.application().inLaunchers());
    try {
      for (LocalDate date : anyOrder()) {
        note("lands", date);
        shop.land(date, random);
        if (date.equals(ShopNights.FIRST)) {
          // the others land while nights are at work
          awaitStages(shop, 1 + random.nextInt(3));
        }
      }
      repair(shop, coordinator);
      LocalDate corrected = LAST.minusDays(random.nextInt(2));
      note("lands again", corrected);
      shop.land(corrected, random);
      assertTrue(shop.behind(LAST).contains(corrected));
      repair(shop, coordinator);
      assertEquals(Map.of(), troubles, "not everything went wrong that should have");
      assertEquals(
          Set.of(CoordinatorAction.Status.SUCCEEDED),
          nights(coordinator).stream()
              .map(CoordinatorAction::getStatus)
              .collect(Collectors.toSet()));
      assertEquals(shop.backfilled(LAST), shop.made());
      assertEquals(List.of(), shop.leftovers());
    } catch (Exception | AssertionError e) {
      throw new AssertionError("seed %d: %s".formatted(SEED, course), e);
    } finally {
      oozie.coordinators().kill(coordinator);
    }
  }

  @Test
  void shouldEndTheJobsOfALauncherThatHasDied() throws Exception {
    ShopNights shop = new ShopNights(oozie, folder, "/bad-launcher");
    shop.land(ShopNights.FIRST, random);
    Properties properties =
        shop.application()
            .with(
                OozieClient.APP_PATH,
                shop.application().properties().getProperty("app") + "/workflow.xml",
                "date",
                ShopNights.FIRST.toString());
    properties.remove(OozieClient.BUNDLE_APP_PATH);
    String workflow = oozie.workflows().run(properties);
    try (YarnClient yarn = YarnClient.createYarnClient()) {
      yarn.init(oozie.hadoop().configuration());
      yarn.start();
      ApplicationId job = firstJob(yarn);
      for (ProcessHandle launcher : Launchers.running()) {
        Launchers.kill(launcher);
      }
      MiniOozie.await(
          "the orphaned job is ended",
          () ->
              yarn.getApplicationReport(job).getYarnApplicationState()
                  == YarnApplicationState.KILLED,
          () -> yarn.getApplicationReport(job));
      MiniOozie.await(
          "the launcher's next attempt has made the stage",
          () -> shop.isMade("clean", ShopNights.FIRST),
          () -> oozie.workflows().getJobInfo(workflow).getActions());
    } finally {
      oozie.workflows().kill(workflow);
    }
  }

  /** The first job of the night, as soon as YARN has it. */
  private static ApplicationId firstJob(YarnClient yarn) throws Exception {
    Set<ApplicationId> found = new HashSet<>();
    MiniOozie.await(
        "there is a job",
        () ->
            yarn.getApplications(Set.of("MAPREDUCE"), ALIVE).stream()
                .map(ApplicationReport::getApplicationId)
                .anyMatch(found::add),
        yarn::getApplications);
    return found.iterator().next();
  }

  private String submit(Application application) throws Exception {
    Properties properties =
        application.with(
            OozieClient.COORDINATOR_APP_PATH,
            application.properties().getProperty("app") + "/coordinator.xml",
            "end",
            ShopNights.FIRST.plusDays(DAYS) + "T12:00Z");
    properties.remove(OozieClient.BUNDLE_APP_PATH);
    return oozie.coordinators().run(properties);
  }

  private List<LocalDate> anyOrder() {
    List<LocalDate> dates = new ArrayList<>(ShopNights.FIRST.datesUntil(LAST.plusDays(1)).toList());
    Collections.shuffle(dates, random);
    return dates;
  }

  private void note(String what, Object of) {
    course.add(what + " " + of);
  }

  private void awaitStages(ShopNights shop, int count) throws Exception {
    MiniOozie.await(
        "stage %d is made".formatted(count),
        () -> {
          strikeInMidStage(shop);
          return stagesSeen.size() >= count;
        },
        () -> course);
  }

  /** Lets go wrong what is to go wrong in the stage that is being made now. */
  private void strikeInMidStage(ShopNights shop) throws Exception {
    for (String stage : shop.atWork()) {
      if (stagesSeen.add(stage)) {
        Trouble trouble = troubles.remove(stagesSeen.size());
        if (trouble != null) {
          note(trouble.toString(), stage);
          strike(trouble);
        }
      }
    }
  }

  private void strike(Trouble trouble) throws Exception {
    switch (trouble) {
      case OOZIE_STOPS -> {
        oozie.stop();
        Thread.sleep(random.nextInt(3000));
        oozie.start();
      }
      case LAUNCHER_DIES -> {
        for (ProcessHandle launcher : Launchers.running()) {
          Launchers.kill(launcher);
        }
      }
    }
  }

  /** As a person does it: what `status` lists is run again, oldest first. */
  private void repair(ShopNights shop, String coordinator) throws Exception {
    for (int i = 0; ; i++) {
      awaitQuiet(shop, coordinator);
      List<LocalDate> behind = shop.behind(LAST);
      List<CoordinatorAction> again =
          nights(coordinator).stream()
              .filter(night -> OVER.contains(night.getStatus()))
              .filter(
                  night ->
                      behind.contains(date(night))
                          || night.getStatus() != CoordinatorAction.Status.SUCCEEDED)
              .toList();
      if (again.isEmpty()) {
        assertEquals(List.of(), behind);
        return;
      }
      assertFalse(i >= MOST_REPAIRS, "never done: " + behind);
      // alone, as later ones read what it makes
      CoordinatorAction first = again.get(0);
      note("again", date(first));
      oozie
          .coordinators()
          .reRunCoord(coordinator, "action", Integer.toString(first.getActionNumber()), true, true);
    }
  }

  /** Waits until nothing goes on: nights are over, or wait for what will not come by itself. */
  private void awaitQuiet(ShopNights shop, String coordinator) throws Exception {
    while (!isQuiet(nights(coordinator))) {
      strikeInMidStage(shop);
      Thread.sleep(100);
    }
  }

  private static boolean isQuiet(List<CoordinatorAction> nights) {
    boolean isOneBroken =
        nights.stream()
            .map(CoordinatorAction::getStatus)
            .anyMatch(
                status -> OVER.contains(status) && status != CoordinatorAction.Status.SUCCEEDED);
    return nights.size() == DAYS
        && nights.stream()
            .map(CoordinatorAction::getStatus)
            .allMatch(
                status ->
                    OVER.contains(status)
                        || (isOneBroken && status == CoordinatorAction.Status.WAITING));
  }

  private List<CoordinatorAction> nights(String coordinator) throws Exception {
    return oozie.coordinators().getCoordJobInfo(coordinator).getActions().stream()
        .sorted(Comparator.comparingInt(CoordinatorAction::getActionNumber))
        .toList();
  }

  private static LocalDate date(CoordinatorAction night) {
    return ShopNights.FIRST.plusDays(night.getActionNumber() - 1);
  }
}
