package io.millrace.allreduce;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Workers that are processes, killed and stopped. */
@Timeout(60)
class WorkerProcessTest {
  private static final double[] COEFFICIENTS = {1.5, 0, -1};

  private final Token token = Token.random();
  private final List<Process> processes = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    processes.forEach(Process::destroyForcibly);
    threads.shutdownNow();
  }

  private Process start(AllReduceDriver driver, int worker, int attempt, int waiting)
      throws IOException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Workers.class.getName(),
                Integer.toString(driver.port()),
                HexFormat.of().formatHex(token.bytes()),
                Integer.toString(worker),
                "2",
                Integer.toString(attempt),
                Integer.toString(waiting))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    processes.add(process);
    return process;
  }

  private AllReduceDriver driver() throws IOException {
    Timing quick = Workers.TIMING;
    return AllReduceDriver.open(
        2,
        Workers.FILES,
        token,
        InetAddress.getLoopbackAddress(),
        PortRange.ANY,
        new Timing(
            quick.join().multipliedBy(10),
            quick.rejoin().multipliedBy(10),
            quick.silence(),
            quick.pulse()));
  }

  private static void end(AllReduceDriver driver) {
    driver.close();
  }

  private static double[] sum(AllReduceDriver driver) throws IOException, InterruptedException {
    return driver.sum("sums", COEFFICIENTS, Workers.ADDITION);
  }

  private static double[] expected(int number) {
    return Workers.answer(new Round(number, "sums", Workers.LENGTH, COEFFICIENTS), 0, 1)
        .total(Workers.FILES);
  }

  private interface Harm {
    void to(Process process) throws IOException, InterruptedException;
  }

  private void assertSurvives(Harm harm) throws Exception {
    try (AllReduceDriver driver = driver()) {
      Process first = start(driver, 0, 0, 0);
      Process second = start(driver, 1, 0, 2);
      assertArrayEquals(expected(1), sum(driver));
      Future<double[]> round = threads.submit(() -> sum(driver));
      BufferedReader said = second.inputReader();
      assertEquals("waiting", said.readLine());
      harm.to(second);
      Process next = start(driver, 1, 1, 0);
      assertArrayEquals(expected(2), round.get());
      assertArrayEquals(expected(3), sum(driver));
      end(driver);
      assertEquals("ended", first.inputReader().readLine());
      assertEquals("ended", next.inputReader().readLine());
    }
  }

  @Test
  void shouldGoOnWhenAProcessIsKilled() throws Exception {
    assertSurvives(process -> process.destroyForcibly().waitFor());
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void shouldGoOnWhenAProcessIsStopped() throws Exception {
    assertSurvives(
        process ->
            assertEquals(
                0,
                new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                    .start()
                    .waitFor()));
  }

  @Test
  void shouldEndWhenTheDriverDies() throws Exception {
    Process worker;
    try (AllReduceDriver driver = driver()) {
      worker = start(driver, 0, 0, 1);
      threads.execute(() -> assertThrows(AllReduceException.class, () -> sum(driver)));
      assertEquals("waiting", worker.inputReader().readLine());
      driver.giveUp("it dies");
    }
    assertTrue(worker.waitFor(5, TimeUnit.SECONDS));
  }
}
