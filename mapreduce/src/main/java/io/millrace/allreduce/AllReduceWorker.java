package io.millrace.allreduce;

import static io.millrace.allreduce.AllReduceException.Reason.NO_DRIVER;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;

/**
 * The side of one attempt of a worker: joins, then answers rounds until the driver says that there
 * are no more. One thread does all; a worker that works says so by {@link #working}.
 */
public final class AllReduceWorker implements Closeable {
  private static final int CONNECT_MILLIS = 20_000;
  private static final long WORKING_NANOS = 1_000_000_000;

  /** Sums over the worker's files. */
  public interface Answer {
    /**
     * The sums of each file, added by the tree. Calls {@link AllReduceWorker#working} on the way.
     */
    PairwiseSum at(Round round) throws IOException, InterruptedException;
  }

  private final Wire wire;
  private final String driver;
  private final Timing timing;
  private long saidWorking = System.nanoTime();

  private AllReduceWorker(Wire wire, String driver, Timing timing) {
    this.wire = wire;
    this.driver = driver;
    this.timing = timing;
  }

  /**
   * Joins a driver.
   *
   * @param worker from 0
   * @param attempt greater than those of the same worker that came before
   * @throws AllReduceException where there is no driver, or it does not want this worker
   */
  public static AllReduceWorker join(
      InetSocketAddress address, Token token, int worker, int attempt, Timing timing)
      throws IOException {
    String driver = address.getHostString() + ":" + address.getPort();
    Socket socket = new Socket();
    try {
      // resolved here: the address may come from another machine
      socket.connect(
          new InetSocketAddress(address.getHostString(), address.getPort()), CONNECT_MILLIS);
      Wire wire = new Wire(socket);
      AllReduceWorker joined = new AllReduceWorker(wire, driver, timing);
      wire.readWithin(timing.silence().toMillis());
      joined.introduce(token, worker, attempt);
      return joined;
    } catch (IOException e) {
      socket.close();
      throw e instanceof AllReduceException
          ? e
          : new AllReduceException(
              NO_DRIVER,
              "Cannot join the driver at %s: %s. Has it ended, or does a firewall keep its port?"
                  .formatted(driver, e.getMessage() == null ? e : e.getMessage()),
              e);
    }
  }

  private void introduce(Token token, int worker, int attempt) throws IOException {
    if (wire.in().readInt() != Wire.MAGIC || wire.in().readByte() != Wire.VERSION) {
      throw new AllReduceException(
          NO_DRIVER,
          "Cannot join the driver at %s: who answers there is none of this version"
              .formatted(driver));
    }
    byte[] nonce = wire.in().readNBytes(Wire.NONCE_BYTES);
    wire.out().writeInt(worker);
    wire.out().writeInt(attempt);
    wire.out().write(token.sign(nonce, worker, attempt));
    wire.out().flush();
    if (wire.in().readByte() != Wire.WELCOME) {
      throw new AllReduceException(
          NO_DRIVER, "The driver at %s said: %s".formatted(driver, wire.in().readUTF()));
    }
  }

  /** Says, once a second at most, that the worker reads or adds; to be called often. */
  public void working() throws IOException {
    long now = System.nanoTime();
    if (now - saidWorking >= WORKING_NANOS) {
      saidWorking = now;
      try {
        wire.send(Wire.WORKING);
      } catch (IOException e) {
        throw gone(e);
      }
    }
  }

  /**
   * Says that the files are read, and answers rounds until there are no more.
   *
   * @param driverLives called whenever the driver gives a sign
   * @throws AllReduceException where the driver has gone, is silent, or has given up
   */
  public void answer(Answer answer, Runnable driverLives) throws IOException, InterruptedException {
    try {
      wire.send(Wire.READY);
    } catch (IOException e) {
      throw gone(e);
    }
    while (true) {
      byte frame;
      Round round = null;
      try {
        frame = wire.in().readByte();
        driverLives.run();
        switch (frame) {
          case Wire.PULSE -> {}
          case Wire.ROUND -> round = readRound();
          case Wire.END -> {
            String reason = wire.in().readUTF();
            if (reason.isEmpty()) {
              return;
            }
            throw new AllReduceException(NO_DRIVER, "The driver has given up: " + reason);
          }
          default ->
              throw new AllReduceException(
                  NO_DRIVER, "Cannot understand the driver at %s: %d".formatted(driver, frame));
        }
      } catch (AllReduceException e) {
        throw e;
      } catch (IOException e) {
        throw gone(e);
      }
      if (round != null) {
        send(round, answer.at(round).subtrees());
      }
    }
  }

  private Round readRound() throws IOException {
    int number = wire.in().readInt();
    String kind = wire.in().readUTF();
    int length = wire.in().readInt();
    double[] coefficients = new double[wire.in().readInt()];
    wire.readDoubles(coefficients);
    return new Round(number, kind, length, coefficients);
  }

  private void send(Round round, List<PairwiseSum.Subtree> subtrees) throws IOException {
    try {
      wire.out().writeByte(Wire.SUMS);
      wire.out().writeInt(round.number());
      wire.out().writeInt(subtrees.size());
      for (PairwiseSum.Subtree subtree : subtrees) {
        wire.out().writeInt(subtree.firstFile());
        wire.out().writeInt(subtree.files());
        wire.writeDoubles(subtree.sums());
      }
      wire.out().flush();
    } catch (IOException e) {
      throw gone(e);
    }
  }

  /**
   * Says that this attempt fails, so that nobody has to find out.
   *
   * @param isFinal whether another attempt would fail likewise: its rows do not fit in memory
   */
  public void fail(boolean isFinal, String reason) {
    try {
      wire.out().writeByte(Wire.FAILED);
      wire.out().writeBoolean(isFinal);
      wire.writeText(reason);
      wire.out().flush();
    } catch (IOException e) {
      // the driver sees that the connection has broken, or has gone itself
    }
  }

  private AllReduceException gone(IOException e) {
    String what =
        e instanceof SocketTimeoutException
            ? "has been silent for " + Timing.text(timing.silence())
            : e instanceof EOFException ? "has gone" : "has gone: " + e.getMessage();
    return new AllReduceException(NO_DRIVER, "The driver at " + driver + " " + what, e);
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
