package io.millrace.allreduce;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.allreduce.AllReduceException.Reason;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AllReduceTest {
  private final List<Future<String>> begun = new ArrayList<>();
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final double[] COEFFICIENTS = {0.3, -1.7, 2.5};
  private static final int ROUNDS = 4;

  private final Token token = Token.random();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private AllReduceDriver driver(int workers, Timing timing) throws IOException {
    return AllReduceDriver.open(workers, Workers.FILES, token, HERE, PortRange.ANY, timing);
  }

  private AllReduceDriver driver(int workers) throws IOException {
    return driver(workers, Workers.TIMING);
  }

  private static void end(AllReduceDriver driver) {
    driver.close();
  }

  private static double[] sum(AllReduceDriver driver) throws IOException, InterruptedException {
    return driver.sum("sums", COEFFICIENTS, Workers.ADDITION);
  }

  private static void leave(AllReduceWorker worker) throws IOException {
    worker.close();
  }

  private AllReduceWorker join(AllReduceDriver driver, int worker, int attempt) throws IOException {
    return AllReduceWorker.join(
        Workers.address(driver.port()), token, worker, attempt, Workers.TIMING);
  }

  /** A worker that answers to the end; what it ends with is the text. */
  /** Starts a worker of whose end nothing is asked. */
  private void begin(AllReduceDriver driver, int worker, int workers, int attempt) {
    begun.add(start(driver, worker, workers, attempt));
  }

  private void begin(
      AllReduceDriver driver, int worker, int attempt, AllReduceWorker.Answer answer) {
    begun.add(start(driver, worker, attempt, answer));
  }

  private Future<String> start(AllReduceDriver driver, int worker, int workers, int attempt) {
    return start(driver, worker, attempt, round -> Workers.answer(round, worker, workers));
  }

  private Future<String> start(
      AllReduceDriver driver, int worker, int attempt, AllReduceWorker.Answer answer) {
    Callable<String> body =
        () -> {
          try (AllReduceWorker joined = join(driver, worker, attempt)) {
            joined.answer(answer, () -> {});
            return "ended";
          } catch (AllReduceException e) {
            return e.getMessage();
          }
        };
    return threads.submit(body);
  }

  /** What all rounds should give, added by one thread alone. */
  private static double[] expected(int number) {
    Round round = new Round(number, "sums", Workers.LENGTH, COEFFICIENTS);
    return Workers.answer(round, 0, 1).total(Workers.FILES);
  }

  private static void assertRoundsFrom(AllReduceDriver driver, int first)
      throws IOException, InterruptedException {
    for (int number = first; number <= ROUNDS; number++) {
      assertArrayEquals(expected(number), sum(driver), "round " + number);
    }
  }

  private static AllReduceException failureOf(AllReduceDriver driver) {
    return assertThrows(AllReduceException.class, () -> sum(driver));
  }

  @Test
  void shouldGiveTheSameBitsForAnyNumberOfWorkers() throws Exception {
    for (int workers = 1; workers <= Workers.FILES; workers++) {
      List<Future<String>> ends = new ArrayList<>();
      try (AllReduceDriver driver = driver(workers)) {
        for (int worker = 0; worker < workers; worker++) {
          ends.add(start(driver, worker, workers, 0));
        }
        assertRoundsFrom(driver, 1);
      }
      for (Future<String> end : ends) {
        assertEquals("ended", end.get());
      }
    }
  }

  @Test
  void shouldSayWhichWorkersAreMissing() throws Exception {
    Timing timing =
        new Timing(
            Duration.ofMillis(300),
            Duration.ofSeconds(9),
            Duration.ofSeconds(9),
            Duration.ofMillis(50));
    Future<String> first;
    try (AllReduceDriver driver = driver(3, timing)) {
      first = start(driver, 0, 3, 0);
      begin(driver, 2, 3, 0);
      AllReduceException failure = failureOf(driver);
      assertEquals(Reason.MISSING, failure.reason());
      assertEquals(
          "only 2 of 3 workers joined within 300 ms (missing 1): the cluster cannot run all 3 tasks at once",
          failure.getMessage());
      assertEquals(2, driver.joined());
      assertEquals(failure.getMessage(), failureOf(driver).getMessage());
    }
    assertEquals(
        "The driver has given up: only 2 of 3 workers joined within 300 ms (missing 1): the cluster cannot run all 3 tasks at once",
        first.get());
  }

  @Test
  void shouldWaitForAsLongAsNobodyHasJoined() throws Exception {
    Timing timing =
        new Timing(
            Duration.ofMillis(50),
            Duration.ofSeconds(9),
            Duration.ofSeconds(9),
            Duration.ofMillis(50));
    try (AllReduceDriver driver = driver(1, timing)) {
      Future<String> late =
          threads.submit(
              () -> {
                TimeUnit.MILLISECONDS.sleep(400); // in a queue
                return start(driver, 0, 1, 0).get();
              });
      assertRoundsFrom(driver, 1);
      end(driver);
      assertEquals("ended", late.get());
    }
  }

  @Test
  void shouldGoOnWithTheNextAttemptOfAWorkerThatDied() throws Exception {
    try (AllReduceDriver driver = driver(2)) {
      begin(driver, 0, 2, 0);
      AllReduceWorker dying = join(driver, 1, 0);
      Future<?> death =
          threads.submit(
              () -> {
                dying.answer(
                    round -> {
                      if (round.number() == 2) {
                        leave(dying); // in mid-answer
                        begin(driver, 1, 2, 1);
                      }
                      return Workers.answer(round, 1, 2);
                    },
                    () -> {});
                return null;
              });
      assertRoundsFrom(driver, 1);
      assertThrows(ExecutionException.class, death::get);
    }
  }

  @Test
  void shouldSayWhoDiedWhereNobodyComes() throws Exception {
    Timing timing =
        new Timing(
            Duration.ofSeconds(9),
            Duration.ofMillis(200),
            Duration.ofSeconds(9),
            Duration.ofMillis(50));
    try (AllReduceDriver driver = driver(2, timing)) {
      begin(driver, 0, 2, 0);
      begin(
          driver,
          1,
          0,
          round -> {
            if (round.number() == 2) {
              throw new IOException("a broken disk");
            }
            return Workers.answer(round, 1, 2);
          });
      sum(driver);
      AllReduceException failure = failureOf(driver);
      assertEquals(Reason.LOST, failure.reason());
      assertEquals(
          "worker 1 died in round 2, and no other attempt has joined within 200 ms",
          failure.getMessage());
    }
  }

  @Test
  void shouldTellWhatAWorkerFailedOf() throws Exception {
    Timing timing =
        new Timing(
            Duration.ofSeconds(9),
            Duration.ofMillis(200),
            Duration.ofSeconds(9),
            Duration.ofMillis(50));
    try (AllReduceDriver driver = driver(1, timing)) {
      AllReduceWorker failing = join(driver, 0, 0);
      failing.fail(false, "a broken disk");
      AllReduceException failure = failureOf(driver);
      assertEquals(Reason.LOST, failure.reason());
      assertTrue(
          failure.getMessage().matches("worker 0 failed .*: a broken disk, and no other .*"),
          failure::getMessage);
    }
  }

  @Test
  void shouldNotWaitForAttemptsThatNeverCome() throws Exception {
    Timing usual = Timing.DEFAULT;
    Timing timing = new Timing(usual.join(), Duration.ZERO, usual.silence(), usual.pulse());
    try (AllReduceDriver driver = driver(2, timing)) {
      begin(driver, 0, 2, 0);
      AllReduceWorker failing = join(driver, 1, 0);
      failing.fail(false, "a broken disk");
      String message = failureOf(driver).getMessage();
      assertTrue(
          message.matches("worker 1 failed (in round 1|before it was asked): a broken disk"),
          message);
    }
  }

  @Test
  void shouldNotWaitForAnotherAttemptOfAWorkerWithoutRoom() throws Exception {
    try (AllReduceDriver driver = driver(1, Timing.DEFAULT)) {
      AllReduceWorker failing = join(driver, 0, 0);
      failing.fail(true, "its rows take more than 800 MiB");
      AllReduceException failure = failureOf(driver);
      assertEquals(Reason.NO_ROOM, failure.reason());
      assertEquals("worker 0: its rows take more than 800 MiB", failure.getMessage());
    }
  }

  @Test
  void shouldSayWhoHangs() throws Exception {
    Timing timing =
        new Timing(
            Duration.ofSeconds(9),
            Duration.ofMillis(100),
            Duration.ofMillis(300),
            Duration.ofMillis(50));
    try (AllReduceDriver driver = driver(2, timing)) {
      begin(driver, 0, 2, 0);
      begin(
          driver,
          1,
          0,
          round -> {
            if (round.number() == 3) {
              TimeUnit.SECONDS.sleep(20);
            }
            return Workers.answer(round, 1, 2);
          });
      sum(driver);
      sum(driver);
      AllReduceException failure = failureOf(driver);
      assertEquals(Reason.HANGING, failure.reason());
      assertEquals(
          "worker 1 was silent for 300 ms in round 3, and no other attempt has joined within 100 ms",
          failure.getMessage());
    }
  }

  @Test
  void shouldNotTakeAWorkerThatWorksForOneThatHangs() throws Exception {
    Timing timing =
        new Timing(
            Duration.ofSeconds(9),
            Duration.ofMillis(10),
            Duration.ofMillis(1500),
            Duration.ofMillis(50));
    try (AllReduceDriver driver = driver(1, timing)) {
      AllReduceWorker slow = join(driver, 0, 0);
      Future<String> end =
          threads.submit(
              () -> {
                slow.answer(
                    round -> {
                      for (int i = 0; round.number() == 1 && i < 25; i++) {
                        TimeUnit.MILLISECONDS.sleep(100);
                        slow.working();
                      }
                      return Workers.answer(round, 0, 1);
                    },
                    () -> {});
                return "ended";
              });
      assertRoundsFrom(driver, 1);
      end(driver);
      assertEquals("ended", end.get());
    }
  }

  @Test
  void shouldGoOnWithoutAWorkerThatHangsWhereAnotherAttemptComes() throws Exception {
    Timing timing =
        new Timing(
            Duration.ofSeconds(9),
            Duration.ofSeconds(9),
            Duration.ofMillis(300),
            Duration.ofMillis(50));
    CountDownLatch hanging = new CountDownLatch(1);
    try (AllReduceDriver driver = driver(1, timing)) {
      Future<String> hung =
          start(
              driver,
              0,
              0,
              round -> {
                if (round.number() == 2) {
                  begin(driver, 0, 1, 1);
                  hanging.await();
                }
                return Workers.answer(round, 0, 1);
              });
      assertRoundsFrom(driver, 1);
      hanging.countDown();
      assertTrue(hung.get().contains("has gone"), hung.get());
    }
  }

  @Test
  void shouldLetALaterAttemptTakeThePlaceOfAnEarlierOne() throws Exception {
    try (AllReduceDriver driver = driver(1)) {
      Future<String> first = start(driver, 0, 1, 0);
      assertArrayEquals(expected(1), sum(driver));
      Future<String> second = start(driver, 0, 1, 1000);
      assertEquals(
          "The driver has given up: another attempt has taken the place of this one", first.get());
      assertRoundsFrom(driver, 2);
      assertEquals(
          "The driver at 127.0.0.1:%d said: attempt 0 of worker 0 comes after attempt 1000, which has its place"
              .formatted(driver.port()),
          start(driver, 0, 1, 0).get());
      end(driver);
      assertEquals("ended", second.get());
    }
  }

  @Test
  void shouldRefuseWhoJoinsTwice() throws Exception {
    try (AllReduceDriver driver = driver(2);
        AllReduceWorker joined = join(driver, 1, 3)) {
      assertEquals(
          "The driver at 127.0.0.1:%d said: attempt 3 of worker 1 has joined already"
              .formatted(driver.port()),
          assertThrows(AllReduceException.class, () -> join(driver, 1, 3)).getMessage());
      assertEquals(
          "The driver at 127.0.0.1:%d said: there is no worker 2 of 2".formatted(driver.port()),
          assertThrows(AllReduceException.class, () -> join(driver, 2, 0)).getMessage());
      joined.working();
    }
  }

  @Test
  void shouldNotAnswerStrangers() throws Exception {
    try (AllReduceDriver driver = driver(1)) {
      AllReduceException refused =
          assertThrows(
              AllReduceException.class,
              () ->
                  AllReduceWorker.join(
                      Workers.address(driver.port()), Token.random(), 0, 0, Workers.TIMING));
      assertEquals(Reason.NO_DRIVER, refused.reason());
      try (Socket noise = new Socket(HERE, driver.port());
          OutputStream out = noise.getOutputStream()) {
        out.write(
            "GET / HTTP/1.1\r\n\r\nsome more that is no signature at all"
                .getBytes(StandardCharsets.US_ASCII));
        DataInputStream in = new DataInputStream(noise.getInputStream());
        in.readFully(new byte[Integer.BYTES + 1 + Wire.NONCE_BYTES]);
        assertEquals(-1, in.read());
      }
      assertEquals(0, driver.joined());
      begin(driver, 0, 1, 0);
      assertRoundsFrom(driver, 1);
    }
  }

  @Test
  void shouldEndAWorkerWhoseDriverHasGone() throws Exception {
    int port;
    try (AllReduceDriver driver = driver(1)) {
      port = driver.port();
    }
    long started = System.nanoTime();
    AllReduceException failure =
        assertThrows(
            AllReduceException.class,
            () -> AllReduceWorker.join(Workers.address(port), token, 0, 0, Workers.TIMING));
    assertTrue(
        failure.getMessage().startsWith("Cannot join the driver at 127.0.0.1:" + port + ": "),
        failure::getMessage);
    assertTrue(System.nanoTime() - started < TimeUnit.SECONDS.toNanos(5));
  }

  @Test
  void shouldEndAWorkerWhoseDriverIsSilent() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, HERE)) {
      Timing timing =
          new Timing(
              Duration.ofSeconds(1),
              Duration.ofSeconds(1),
              Duration.ofMillis(200),
              Duration.ofMillis(50));
      AllReduceException failure =
          assertThrows(
              AllReduceException.class,
              () ->
                  AllReduceWorker.join(
                      Workers.address(silent.getLocalPort()), token, 0, 0, timing));
      assertTrue(failure.getMessage().contains("Read timed out"), failure::getMessage);
    }
  }

  @Test
  void shouldKeepWorkersThatAreAskedNothing() throws Exception {
    Timing timing =
        new Timing(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ofMillis(50));
    try (AllReduceDriver driver = driver(1, timing);
        AllReduceWorker joined =
            AllReduceWorker.join(Workers.address(driver.port()), token, 0, 0, timing)) {
      CountDownLatch signs = new CountDownLatch(20);
      Future<String> end =
          threads.submit(
              () -> {
                joined.answer(round -> Workers.answer(round, 0, 1), signs::countDown);
                return "ended";
              });
      sum(driver);
      assertTrue(signs.await(10, TimeUnit.SECONDS));
      assertFalse(end.isDone());
      sum(driver);
      end(driver);
      assertEquals("ended", end.get());
    }
  }

  @Test
  void shouldGiveUpWhenTold() throws Exception {
    try (AllReduceDriver driver = driver(2, Timing.DEFAULT)) {
      Future<AllReduceException> failure = threads.submit(() -> failureOf(driver));
      TimeUnit.MILLISECONDS.sleep(50);
      driver.giveUp("the job has failed");
      assertEquals("the job has failed", failure.get().getMessage());
      assertEquals(Reason.GIVEN_UP, failure.get().reason());
    }
  }

  @Test
  void shouldNoticeFilesThatNobodyHas() throws Exception {
    try (AllReduceDriver driver = driver(1)) {
      begin(driver, 0, 2, 0); // takes half of them
      AllReduceException failure = failureOf(driver);
      assertTrue(
          failure.getMessage().startsWith("Workers have other files than they should"),
          failure::getMessage);
    }
  }

  @Test
  void shouldCarryManyNumbers() throws Exception {
    int length = 300_001;
    double[] coefficients = new double[length];
    for (int i = 0; i < length; i++) {
      coefficients[i] = 1.0 / i; // infinity among them
    }
    try (AllReduceDriver driver =
        AllReduceDriver.open(1, 1, token, HERE, PortRange.ANY, Timing.DEFAULT)) {
      begin(
          driver,
          0,
          0,
          round -> {
            PairwiseSum sum = new PairwiseSum(Addition.ofNumbers(round.length()));
            sum.add(0, round.coefficients().clone());
            return sum;
          });
      assertArrayEquals(coefficients, driver.sum("echo", coefficients, Addition.ofNumbers(length)));
    }
  }
}
