package io.millrace.allreduce;

import io.millrace.allreduce.AllReduceException.Reason;
import io.millrace.allreduce.PairwiseSum.Subtree;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The place of one worker, taken by one attempt at a time. Guarded by the driver's lock, but for
 * what an attempt's own thread does with its {@link Member#wire}.
 */
final class Seat {
  /** An attempt that has joined. */
  static final class Member {
    private final Seat seat;
    private final Wire wire;
    private long sign = System.nanoTime();
    private boolean owes = true;

    private Member(Seat seat, Wire wire) {
      this.seat = seat;
      this.wire = wire;
    }

    Seat seat() {
      return seat;
    }

    Wire wire() {
      return wire;
    }

    /** It has said something. */
    void hasGivenSign() {
      sign = System.nanoTime();
    }

    /** It has been asked something, or not any more. */
    void owes(boolean somethingNow) {
      owes = somethingNow;
      hasGivenSign();
    }

    private boolean isSilent(long nanos) {
      return owes && System.nanoTime() - sign > nanos;
    }
  }

  /** Why a place is empty. */
  private record Loss(Reason reason, String text, long since) {}

  private final int worker;
  private int lastAttempt = -1;
  private @Nullable Member member;
  private @Nullable Loss loss;
  private int answered;
  private List<Subtree> answer = List.of();

  Seat(int worker) {
    this.worker = worker;
  }

  int worker() {
    return worker;
  }

  boolean wasTaken() {
    return lastAttempt >= 0;
  }

  /** Why an attempt cannot have the place; empty where it can. */
  Optional<String> refusal(int attempt) {
    if (attempt > lastAttempt) {
      return Optional.empty();
    }
    return Optional.of(
        attempt == lastAttempt
            ? "attempt %d of worker %d has joined already".formatted(attempt, worker)
            : "attempt %d of worker %d comes after attempt %d, which has its place"
                .formatted(attempt, worker, lastAttempt));
  }

  /** Gives the place to a later attempt; an earlier one that still works need not go on. */
  Member take(int attempt, Wire wire) {
    Member earlier = member;
    if (earlier != null && earlier.owes) {
      close(earlier);
    }
    lastAttempt = attempt;
    loss = null;
    member = new Member(this, wire);
    return member;
  }

  boolean isHeldBy(Member attempt) {
    return member == attempt;
  }

  /** Whether the place's worker still has to answer a round. */
  boolean owes(Round round) {
    return answered < round.number();
  }

  void answers(Round round, List<Subtree> subtrees) {
    answered = round.number();
    answer = subtrees;
  }

  /** The last answer, which this then no longer has. */
  List<Subtree> takeAnswer() {
    List<Subtree> taken = answer;
    answer = List.of();
    return taken;
  }

  /** Empties the place, unless another attempt has taken it. */
  void lose(Member attempt, Reason reason, String text) {
    if (member == attempt) {
      member = null;
      loss = new Loss(reason, "worker " + worker + " " + text, System.nanoTime());
    }
    close(attempt);
  }

  /** Empties the place of who has been silent for too long. */
  void loseSilent(long nanos, String text) {
    Member silent = member;
    if (silent != null && silent.isSilent(nanos)) {
      lose(silent, Reason.HANGING, text);
    }
  }

  /** What to say where the place has been empty for too long after a loss. */
  Optional<AllReduceException> lostFor(Timing timing) {
    Loss lost = loss;
    Duration rejoin = timing.rejoin();
    if (lost == null || System.nanoTime() - lost.since() < rejoin.toNanos()) {
      return Optional.empty();
    }
    return Optional.of(
        new AllReduceException(
            lost.reason(),
            rejoin.isZero()
                ? lost.text()
                : "%s, and no other attempt has joined within %s"
                    .formatted(lost.text(), Timing.text(rejoin))));
  }

  /** Breaks the connection of who has the place. */
  void disconnect() {
    Member last = member;
    if (last != null) {
      close(last);
    }
  }

  private static void close(Member attempt) {
    try {
      attempt.wire.close();
    } catch (IOException e) {
      // nobody reads from it any more
    }
  }

  @Override
  public String toString() {
    return "worker " + worker + ", attempt " + lastAttempt;
  }
}
