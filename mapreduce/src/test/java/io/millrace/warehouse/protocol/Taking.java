package io.millrace.warehouse.protocol;

import static io.millrace.warehouse.protocol.FileTree.Outcome.TARGET_EXISTS;

import io.millrace.warehouse.protocol.FileTree.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A run takes the lease of a unit, or takes it over. The lease is a folder that holds one folder,
 * named after its holder; it comes into being with that in it, by a rename that one run wins.
 */
final class Taking {
  private static final String NOBODY = "";

  private Taking() {}

  /** The first step of every run. */
  static Step begin(Actor me) {
    return me.has(Mutation.SETTLE_BEFORE_TAKING) ? new MakeWork(NOBODY) : new Look();
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

  /** Who holds it? Any holder may be taken for dead, though it only sleeps. */
  record Look() implements TakingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String call = "list " + me.unit().lease();
      Set<String> holders = tree.list(me.unit().lease());
      if (holders.isEmpty()) {
        return List.of(new Move(call, tree, new MakeWork(NOBODY)));
      }
      List<Move> moves = new ArrayList<>();
      for (String holder : holders) {
        moves.add(new Move(call, tree, new MakeWork(holder)));
      }
      // nothing lies about while one waits
      moves.add(new Move(call, tree, Leaving.giveUp(new Look())));
      moves.add(new Move(call, tree, Leaving.giveUp(End.WAITED)));
      return moves;
    }
  }

  /** The only call of the protocol that makes parents in somebody's work. */
  record MakeWork(String holder) implements TakingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String folder = me.offer() + "/" + me.name();
      return List.of(
          new Move("mkdirs " + folder, tree.mkdirs(folder).tree(), new WriteHolder(holder)));
    }
  }

  record WriteHolder(String holder) implements TakingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String file = me.file(me.offer() + "/" + me.name());
      Step next =
          me.has(Mutation.SETTLE_BEFORE_TAKING)
              ? new Settling.MakeTaken()
              : holder.equals(NOBODY) ? new MakeLeases() : new WriteClaim(holder);
      // where its folder was swept away, the lease cannot be taken either
      return List.of(new Move("create " + file, tree.create(file, me.name()).tree(), next));
    }
  }

  record MakeLeases() implements TakingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String folder = FileTree.parent(me.unit().lease());
      return List.of(new Move("mkdirs " + folder, tree.mkdirs(folder).tree(), new Take()));
    }
  }

  record Take() implements TakingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      Result result = tree.rename(me.offer(), me.unit().lease());
      Step next =
          switch (result.outcome()) {
            case DONE -> holding(me);
            case SOURCE_MISSING, PARENT_MISSING -> new Look();
            case TARGET_EXISTS, NOT_EMPTY -> new LookAgain();
          };
      return List.of(new Move(Move.rename(me.offer(), me.unit().lease()), result.tree(), next));
    }
  }

  private static Step holding(Actor me) {
    return me.has(Mutation.SETTLE_BEFORE_TAKING)
        ? new Publishing.MakePlace(0)
        : new Settling.MakeTaken();
  }

  record LookAgain() implements TakingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String lease = me.unit().lease();
      boolean isEmpty = tree.exists(lease) && tree.list(lease).isEmpty();
      return List.of(new Move("list " + lease, tree, isEmpty ? new DropEmpty() : new Look()));
    }
  }

  /** A lease without a holder: that died, or sleeps, between the two calls of its release. */
  record DropEmpty() implements TakingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String lease = me.unit().lease();
      return List.of(new Move("delete " + lease, tree.delete(lease).tree(), new Look()));
    }
  }

  /** A taker's file goes into the folder that it is about to take, and nowhere if that is gone. */
  record WriteClaim(String holder) implements TakingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String folder = me.held(holder);
      if (me.has(Mutation.TAKE_OVER_BY_DELETE)) {
        return List.of(new Move("delete " + folder, tree.deleteAll(folder).tree(), new MakeOwn()));
      }
      if (holder.equals(me.name())) {
        // an earlier call was carried out, though it seemed to fail
        return List.of(
            new Move("exists " + folder, tree, tree.exists(folder) ? holding(me) : new Look()));
      }
      Result result = tree.create(me.file(folder), me.name());
      return List.of(
          new Move(
              "create " + me.file(folder),
              result.tree(),
              result.isDone() ? new TakeOver(holder) : new Look()));
    }
  }

  /** One taker wins, as the folder has the name of the holder that it means. */
  record TakeOver(String holder) implements TakingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String from = me.held(holder);
      String to = me.held(me.name());
      Result result = tree.rename(from, to);
      if (result.outcome() == TARGET_EXISTS) {
        throw new Violation("%s finds its own lease in the way".formatted(me.name()));
      }
      Step held = me.has(Mutation.WRITE_INTO_LEASE) ? new MakeOwn() : holding(me);
      return List.of(
          new Move(Move.rename(from, to), result.tree(), result.isDone() ? held : new Look()));
    }
  }

  /** Mutants make their own folder in the lease. */
  record MakeOwn() implements TakingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String folder = me.held(me.name());
      Result made = tree.mkdir(folder);
      return List.of(
          new Move(
              "mkdir " + folder,
              made.tree(),
              tree.isFolder(me.unit().lease()) ? holding(me) : new Look()));
    }
  }
}
