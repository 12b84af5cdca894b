package io.millrace.allreduce;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Workers for tests: files of random rows, whose sums are taken at some coefficients. */
final class Workers {
  static final int FILES = 11;
  static final int LENGTH = 3;
  static final Addition ADDITION = Addition.ofNumbers(LENGTH);

  /** Quick enough for a test, slow enough for a machine that is busy. */
  static final Timing TIMING =
      new Timing(
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          Duration.ofMillis(50));

  private Workers() {}

  /** The sums of one file. */
  static void addTo(double[] sums, int file, Round round) {
    Random random = new Random(file);
    for (int row = 0; row < 100; row++) {
      for (int i = 0; i < LENGTH; i++) {
        sums[i] += StrictMath.exp(random.nextGaussian() * round.coefficients()[i] / round.number());
      }
    }
  }

  /** Where the files of a worker begin, of so many that have about the same number. */
  static int firstFile(int worker, int workers) {
    return FILES * worker / workers;
  }

  /** The answer of a worker. */
  static PairwiseSum answer(Round round, int worker, int workers) {
    PairwiseSum sum = new PairwiseSum(Addition.ofNumbers(round.length()));
    for (int file = firstFile(worker, workers); file < firstFile(worker + 1, workers); file++) {
      double[] sums = new double[LENGTH];
      addTo(sums, file, round);
      sum.add(file, sums);
    }
    return sum;
  }

  static InetSocketAddress address(int port) {
    return InetSocketAddress.createUnresolved(
        InetAddress.getLoopbackAddress().getHostAddress(), port);
  }

  /** A worker that is a process: port, token, worker, workers, attempt, round in which it waits. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int worker = Integer.parseInt(args[2]);
    int workers = Integer.parseInt(args[3]);
    int waiting = Integer.parseInt(args[5]);
    try (AllReduceWorker joined =
        AllReduceWorker.join(
            address(Integer.parseInt(args[0])),
            Token.of(HexFormat.of().parseHex(args[1])),
            worker,
            Integer.parseInt(args[4]),
            TIMING)) {
      joined.answer(
          round -> {
            if (round.number() == waiting) {
              System.out.println("waiting");
              for (int i = 0; i < 200; i++) {
                TimeUnit.MILLISECONDS.sleep(50);
                joined.working();
              }
            }
            return answer(round, worker, workers);
          },
          () -> {});
      System.out.println("ended");
    } catch (AllReduceException e) {
      System.out.println(e.getMessage());
    }
  }
}
