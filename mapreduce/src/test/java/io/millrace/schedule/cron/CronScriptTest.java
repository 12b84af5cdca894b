package io.millrace.schedule.cron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schedule.ExampleSpecs;
import io.millrace.schedule.NightlyCommands;
import io.millrace.schedule.ScheduledPipeline;
import io.millrace.schedule.ScriptRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script, run by bash at moments of the test's choice; millrace answers as the test says. */
class CronScriptTest {
  private static final boolean REWRITE = Boolean.getBoolean("millrace.golden.rewrite");
  private static final Path GOLDEN =
      Path.of("src/test/resources/io/millrace/schedule/cron/card-fraud-nights");
  private static final String AWAIT = "await p.yaml --date ";

  @TempDir Path home;
  private Path script;

  @BeforeEach
  void requirePrograms() throws IOException {
    ScriptRun.require("flock", "--version");
    ScriptRun.require("date", "-d", "@0");
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("answers"));
    // answers 0 where nothing else is said for its command and date
    ScriptRun.write(
        home.resolve("bin/millrace"),
        """
        #!/bin/bash
        echo "$*" >> %1$s/calls
        while [[ $1 != --date ]]; do words=${words-$1}; shift; done
        read -r code why < <(cat %1$s/answers/"$words-$2" 2> /dev/null || echo 0)
        echo "$why" >&2
        exit "$code"
        """
            .formatted(home));
    ScriptRun.write(
        home.resolve("bin/date"),
        """
        #!/bin/bash
        case " $* " in *" -d "* | *" -f "*) exec /bin/date "$@" ;; esac
        exec /bin/date -d "@$(cat %s/now)" "$@"
        """
            .formatted(home));
  }

  private void install(String zone, String schedule, String first) throws IOException {
    ScheduledPipeline pipeline =
        ExampleSpecs.spec(
            "online-retail/shop.yaml",
            """
            pipeline: shop
            warehouse: hdfs://other:8020/shop
            timezone: "%s"
            source: {path: "/landing/${date}", schema: line_item.avsc, from: 2026-01-01}
            schedule: %s
            """
                .formatted(zone, schedule),
            Map.of());
    install(pipeline, first);
  }

  private void install(ScheduledPipeline pipeline, String first) throws IOException {
    script =
        ScriptRun.write(
            home.resolve("nights"),
            CronScript.render(
                new NightlyCommands(pipeline, "p.yaml", Optional.empty(), LocalDate.parse(first))));
  }

  private void answer(String command, String date, String answer) throws IOException {
    Files.writeString(home.resolve("answers").resolve(command + "-" + date), answer);
  }

  private String script(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(Arrays.asList(arguments));
    return ScriptRun.run(
        Map.of("PATH", home.resolve("bin") + ":" + System.getenv("PATH"), "HOME", home.toString()),
        command);
  }

  /** What a tick of cron says. */
  private String tick(String moment) throws IOException, InterruptedException {
    Files.writeString(home.resolve("now"), String.valueOf(Instant.parse(moment).getEpochSecond()));
    Files.deleteIfExists(home.resolve("calls"));
    return script();
  }

  private List<String> calls() throws IOException {
    Path calls = home.resolve("calls");
    return Files.exists(calls)
        ? Files.readAllLines(calls).stream().map(line -> line.replaceAll(" --for.*", "")).toList()
        : List.of();
  }

  private static List<String> night(String... dates) {
    return Arrays.stream(dates)
        .flatMap(
            date ->
                List.of(AWAIT + date, "run p.yaml --date " + date + " --allow-no-model").stream())
        .toList();
  }

  @Test
  void shouldStayAsItIs() throws IOException {
    install(
        ExampleSpecs.example(
            "card-fraud/trained.yaml", Map.of("landing", "/it's here", "warehouse", "/warehouse")),
        "2026-01-01");
    String text = Files.readString(script);
    if (REWRITE) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, text);
    }
    assertEquals(Files.readString(GOLDEN), text);
  }

  @Test
  void shouldBeginEachNightAtItsTimeAndDoItOnce() throws Exception {
    install("Europe/London", "{at: \"00:30\", days_at_once: 1}", "2026-03-27");
    assertEquals("", tick("2026-03-28T00:29:00Z"));
    assertEquals(List.of(), calls());
    tick("2026-03-28T00:30:00Z");
    assertEquals(night("2026-03-27"), calls());
    tick("2026-03-28T00:40:00Z");
    assertEquals(List.of(), calls());
    tick("2026-03-29T00:30:00Z");
    assertEquals(night("2026-03-28"), calls());
    // clocks have been put forward
    tick("2026-03-29T23:20:00Z");
    assertEquals(List.of(), calls());
    tick("2026-03-29T23:30:00Z");
    assertEquals(night("2026-03-29"), calls());
  }

  @Test
  void shouldCatchUpWithNightsThatWereMissed() throws Exception {
    install("UTC", "{at: \"03:00\", days_at_once: 1, process: today}", "2026-01-02");
    tick("2026-01-05T02:59:00Z");
    assertEquals(night("2026-01-02", "2026-01-03", "2026-01-04"), calls());
  }

  @ParameterizedTest
  @CsvSource({"1", "137"})
  void shouldTryAgainWhatCanPassAsOftenAsTheScheduleSays(int code) throws Exception {
    install("UTC", "{at: \"03:00\", retries: 2, retry_every: 20m}", "2026-01-02");
    answer("run", "2026-01-02", code + " no host");
    assertEquals("", tick("2026-01-03T03:00:00Z"));
    assertEquals(night("2026-01-02"), calls());
    assertEquals("", tick("2026-01-03T03:10:00Z"));
    assertEquals(List.of(), calls());
    assertEquals("", tick("2026-01-03T03:20:00Z"));
    assertEquals(night("2026-01-02").subList(1, 2), calls());
    String told = tick("2026-01-03T03:40:00Z");
    assertTrue(told.startsWith("shop: night of 2026-01-02 has failed: no host\n"), told);
    assertEquals("", tick("2026-01-03T04:00:00Z"));
    assertEquals(List.of(), calls());
  }

  @ParameterizedTest
  @CsvSource({"run, 3", "await, 2"})
  void shouldFailAtOnceWhereTheSameWouldComeOfIt(String command, int code) throws Exception {
    install("UTC", "{at: \"03:00\"}", "2026-01-02");
    answer(command, "2026-01-02", code + " it's 7% and not 5%");
    String told = tick("2026-01-03T03:00:00Z");
    assertTrue(told.startsWith("shop: night of 2026-01-02 has failed: it's 7% and not 5%\n"), told);
    assertTrue(script("status").startsWith("night    2026-01-02 failed  it's 7%"), told);
    tick("2026-01-03T03:10:00Z");
    assertEquals(List.of(), calls());
    answer(command, "2026-01-02", "0");
    script("again", "2026-01-02");
    assertEquals("", tick("2026-01-03T03:20:00Z"));
    assertTrue(calls().contains(night("2026-01-02").get(1)));
    assertEquals("", script("status"));
  }

  @Test
  void shouldLetADateWaitForOneThatFailedAndOthersPass() throws Exception {
    install("UTC", "{at: \"03:00\", days_at_once: 1}", "2026-01-02");
    answer("run", "2026-01-02", "3 broken");
    answer("run", "2026-01-03", "4 clean of 2026-01-02 is missing");
    tick("2026-01-05T03:00:00Z");
    assertEquals(night("2026-01-02", "2026-01-03", "2026-01-04"), calls());
    for (int hour = 4; hour < 10; hour++) {
      assertEquals("", tick("2026-01-05T0" + hour + ":00:00Z"));
      assertEquals(night("2026-01-03").subList(1, 2), calls());
    }
    answer("run", "2026-01-02", "0");
    answer("run", "2026-01-03", "0");
    script("again", "2026-01-02");
    tick("2026-01-05T10:00:00Z");
    assertEquals(List.of(night("2026-01-02").get(1), night("2026-01-03").get(1)), calls());
    assertEquals("", script("status"));
  }

  @Test
  void shouldWaitForInputUpToItsLimit() throws Exception {
    install("UTC", "{at: \"03:00\", wait_for_input: 2h}", "2026-01-02");
    answer("await", "2026-01-02", "4 no file");
    assertEquals("", tick("2026-01-03T03:10:00Z"));
    assertEquals(
        "await p.yaml --date 2026-01-02 --for 0 --until 2026-01-03T05:10:00Z",
        Files.readString(home.resolve("calls")).strip());
    assertEquals("", tick("2026-01-03T05:00:00Z"));
    assertEquals(List.of(AWAIT + "2026-01-02"), calls());
    String told = tick("2026-01-03T05:10:00Z");
    assertTrue(told.startsWith("shop: night of 2026-01-02 has failed: no file\n"), told);
  }

  @Test
  void shouldTrainOnItsWeekday() throws Exception {
    install(
        ExampleSpecs.example(
            "card-fraud/trained.yaml", Map.of("landing", "/landing", "warehouse", "/warehouse")),
        "2026-01-15");
    String settings = " --set landing=/landing --set warehouse=/warehouse --date ";
    // a Sunday
    answer("train", "2026-01-17", "4 features are missing");
    tick("2026-01-18T03:00:00Z");
    assertTrue(calls().contains("train p.yaml" + settings + "2026-01-17"), () -> "trained");
    assertEquals(1, calls().stream().filter(call -> call.startsWith("train ")).count());
    tick("2026-01-19T03:00:00Z");
    assertTrue(calls().contains("train p.yaml" + settings + "2026-01-17"), () -> "trained again");
    answer("train", "2026-01-17", "0");
    tick("2026-01-19T03:10:00Z");
    assertEquals(List.of("train p.yaml" + settings + "2026-01-17"), calls());
    tick("2026-01-19T03:20:00Z");
    assertEquals(List.of(), calls());
  }

  @ParameterizedTest
  @CsvSource({
    "1, * * * * *",
    "7, */6 * * * *",
    "10, */10 * * * *",
    "45, */30 * * * *",
    "90, 0 * * * *"
  })
  void shouldBeStartedAsOftenAsIsNeeded(long minutes, String times) {
    assertEquals(times, CronScript.times(minutes));
  }

  @ParameterizedTest
  @CsvSource({
    "UTC, 2026-07-01T12:00",
    "Z, 2026-07-01T12:00",
    "Europe/London, 2026-07-01T13:00",
    "+05:45, 2026-07-01T17:45",
    "-03:30, 2026-07-01T08:30",
    "+14:00, 2026-07-02T02:00"
  })
  void shouldNameZonesAsTheSystemDoes(String zone, String local) throws Exception {
    String epoch = String.valueOf(Instant.parse("2026-07-01T12:00:00Z").getEpochSecond());
    assertEquals(
        local,
        ScriptRun.run(
                Map.of("TZ", CronScript.posix(ZoneId.of(zone))),
                List.of("/bin/date", "-d", "@" + epoch, "+%FT%H:%M"))
            .strip());
  }
}
