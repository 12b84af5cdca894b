package io.millrace.warehouse.protocol;

import static io.millrace.warehouse.protocol.FileTree.Outcome.PARENT_MISSING;

import io.millrace.warehouse.protocol.FileTree.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A run takes the lease of a unit, or takes it over. The lease is a folder that holds one file,
 * named after its holder; it comes into being with the file in it, by a rename that one run wins.
 */
final class Taking {
  private Taking() {}

  /** The first step of every run. */
  static Step begin(Actor me) {
    return me.has(Mutation.SETTLE_BEFORE_TAKING) ? new MakeWork(true) : new MakeWork(false);
  }

  /** Steps before the lease is held: a failure only gives up. */
  private interface TakingStep extends Step {
    @Override
    default Phase phase() {
      return Phase.TAKING;
    }

    @Override
    default Step failed() {
      return Leaving.giveUp(End.STUCK);
    }
  }

  /** The only call of the protocol that makes parents in somebody's work. */
  record MakeWork(boolean settles) implements TakingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      return List.of(
          new Move(
              "mkdirs " + me.offer(), tree.mkdirs(me.offer()).tree(), new WriteOffer(settles)));
    }
  }

  record WriteOffer(boolean settles) implements TakingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String file = me.offer() + "/" + me.name();
      Result result = tree.create(file, me.name());
      Step next = settles ? new Settling.MakeTaken() : new MakeLeases();
      return List.of(
          new Move(
              "create " + file, result.tree(), result.isDone() ? next : new MakeWork(settles)));
    }
  }

  record MakeLeases() implements TakingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String folder = FileTree.parent(me.unit().lease());
      return List.of(new Move("mkdirs " + folder, tree.mkdirs(folder).tree(), new Acquire()));
    }
  }

  record Acquire() implements TakingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      Result result = tree.rename(me.offer(), me.unit().lease());
      Step next =
          switch (result.outcome()) {
            case DONE -> holding(me);
            case SOURCE_MISSING -> new MakeWork(false);
            case PARENT_MISSING -> new MakeLeases();
            case TARGET_EXISTS, NOT_EMPTY -> new Look();
          };
      return List.of(new Move(Move.rename(me.offer(), me.unit().lease()), result.tree(), next));
    }
  }

  private static Step holding(Actor me) {
    return me.has(Mutation.SETTLE_BEFORE_TAKING) ? new Publishing.Plan() : new Settling.MakeTaken();
  }

  /** Who holds it? Any holder may be taken for dead, though it only sleeps. */
  record Look() implements TakingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String call = "list " + me.unit().lease();
      Set<String> names = tree.list(me.unit().lease());
      if (names.isEmpty()) {
        return List.of(
            new Move(call, tree, tree.exists(me.unit().lease()) ? new DropEmpty() : new Acquire()));
      }
      if (names.contains(me.name())) {
        return List.of(new Move(call, tree, holding(me)));
      }
      List<Move> moves = new ArrayList<>();
      for (String holder : names) {
        moves.add(new Move(call, tree, new TakeOver(holder)));
      }
      moves.add(new Move(call, tree, new Acquire()));
      moves.add(new Move(call, tree, Leaving.giveUp(End.WAITED)));
      return moves;
    }
  }

  /** A lease without a file: its holder died, or sleeps, between the two calls of its release. */
  record DropEmpty() implements TakingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      return List.of(
          new Move(
              "delete " + me.unit().lease(), tree.delete(me.unit().lease()).tree(), new Acquire()));
    }
  }

  /** One taker wins, as the file has the name of the holder that it means. */
  record TakeOver(String holder) implements TakingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String from = me.held(holder);
      if (me.has(Mutation.TAKE_OVER_BY_DELETE)) {
        Result result = tree.delete(from);
        return List.of(new Move("delete " + from, result.tree(), new WriteLease(me)));
      }
      String to = me.held(me.name());
      Result result = tree.rename(from, to);
      Step held = me.has(Mutation.WRITE_INTO_LEASE) ? new WriteLease(me) : holding(me);
      return List.of(
          new Move(Move.rename(from, to), result.tree(), result.isDone() ? held : new Acquire()));
    }
  }

  /** Mutants write into the lease. */
  record WriteLease(Actor actor) implements TakingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String file = me.held(me.name());
      Result result = tree.create(file, me.name());
      return List.of(
          new Move(
              "create " + file,
              result.tree(),
              result.outcome() == PARENT_MISSING ? new Acquire() : holding(me)));
    }
  }
}
