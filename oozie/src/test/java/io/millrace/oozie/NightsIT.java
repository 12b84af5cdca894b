package io.millrace.oozie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class NightsIT {
  private static final long SEED = Long.getLong("millrace.nights.seed", 1);
  private static final int DAYS = 3;
  private static final LocalDate LAST = ShopNights.FIRST.plusDays(DAYS - 1);
  private static final int MOST_REPAIRS = 12;
  private static final Set<CoordinatorAction.Status> OVER =
      EnumSet.of(
          CoordinatorAction.Status.SUCCEEDED,
          CoordinatorAction.Status.KILLED,
          CoordinatorAction.Status.FAILED,
          CoordinatorAction.Status.TIMEDOUT);

  /** What goes wrong in mid-stage. */
  private enum Trouble {
    OOZIE_STOPS,
    LAUNCHER_DIES
  }

  private final MiniOozie oozie;
  private final Random random = new Random(SEED);
  private final List<String> course = new ArrayList<>();
  private final Deque<Trouble> troubles;

  @TempDir Path folder;

  NightsIT(MiniOozie oozie) {
    this.oozie = oozie;
    List<Trouble> all = new ArrayList<>(List.of(Trouble.values()));
    Collections.shuffle(all, random);
    troubles = new ArrayDeque<>(all);
  }

  @Test
  void shouldMakeWhatABackfillMakes() throws Exception {
    ShopNights shop = new ShopNights(oozie, folder, "/bad-nights");
    String coordinator = submit(shop.application());
    try {
      for (LocalDate date : landings()) {
        note("lands", date);
        shop.land(date, random);
        if (random.nextBoolean() && isSoonAtWork(shop)) {
          strike();
        }
      }
      while (!troubles.isEmpty() && isSoonAtWork(shop)) {
        strike();
      }
      repair(shop, coordinator);
      assertEquals(List.of(), List.copyOf(troubles), "not everything went wrong that should have");
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

  /** All days in any order, one of them last of all, and another one twice. */
  private List<LocalDate> landings() {
    List<LocalDate> dates = new ArrayList<>(ShopNights.FIRST.datesUntil(LAST.plusDays(1)).toList());
    Collections.shuffle(dates, random);
    dates.add(random.nextInt(DAYS), dates.get(0));

    return dates;
  }

  private void note(String what, Object of) {
    course.add(what + " " + of);
  }

  private boolean isSoonAtWork(ShopNights shop) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() < end) {
      if (shop.isAtWork() && !Launchers.running().isEmpty()) {
        return true;
      }
      Thread.sleep(50);
    }
    return false;
  }

  private void strike() throws Exception {
    if (troubles.isEmpty()) {
      return;
    }
    Trouble trouble = troubles.pop();
    note("trouble", trouble);
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
      awaitQuiet(coordinator);
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
      // the day that has changed alone, then those that hang on it
      CoordinatorAction first = again.get(0);
      note("again", date(first));
      oozie
          .coordinators()
          .reRunCoord(coordinator, "action", Integer.toString(first.getActionNumber()), true, true);
      if (!troubles.isEmpty() && isSoonAtWork(shop)) {
        strike();
      }
    }
  }

  /** Waits until nothing goes on: nights are over, or wait for what will not come by itself. */
  private void awaitQuiet(String coordinator) throws Exception {
    MiniOozie.await(
        "nights are over",
        () -> {
          List<CoordinatorAction> nights = nights(coordinator);
          boolean isOneBroken =
              nights.stream()
                  .anyMatch(
                      night ->
                          OVER.contains(night.getStatus())
                              && night.getStatus() != CoordinatorAction.Status.SUCCEEDED);
          return nights.size() == DAYS
              && nights.stream()
                  .allMatch(
                      night ->
                          OVER.contains(night.getStatus())
                              || (isOneBroken
                                  && night.getStatus() == CoordinatorAction.Status.WAITING));
        },
        () -> course + " " + nights(coordinator));
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
