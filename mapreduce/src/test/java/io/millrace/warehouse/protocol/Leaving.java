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
  static Step giveUp(End end) {
    return new DeleteWork(Phase.TAKING, end);
  }

  /** Of a run that holds the lease and has published all or nothing. */
  static Step discard(End end) {
    return new DeleteWork(Phase.LEAVING, release(end));
  }

  static Step discardOnly(End end) {
    return new DeleteWork(Phase.LEAVING, end);
  }

  static Step release(Step then) {
    return new DropLease(then);
  }

  /** Of a run that won the lease after its work was swept. */
  static Step startAgain() {
    return release(new Taking.MakeWork(false));
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

  /** Its own file only: if the lease was taken over, that has another name. */
  record DropLease(Step next) implements Step {
    @Override
    public Phase phase() {
      return Phase.LEAVING;
    }

    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String path = me.has(Mutation.RELEASE_ALL) ? me.unit().lease() : me.held(me.name());
      return List.of(
          new Move("delete " + path, tree.deleteAll(path).tree(), new DropLeaseFolder(next)));
    }

    @Override
    public Step failed() {
      return next;
    }
  }

  record DropLeaseFolder(Step next) implements Step {
    @Override
    public Phase phase() {
      return Phase.LEAVING;
    }

    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String lease = me.unit().lease();
      return List.of(
          new Move(
              "delete " + lease,
              tree.delete(lease).tree(),
              new Tidy(Unit.parents(lease, Unit.LEASES), Phase.LEAVING, next)));
    }

    @Override
    public Step failed() {
      return next;
    }
  }
}
