package io.millrace.warehouse.protocol;

import io.millrace.warehouse.protocol.FileTree.Semantics;
import io.millrace.warehouse.protocol.Step.End;
import io.millrace.warehouse.protocol.Step.Phase;
import java.util.ArrayList;
import java.util.List;

/** A run deletes its work and releases the lease; of what others hold now, it touches nothing. */
final class Leaving {
  private Leaving() {}

  /** Of a run that does not hold the lease. */
  static Step giveUp(Step then) {
    return new DeleteWork(Phase.TAKING, then);
  }

  /** Of a run that holds the lease and has published all or nothing. */
  static Step leave(End end) {
    return new Release(new DeleteWork(Phase.LEAVING, end));
  }

  /** Of a run whose work was taken. */
  static Step forget() {
    return new DeleteWork(Phase.LEAVING, End.LOST);
  }

  /** Of a run that won the lease after its work was swept. */
  static Step startAgain() {
    return new Release(new Taking.Look());
  }

  /** Deletes all below a path: on HDFS at once, elsewhere one after another, from either end. */
  static List<Move> deleteAll(String path, FileTree tree, Step again, Step next) {
    String call = "delete " + path;
    if (tree.semantics() == Semantics.HDFS || !tree.isFolder(path)) {
      return List.of(new Move(call, tree.deleteAll(path).tree(), next));
    }
    List<Move> moves = new ArrayList<>();
    for (boolean first : List.of(true, false)) {
      String leaf = leaf(path, tree, first);
      moves.add(
          new Move(
              leaf.equals(path)
                  ? call
                  : call + " (of it " + leaf.substring(path.length() + 1) + ")",
              tree.delete(leaf).tree(),
              leaf.equals(path) ? next : again));
    }
    return moves;
  }

  private static String leaf(String path, FileTree tree, boolean first) {
    List<String> names = List.copyOf(tree.list(path));
    return names.isEmpty()
        ? path
        : leaf(path + "/" + names.get(first ? 0 : names.size() - 1), tree, first);
  }

  record DeleteWork(Phase phase, Step next) implements Step {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      return deleteAll(
          me.staging(),
          tree,
          this,
          new Tidy(Unit.parents(me.staging(), Unit.STAGING), phase, next));
    }

    @Override
    public Step failed() {
      return next;
    }
  }

  /** Deletes folders that are empty now; others may make them again at any time. */
  record Tidy(List<String> folders, Phase phase, Step next) implements Step {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      FileTree.Result result = tree.delete(folders.get(0));
      boolean isLast = folders.size() == 1 || result.outcome() == FileTree.Outcome.NOT_EMPTY;
      return List.of(
          new Move(
              "delete " + folders.get(0),
              result.tree(),
              isLast
                  ? next
                  : new Tidy(List.copyOf(folders.subList(1, folders.size())), phase, next)));
    }

    @Override
    public Step failed() {
      return next;
    }
  }

  /** Its own folder only: if the lease was taken over, that has another name. */
  record Release(Step next) implements Step {
    @Override
    public Phase phase() {
      return Phase.LEAVING;
    }

    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      if (me.has(Mutation.RELEASE_ALL)) {
        String lease = me.unit().lease();
        return deleteAll(lease, tree, this, new DeleteEmptyLease(next));
      }
      if (me.has(Mutation.RELEASE_FILE_BY_FILE)) {
        return new DeleteHeld(next).moves(me, tree);
      }
      String from = me.held(me.name());
      String to = me.commit() + "/released";
      FileTree.Result result = tree.rename(from, to);
      Step after = result.isDone() ? new DeleteEmptyLease(next) : new DeleteHeld(next);
      return List.of(new Move(Move.rename(from, to), result.tree(), after));
    }

    @Override
    public Step failed() {
      return End.STUCK;
    }
  }

  /**
   * The lease was taken over, or one that slept has taken the work: then the lease still stands.
   */
  record DeleteHeld(Step next) implements Step {
    @Override
    public Phase phase() {
      return Phase.LEAVING;
    }

    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      return deleteAll(me.held(me.name()), tree, this, new DeleteEmptyLease(next));
    }

    @Override
    public Step failed() {
      return End.STUCK;
    }
  }

  record DeleteEmptyLease(Step next) implements Step {
    @Override
    public Phase phase() {
      return Phase.LEAVING;
    }

    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String lease = me.unit().lease();
      FileTree.Result result = tree.delete(lease);
      Step tidy = new Tidy(Unit.parents(lease, Unit.LEASES), Phase.LEAVING, next);
      return List.of(
          new Move(
              "delete " + lease,
              result.tree(),
              result.outcome() == FileTree.Outcome.NOT_EMPTY ? next : tidy));
    }

    @Override
    public Step failed() {
      return End.STUCK;
    }
  }
}
