package io.millrace.warehouse.protocol;

import io.millrace.warehouse.protocol.FileTree.Result;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The holder of a lease works, and puts what it made into its places, the main data set last. */
final class Publishing {
  private Publishing() {}

  private interface WorkingStep extends Step {
    @Override
    default Phase phase() {
      return Phase.WORKING;
    }

    /** Nothing was published yet. */
    @Override
    default Step failed() {
      return Leaving.leave(End.STUCK);
    }
  }

  /** What the plan said before may not hold any more: it may be done by now. */
  record Plan() implements WorkingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      return List.of(new Move("", tree, new RunJob()), new Move("", tree, Leaving.leave(End.DONE)));
    }
  }

  record MakePlace(int at) implements WorkingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String folder = FileTree.parent(me.unit().place(me.unit().dataSets().get(at)));
      boolean isLast = at == me.unit().dataSets().size() - 1;
      return List.of(
          new Move(
              "mkdirs " + folder,
              tree.mkdirs(folder).tree(),
              isLast ? new Plan() : new MakePlace(at + 1)));
    }
  }

  /**
   * Jobs make whatever folders they lack. Meanwhile, the heart may notice that it beats no more.
   */
  record RunJob() implements WorkingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      FileTree written = tree;
      String content =
          me.name()
              + (Settling.isOf(me.name(), tree, me.unit().place(me.unit().main())) ? " again" : "");
      for (String dataSet : me.unit().dataSets()) {
        String folder = "%s/output/%s".formatted(me.staging(), dataSet);
        written = written.mkdirs(folder).tree().create(folder + "/part", content).tree();
      }
      Step next =
          me.has(Mutation.PUBLISH_WHERE_JOBS_WRITE)
              ? me.has(Mutation.MANIFEST_LAST) ? MakeReplaced.first(me) : new WriteManifest(0)
              : new Collect();
      List<Move> moves = new ArrayList<>();
      moves.add(new Move("job", written, next));
      if (!tree.setTimes(me.file(me.held(me.name()))).isDone()) {
        moves.add(new Move("setTimes " + me.file(me.held(me.name())), tree, new Forget()));
      }
      return moves;
    }
  }

  /** The lease was lost: what jobs have made anew of the work, nobody misses. */
  record Forget() implements WorkingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      Step next = tree.exists(me.commit()) ? End.LOST : Leaving.forget();
      return List.of(new Move("exists " + me.commit(), tree, next));
    }

    @Override
    public Step failed() {
      return End.LOST;
    }
  }

  /** Puts what the job wrote out of its reach, and into that of the fence. */
  record Collect() implements ReplacingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String from = me.staging() + "/output";
      String to = me.commit() + "/output";
      Result result = tree.rename(from, to);
      Step collected =
          me.has(Mutation.MANIFEST_LAST) ? MakeReplaced.first(me) : new WriteManifest(0);
      return List.of(
          new Move(
              Move.rename(from, to), result.tree(), result.isDone() ? collected : new UndoOwn()));
    }
  }

  record WriteManifest(int at) implements ReplacingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String folder = me.output(order(me).get(at));
      String file = Settling.manifest(folder);
      if (tree.list(folder).contains("late")) {
        return List.of(new Move("list " + folder, tree, failed()));
      }
      Result result = tree.create(file, me.name());
      boolean isLast = at == me.unit().dataSets().size() - 1;
      Step next = isLast ? MakeReplaced.first(me) : new WriteManifest(at + 1);
      return List.of(
          new Move("create " + file, result.tree(), result.isDone() ? next : new UndoOwn()));
    }
  }

  record MakeReplaced(List<String> rest) implements ReplacingStep {
    static Step first(Actor me) {
      List<String> folders = new ArrayList<>();
      for (String dataSet : me.unit().dataSets()) {
        List<String> parents = Unit.parents(me.replaced(dataSet), me.commit());
        Collections.reverse(parents);
        parents.stream().filter(folder -> !folders.contains(folder)).forEach(folders::add);
      }
      return new MakeReplaced(List.copyOf(folders));
    }

    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      Result result = tree.mkdir(rest.get(0));
      Step next =
          rest.size() > 1
              ? new MakeReplaced(List.copyOf(rest.subList(1, rest.size())))
              : new LookOld(0);
      return List.of(
          new Move("mkdir " + rest.get(0), result.tree(), result.isDone() ? next : new UndoOwn()));
    }
  }

  /** A failure may leave the unit half published: the run undoes that. */
  private interface ReplacingStep extends WorkingStep {
    @Override
    default Step failed() {
      return new UndoOwn();
    }
  }

  record LookOld(int at) implements ReplacingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String place = me.unit().place(order(me).get(at));
      return List.of(
          new Move(
              "exists " + place, tree, tree.exists(place) ? new MoveOld(at) : new MoveNew(at)));
    }
  }

  record MoveOld(int at) implements ReplacingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String place = me.unit().place(order(me).get(at));
      if (me.has(Mutation.DELETE_OLD)) {
        return List.of(new Move("delete " + place, tree.deleteAll(place).tree(), new MoveNew(at)));
      }
      String to = me.replaced(order(me).get(at));
      Result result = tree.rename(place, to);
      return List.of(
          new Move(
              Move.rename(place, to),
              result.tree(),
              result.isDone() ? new MoveNew(at) : new UndoOwn()));
    }
  }

  record MoveNew(int at) implements ReplacingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String dataSet = order(me).get(at);
      String from = me.output(dataSet);
      String place = me.unit().place(dataSet);
      Result result = tree.rename(from, place);
      boolean isLast = at == me.unit().dataSets().size() - 1;
      Step published =
          me.has(Mutation.MANIFEST_LAST) ? new WriteManifestInPlace(0) : Leaving.leave(End.DONE);
      Step next = isLast ? published : new LookOld(at + 1);
      return List.of(
          new Move(
              Move.rename(from, place),
              result.tree(),
              result.isDone() ? next : new UndoOwn(),
              result.isDone() && dataSet.equals(me.unit().main())));
    }
  }

  /** Mutants only. */
  record WriteManifestInPlace(int at) implements ReplacingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String file = Settling.manifest(me.unit().place(order(me).get(at)));
      boolean isLast = at == me.unit().dataSets().size() - 1;
      return List.of(
          new Move(
              "create " + file,
              tree.create(file, me.name()).tree(),
              isLast ? Leaving.leave(End.DONE) : new WriteManifestInPlace(at + 1)));
    }
  }

  /** The run settles its own work as it would another's. */
  record UndoOwn() implements ReplacingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      return Settling.own(me).moves(me, tree);
    }

    @Override
    public Step failed() {
      return End.STUCK;
    }
  }

  private static List<String> order(Actor me) {
    return me.has(Mutation.MAIN_FIRST) ? me.unit().mainFirst() : me.unit().dataSets();
  }
}
