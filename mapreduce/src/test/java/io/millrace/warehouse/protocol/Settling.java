package io.millrace.warehouse.protocol;

import io.millrace.warehouse.protocol.FileTree.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The holder of a lease puts in order what others have left of the unit. It takes the work of each
 * into its own, by one rename: from then on all that the other does fails, as does all that this
 * run does once it is taken itself.
 */
final class Settling {
  private Settling() {}

  /** Work that was taken, and whose it was. */
  record Taken(String folder, String run, boolean isListed) {}

  /**
   * What is to be settled yet.
   *
   * @param stack work that was taken; the first is settled first
   * @param rest work of others that may have to be taken
   * @param self whether a run settles its own work, after it failed to publish it
   */
  record Todo(List<Taken> stack, List<Taken> rest, boolean self) {
    Taken top() {
      return stack.get(0);
    }

    String commit() {
      return top().folder() + "/commit";
    }

    Step pop(Actor me) {
      List<Taken> left = stack.subList(1, stack.size());
      if (!left.isEmpty()) {
        return new ListTaken(new Todo(List.copyOf(left), rest, self));
      }
      return Take.next(me, rest);
    }
  }

  /** A run settles its own work. */
  static Step own(Actor me) {
    return new LookCommit(
        new Todo(List.of(new Taken(me.staging(), me.name(), true)), List.of(), true));
  }

  private interface SettlingStep extends Step {
    @Override
    default Phase phase() {
      return Phase.SETTLING;
    }

    @Override
    default Step failed() {
      return End.STUCK;
    }
  }

  /** The work may have been swept before the lease was won: then all begins anew. */
  record MakeTaken() implements SettlingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String folder = me.commit() + "/taken";
      if (me.has(Mutation.ENTER_WITH_PARENTS)) {
        return List.of(new Move("mkdirs " + folder, tree.mkdirs(folder).tree(), new ListRuns()));
      }
      Result result = tree.mkdir(folder);
      Step next =
          switch (result.outcome()) {
            case DONE, TARGET_EXISTS -> new ListRuns();
            case PARENT_MISSING, SOURCE_MISSING, NOT_EMPTY ->
                me.has(Mutation.REMAKE_WHILE_HOLDING) ? new RemakeWork() : Leaving.startAgain();
          };
      return List.of(new Move("mkdir " + folder, result.tree(), next));
    }
  }

  /** Mutants only. */
  record RemakeWork() implements SettlingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      return List.of(
          new Move("mkdirs " + me.commit(), tree.mkdirs(me.commit()).tree(), new MakeTaken()));
    }
  }

  record ListRuns() implements SettlingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      List<Taken> found = new ArrayList<>();
      for (String run : tree.list(Unit.STAGING)) {
        if (!run.equals(me.name())) {
          found.addAll(entries(me, tree, run));
        }
      }
      return List.of(new Move("list " + Unit.STAGING, tree, Take.next(me, List.copyOf(found))));
    }

    private static List<Taken> entries(Actor me, FileTree tree, String run) {
      String folder = me.unit().staging(run);
      if (!me.has(Mutation.TAKE_TO_DEAD) && !me.has(Mutation.TAKE_TO_SUFFIX)) {
        return List.of(new Taken(folder, run, false));
      }
      List<Taken> entries = new ArrayList<>();
      for (String name : tree.list(FileTree.parent(folder))) {
        if (name.startsWith(me.unit().date())) {
          entries.add(new Taken(FileTree.parent(folder) + "/" + name, run, false));
        }
      }
      return entries.isEmpty() ? List.of(new Taken(folder, run, false)) : entries;
    }
  }

  /** Has the other anything? */
  record LookWork(List<Taken> rest) implements SettlingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      Taken other = rest.get(0);
      List<Taken> after = List.copyOf(rest.subList(1, rest.size()));
      // its parents may have been left
      Step next =
          tree.exists(other.folder())
              ? new Take(rest)
              : tidy(me, other.run(), Take.next(me, after));
      return List.of(new Move("exists " + other.folder(), tree, next));
    }
  }

  /** By this call the other is stopped. */
  record Take(List<Taken> rest) implements SettlingStep {
    static Step next(Actor me, List<Taken> rest) {
      if (!rest.isEmpty()) {
        return new LookWork(rest);
      }
      return me.has(Mutation.SETTLE_BEFORE_TAKING) ? new Taking.MakeLeases() : new LookOwn();
    }

    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      Taken other = rest.get(0);
      List<Taken> after = List.copyOf(rest.subList(1, rest.size()));
      String to = target(me, other);
      Todo todo = new Todo(List.of(new Taken(to, other.run(), false)), after, false);
      if (to.equals(other.folder())) {
        return new ListTaken(todo).moves(me, tree);
      }
      Result result = tree.rename(other.folder(), to);
      Step next =
          switch (result.outcome()) {
            case DONE -> new ListTaken(todo);
            case SOURCE_MISSING -> next(me, after);
            case PARENT_MISSING, TARGET_EXISTS, NOT_EMPTY -> Leaving.startAgain();
          };
      return List.of(new Move(Move.rename(other.folder(), to), result.tree(), next));
    }

    private static String target(Actor me, Taken other) {
      String folder = me.unit().staging(other.run());
      if (me.has(Mutation.SETTLE_IN_PLACE)) {
        return folder;
      }
      if (me.has(Mutation.TAKE_TO_DEAD)) {
        return folder + ".dead";
      }
      if (me.has(Mutation.TAKE_TO_SUFFIX)) {
        return folder + "." + me.name();
      }
      return me.commit() + "/taken/" + other.run();
    }
  }

  /** One that slept may have swept this run, after it was taken over and before it was fenced. */
  record LookOwn() implements SettlingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      boolean isThere = tree.exists(me.commit() + "/taken");
      return List.of(
          new Move(
              "exists " + me.commit() + "/taken",
              tree,
              isThere ? new Publishing.MakePlace(0) : Leaving.startAgain()));
    }
  }

  /** What it had taken itself, if it died while it settled, comes first. */
  record ListTaken(Todo todo) implements SettlingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      Taken top = todo.top();
      String folder = todo.commit() + "/taken";
      if (top.isListed()) {
        return new LookCommit(todo).moves(me, tree);
      }
      List<Taken> stack = new ArrayList<>();
      if (!me.has(Mutation.FORGET_NESTED)) {
        for (String run : tree.list(folder)) {
          stack.add(new Taken(folder + "/" + run, run, false));
        }
      }
      stack.add(new Taken(top.folder(), top.run(), true));
      stack.addAll(todo.stack().subList(1, todo.stack().size()));
      Todo next = new Todo(List.copyOf(stack), todo.rest(), todo.self());
      return List.of(
          new Move(
              "list " + folder,
              tree,
              stack.get(0).isListed() ? new LookCommit(next) : new ListTaken(next)));
    }
  }

  /** Work without it was made by tasks that outlived their run. */
  record LookCommit(Todo todo) implements SettlingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      Step without = todo.self() ? Leaving.forget() : new DeleteTaken(todo);
      Step next = tree.exists(todo.commit()) ? new ReadMain(todo) : without;
      return List.of(new Move("exists " + todo.commit(), tree, next));
    }
  }

  record ReadMain(Todo todo) implements SettlingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String place = me.unit().place(me.unit().main());
      boolean isItsOwn = isOf(todo.top().run(), tree, place);
      Step undo = Undo.at(me, todo, 0);
      Step next =
          isItsOwn
              ? me.has(Mutation.TRUST_THE_NAME) ? new DeleteTaken(todo) : new LookMain(todo)
              : undo;
      return List.of(new Move("open " + manifest(place), tree, next));
    }
  }

  /** Published is what names the run and lies no longer in its work. */
  record LookMain(Todo todo) implements SettlingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String staged = staged(me, todo, me.unit().main());
      Step next = tree.exists(staged) ? Undo.at(me, todo, 0) : new DeleteTaken(todo);
      return List.of(new Move("exists " + staged, tree, next));
    }
  }

  /** Of one data set after the other: is it of the run? */
  record Undo(Todo todo, int at) implements SettlingStep {
    static Step at(Actor me, Todo todo, int at) {
      return at < me.unit().dataSets().size() ? new Undo(todo, at) : new DeleteTaken(todo);
    }

    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String place = me.unit().place(dataSet(me, at));
      Step next =
          isOf(todo.top().run(), tree, place) ? new LookStaged(todo, at) : new LookOld(todo, at);
      return List.of(new Move("open " + manifest(place), tree, next));
    }
  }

  record LookStaged(Todo todo, int at) implements SettlingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String staged = staged(me, todo, dataSet(me, at));
      Step next = tree.exists(staged) ? new LookOld(todo, at) : new MoveNewBack(todo, at);
      return List.of(new Move("exists " + staged, tree, next));
    }
  }

  record MoveNewBack(Todo todo, int at) implements SettlingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String place = me.unit().place(dataSet(me, at));
      String to = todo.commit() + "/undone-" + dataSet(me, at).replace('/', '-');
      Result result = tree.rename(place, to);
      return List.of(
          new Move(
              Move.rename(place, to),
              result.tree(),
              result.isDone() ? new LookOld(todo, at) : Leaving.startAgain()));
    }
  }

  record LookOld(Todo todo, int at) implements SettlingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String old = todo.commit() + "/replaced/" + dataSet(me, at);
      Step next = tree.exists(old) ? new LookPlace(todo, at) : Undo.at(me, todo, at + 1);
      return List.of(new Move("exists " + old, tree, next));
    }
  }

  record LookPlace(Todo todo, int at) implements SettlingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String place = me.unit().place(dataSet(me, at));
      Step next = tree.exists(place) ? Undo.at(me, todo, at + 1) : new MoveOldBack(todo, at);
      return List.of(new Move("exists " + place, tree, next));
    }
  }

  record MoveOldBack(Todo todo, int at) implements SettlingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String old = todo.commit() + "/replaced/" + dataSet(me, at);
      String place = me.unit().place(dataSet(me, at));
      Result result = tree.rename(old, place);
      return List.of(
          new Move(
              Move.rename(old, place),
              result.tree(),
              result.isDone() ? Undo.at(me, todo, at + 1) : Leaving.startAgain()));
    }
  }

  record DeleteTaken(Todo todo) implements SettlingStep {
    @Override
    public List<Move> moves(Actor me, FileTree tree) {
      String folder = todo.top().folder();
      if (todo.self()) {
        return Leaving.leave(End.STUCK).moves(me, tree);
      }
      return Leaving.deleteAll(folder, tree, this, tidy(me, todo.top().run(), todo.pop(me)));
    }
  }

  private static Step tidy(Actor me, String run, Step next) {
    return new Leaving.Tidy(
        Unit.parents(me.unit().staging(run), Unit.STAGING), Step.Phase.SETTLING, next);
  }

  private static String dataSet(Actor me, int at) {
    List<String> order =
        me.has(Mutation.UNDO_MAIN_LAST) ? me.unit().dataSets() : me.unit().mainFirst();
    return order.get(at);
  }

  private static String staged(Actor me, Todo todo, String dataSet) {
    String folder = me.has(Mutation.PUBLISH_WHERE_JOBS_WRITE) ? todo.top().folder() : todo.commit();
    return folder + "/output/" + dataSet;
  }

  static boolean isOf(String run, FileTree tree, String place) {
    return tree.content(manifest(place)).equals(Optional.of(run));
  }

  static String manifest(String partition) {
    return partition + "/_SUCCESS";
  }
}
