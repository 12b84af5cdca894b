package io.millrace.allreduce;

import io.millrace.allreduce.AllReduceException.Reason;
import io.millrace.allreduce.PairwiseSum.Subtree;
import io.millrace.allreduce.Seat.Member;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The side that asks. Workers join while rounds are asked and may be replaced at any time; each
 * connection has a thread of its own. One thread asks, others may {@link #giveUp}.
 */
public final class AllReduceDriver implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AllReduceDriver.class);
  private static final int HANDSHAKE_MILLIS = 10_000;
  private static final int STRANGERS = 64;
  private static final long GOODBYE_MILLIS = 3_000;
  private static final long LONGEST_LOOK_MILLIS = 500;

  private final int files;
  private final Token token;
  private final Timing timing;
  private final ServerSocket server;
  private final ThreadPoolExecutor threads;
  private final SecureRandom random = new SecureRandom();

  // guarded by this
  private final List<Seat> seats;
  private @Nullable Round round;
  private @Nullable AllReduceException failure;
  private boolean ended;
  private long firstJoin;

  private AllReduceDriver(int workers, int files, Token token, Timing timing, ServerSocket server) {
    this.files = files;
    this.token = token;
    this.timing = timing;
    this.server = server;
    seats = IntStream.range(0, workers).mapToObj(Seat::new).toList();
    threads =
        new ThreadPoolExecutor(
            1,
            2 * workers + STRANGERS,
            1,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            body -> {
              Thread thread = new Thread(body, "all-reduce");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Listens for workers.
   *
   * @param workers who hold runs of the files: worker 0 the first ones, and so on
   * @param address of this machine, where workers reach it
   */
  public static AllReduceDriver open(
      int workers, int files, Token token, InetAddress address, PortRange ports, Timing timing)
      throws IOException {
    AllReduceDriver driver =
        new AllReduceDriver(workers, files, token, timing, ports.listen(address));
    driver.threads.execute(driver::accept);
    return driver;
  }

  /** Where it listens. */
  public int port() {
    return server.getLocalPort();
  }

  /** How many workers have joined at least once. */
  public synchronized int joined() {
    return (int) seats.stream().filter(Seat::wasTaken).count();
  }

  /**
   * The sums over all files, at some coefficients.
   *
   * @param kind what is summed, as the workers know it
   * @param addition how sums of the kind are added
   * @throws AllReduceException where workers are missing or were lost, and nobody comes in time
   */
  public double[] sum(String kind, double[] coefficients, Addition addition)
      throws IOException, InterruptedException {
    int length = addition.zeros().length;
    List<Subtree> answers = new ArrayList<>();
    synchronized (this) {
      int number = round == null ? 1 : round.number() + 1;
      Round asked = new Round(number, kind, length, coefficients.clone());
      round = asked;
      notifyAll();
      while (seats.stream().anyMatch(seat -> seat.owes(asked))) {
        checkPatience(asked);
        wait(lookMillis());
      }
      checkFailure();
      seats.forEach(seat -> answers.addAll(seat.takeAnswer()));
    }
    PairwiseSum sum = new PairwiseSum(addition);
    try {
      answers.forEach(sum::add);
      return sum.total(files);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new AllReduceException(
          Reason.GIVEN_UP, "Workers have other files than they should: " + e.getMessage(), e);
    }
  }

  private void checkFailure() throws AllReduceException {
    AllReduceException known = failure;
    if (known != null) {
      throw new AllReduceException(known.reason(), String.valueOf(known.getMessage()), known);
    }
    if (ended) {
      throw new AllReduceException(Reason.GIVEN_UP, "Cannot ask any more: the driver has ended");
    }
  }

  private void checkPatience(Round asked) throws AllReduceException {
    checkFailure();
    List<Integer> missing = new ArrayList<>();
    for (Seat seat : seats) {
      seat.loseSilent(
          timing.silence().toNanos(),
          "was silent for %s in round %d".formatted(Timing.text(timing.silence()), asked.number()));
      seat.lostFor(timing).ifPresent(this::fail);
      if (!seat.wasTaken()) {
        missing.add(seat.worker());
      }
    }
    int joined = seats.size() - missing.size();
    if (joined > 0
        && !missing.isEmpty()
        && System.nanoTime() - firstJoin > timing.join().toNanos()) {
      fail(
          new AllReduceException(
              Reason.MISSING,
              "only %d of %d workers joined within %s (missing %s): the cluster cannot run all %d tasks at once"
                  .formatted(
                      joined,
                      seats.size(),
                      Timing.text(timing.join()),
                      missing.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                      seats.size())));
    }
    checkFailure();
  }

  private void fail(AllReduceException reason) {
    if (failure == null) {
      failure = reason;
    }
  }

  private long lookMillis() {
    long shortest = Math.min(timing.silence().toMillis(), timing.join().toMillis());
    if (!timing.rejoin().isZero()) {
      shortest = Math.min(shortest, timing.rejoin().toMillis());
    }
    return Math.max(1, Math.min(LONGEST_LOOK_MILLIS, shortest / 4));
  }

  /** Ends all waiting: whoever runs the workers knows that there is no use in it. */
  public synchronized void giveUp(String reason) {
    fail(new AllReduceException(Reason.GIVEN_UP, reason));
    notifyAll();
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = server.accept();
        try {
          threads.execute(() -> serve(socket));
        } catch (RejectedExecutionException e) {
          socket.close();
        }
      } catch (IOException e) {
        synchronized (this) {
          if (!ended) {
            giveUp("Cannot listen for workers any more: " + e.getMessage());
          }
        }
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      Member member = admit(new Wire(socket));
      if (member != null) {
        try {
          converse(member);
        } catch (IOException e) {
          lose(member, "died", e);
        } catch (RuntimeException e) {
          lose(member, "sent what cannot be used", e);
        }
      }
    } catch (IOException e) {
      LOG.debug("Somebody at {} did not join", socket.getRemoteSocketAddress(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the driver ends
    }
  }

  /** Gives a worker its place, or sends it away. */
  private @Nullable Member admit(Wire wire) throws IOException {
    wire.readWithin(HANDSHAKE_MILLIS);
    byte[] nonce = new byte[Wire.NONCE_BYTES];
    random.nextBytes(nonce);
    wire.out().writeInt(Wire.MAGIC);
    wire.out().writeByte(Wire.VERSION);
    wire.out().write(nonce);
    wire.out().flush();
    int worker = wire.in().readInt();
    int attempt = wire.in().readInt();
    byte[] signature = wire.in().readNBytes(Wire.SIGNATURE_BYTES);
    if (!token.accepts(signature, nonce, worker, attempt)) {
      return null; // no word to strangers
    }
    wire.readWithin(0);
    String refusal;
    Member member = null;
    synchronized (this) {
      if (worker < 0 || worker >= seats.size()) {
        refusal = "there is no worker %d of %d".formatted(worker, seats.size());
      } else {
        refusal = seats.get(worker).refusal(attempt).orElse("");
      }
      if (refusal.isEmpty()) {
        if (joined() == 0) {
          firstJoin = System.nanoTime();
        }
        member = seats.get(worker).take(attempt, wire);
        notifyAll();
      }
    }
    if (member == null) {
      wire.send(Wire.REFUSED, refusal);
    }
    return member;
  }

  private void converse(Member member) throws IOException, InterruptedException {
    Wire wire = member.wire();
    wire.send(Wire.WELCOME);
    receive(member, null);
    while (true) {
      Round next = null;
      String end = null;
      synchronized (this) {
        if (next(member) == null && end(member) == null) {
          wait(timing.pulse().toMillis());
        }
        end = end(member);
        next = next(member);
        if (end == null && next != null) {
          member.owes(true);
        }
      }
      if (end != null) {
        wire.send(Wire.END, end);
        return;
      }
      if (next == null) {
        wire.send(Wire.PULSE);
      } else {
        ask(wire, next);
        receive(member, next);
      }
    }
  }

  private @Nullable Round next(Member member) {
    return round != null && member.seat().owes(round) ? round : null;
  }

  /** Why a worker is not needed any more; null where it is. */
  private @Nullable String end(Member member) {
    if (!member.seat().isHeldBy(member)) {
      return "another attempt has taken the place of this one";
    }
    return !ended ? null : failure == null ? "" : failure.getMessage();
  }

  private static void ask(Wire wire, Round round) throws IOException {
    wire.out().writeByte(Wire.ROUND);
    wire.out().writeInt(round.number());
    wire.writeText(round.kind());
    wire.out().writeInt(round.length());
    wire.out().writeInt(round.coefficients().length);
    wire.writeDoubles(round.coefficients());
    wire.out().flush();
  }

  /** Hears a worker until it has answered a round, or, where there is none, is ready. */
  private void receive(Member member, @Nullable Round asked) throws IOException {
    Wire wire = member.wire();
    while (true) {
      byte frame = wire.in().readByte();
      synchronized (this) {
        member.hasGivenSign();
      }
      switch (frame) {
        case Wire.WORKING -> {}
        case Wire.READY -> {
          synchronized (this) {
            member.owes(false);
          }
          return;
        }
        case Wire.SUMS -> {
          if (asked == null || wire.in().readInt() != asked.number()) {
            throw new IllegalArgumentException("an answer to what was not asked");
          }
          List<Subtree> answer = readAnswer(member, asked);
          synchronized (this) {
            member.owes(false);
            if (member.seat().isHeldBy(member)) {
              member.seat().answers(asked, answer);
              notifyAll();
            }
          }
          return;
        }
        case Wire.FAILED -> {
          boolean isFinal = wire.in().readBoolean();
          failed(member, isFinal, wire.in().readUTF());
          throw new EOFException("it has failed");
        }
        default -> throw new IllegalArgumentException("a frame of kind " + frame);
      }
    }
  }

  private List<Subtree> readAnswer(Member member, Round asked) throws IOException {
    Wire wire = member.wire();
    int count = wire.in().readInt();
    if (count < 0 || count > 2 * Integer.SIZE) {
      throw new IllegalArgumentException(count + " subtrees");
    }
    List<Subtree> answer = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int first = wire.in().readInt();
      int length = wire.in().readInt();
      double[] sums = new double[asked.length()];
      wire.readDoubles(sums);
      answer.add(new Subtree(first, length, sums));
      synchronized (this) {
        member.hasGivenSign();
      }
    }
    return answer;
  }

  private synchronized void failed(Member member, boolean isFinal, String reason) {
    if (isFinal && member.seat().isHeldBy(member)) {
      fail(
          new AllReduceException(
              Reason.NO_ROOM, "worker %d: %s".formatted(member.seat().worker(), reason)));
    }
    member.seat().lose(member, Reason.LOST, "failed%s: %s".formatted(inRound(), reason));
    notifyAll();
  }

  private synchronized void lose(Member member, String what, Exception e) {
    if (!ended) {
      LOG.debug("{} is lost", member.seat(), e);
      String why = e instanceof EOFException || e.getMessage() == null ? "" : e.getMessage();
      member
          .seat()
          .lose(member, Reason.LOST, what + inRound() + (why.isEmpty() ? "" : " (" + why + ")"));
      notifyAll();
    }
  }

  private String inRound() {
    return round == null ? " before it was asked" : " in round " + round.number();
  }

  /**
   * Tells the workers that there are no more rounds, and stops listening. Those in the midst of an
   * answer find the connection broken.
   */
  @Override
  public void close() {
    synchronized (this) {
      ended = true;
      notifyAll();
    }
    try {
      server.close();
      threads.shutdown();
      if (!threads.awaitTermination(quietMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (IOException e) {
      LOG.debug("Cannot stop listening for workers", e);
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      seats.forEach(Seat::disconnect);
    }
  }

  private synchronized long quietMillis() {
    return failure == null ? GOODBYE_MILLIS : GOODBYE_MILLIS / 10;
  }

  @Override
  public String toString() {
    return "all-reduce over " + seats.size() + " workers at port " + port();
  }
}
