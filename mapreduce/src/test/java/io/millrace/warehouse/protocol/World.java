package io.millrace.warehouse.protocol;

import io.millrace.warehouse.protocol.Setting.Extra;
import io.millrace.warehouse.protocol.Step.End;
import io.millrace.warehouse.protocol.Step.Phase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * A state of all that takes part.
 *
 * @param steps where each run stands
 * @param published the run whose main data set came last to its place; empty for none
 * @param workers the runs whose tasks may still make folders
 * @param takenOver the runs that have lost their lease to another
 * @param restarts how many runs have begun again
 * @param toCome what may still come to it
 */
record World(
    FileTree tree,
    List<Step> steps,
    String published,
    Set<String> workers,
    Set<String> takenOver,
    int restarts,
    Set<Extra> toCome) {
  static final String VISITOR = "V";
  private static final int MOST_CALLS = 500;

  /** Two that take each other's work in turn could go on for ever. */
  private static final int MOST_RESTARTS = 2;

  static World start(Setting setting) {
    List<Step> steps =
        setting.runs().stream().map(run -> Taking.begin(setting.actor(run))).toList();
    return new World(
        setting.start(),
        steps,
        setting.has(Extra.OLD) ? "0" : "",
        Set.of(),
        Set.of(),
        0,
        setting.extras());
  }

  /** All that can happen next. A run that is not chosen sleeps; never chosen again, it is dead. */
  void next(Setting setting, Moves moves, BiConsumer<Supplier<String>, World> into) {
    for (int run = 0; run < steps.size(); run++) {
      runs(setting, moves, run, into);
    }
    if (toCome.contains(Extra.ORPHAN)) {
      for (String run : workers) {
        String folder = setting.unit().staging(run) + "/output/" + setting.unit().dataSets().get(0);
        World after =
            new World(
                tree.mkdirs(folder).tree().create(folder + "/late", "late").tree(),
                steps,
                published,
                Set.of(),
                takenOver,
                restarts,
                toCome);
        into.accept(
            () -> "a late task of %s: create %s/late".formatted(run, folder),
            after.without(Extra.ORPHAN));
      }
    }
    if (toCome.contains(Extra.VISITOR)) {
      for (boolean works : List.of(true, false)) {
        List<String> calls = new ArrayList<>();
        World after = alone(moves, VISITOR, Taking.begin(setting.actor(VISITOR)), works, calls);
        into.accept(
            () -> "%s from end to end: %s".formatted(VISITOR, String.join(", ", calls)),
            after.without(Extra.VISITOR));
      }
    }
  }

  private void runs(
      Setting setting, Moves moves, int run, BiConsumer<Supplier<String>, World> into) {
    String name = setting.runs().get(run);
    Step step = steps.get(run);
    for (Move move : moves.of(name, tree, step)) {
      if (move.next() instanceof Taking.MakeWork work && !mayTake(setting, work.holder())) {
        continue;
      }
      World after = with(setting, run, move.tree(), move.next(), move.publishes());
      into.accept(() -> "%s: %s".formatted(name, move.call()), after);
      if (toCome.contains(Extra.FAILURE) && !move.tree().equals(tree)) {
        into.accept(
            () -> "%s: %s FAILS".formatted(name, move.call()),
            with(setting, run, tree, step.failed(), false).without(Extra.FAILURE));
        into.accept(
            () -> "%s: %s IS DONE, BUT TOLD AS FAILED".formatted(name, move.call()),
            with(setting, run, move.tree(), step.failed(), move.publishes())
                .without(Extra.FAILURE));
      }
    }
    if (step == End.DONE && toCome.contains(Extra.AGAIN)) {
      into.accept(
          () -> "%s begins again".formatted(name),
          with(setting, run, tree, Taking.begin(setting.actor(name)), false).without(Extra.AGAIN));
    }
    if (setting.has(Extra.JUST_TAKERS) && step.phase() != Phase.ENDED) {
      into.accept(() -> "%s dies".formatted(name), with(setting, run, tree, End.DEAD, false));
    }
  }

  private boolean mayTake(Setting setting, String holder) {
    if (!setting.has(Extra.JUST_TAKERS) || holder.isEmpty()) {
      return true;
    }
    Actor actor = setting.actor(holder);
    boolean seemsDead =
        actor.has(Mutation.RELEASE_FILE_BY_FILE) && !tree.exists(actor.file(actor.held(holder)));
    return seemsDead || steps.get(setting.runs().indexOf(holder)).phase() == Phase.ENDED;
  }

  private World without(Extra extra) {
    Set<Extra> left = new HashSet<>(toCome);
    left.remove(extra);
    return new World(tree, steps, published, workers, takenOver, restarts, Set.copyOf(left));
  }

  private World with(Setting setting, int run, FileTree after, Step next, boolean publishes) {
    String name = setting.runs().get(run);
    Step before = steps.get(run);
    boolean isRestart = before.phase() == Phase.LEAVING && next.phase() == Phase.TAKING;
    List<Step> changed = new ArrayList<>(steps);
    changed.set(run, isRestart && restarts == MOST_RESTARTS ? End.LOST : next);
    Set<String> working = workers;
    if (toCome.contains(Extra.ORPHAN) && before instanceof Publishing.RunJob) {
      working = new HashSet<>(workers);
      working.add(name);
    }
    Set<String> lost = new HashSet<>(takenOver);
    if (before instanceof Taking.TakeOver takeOver && !after.equals(tree)) {
      lost.add(takeOver.holder());
      lost.remove(name);
    }
    if (before instanceof Taking.Take && !after.equals(tree)) {
      lost.remove(name);
    }
    return new World(
        after,
        List.copyOf(changed),
        publishes ? setting.content(after) : published,
        Set.copyOf(working),
        Set.copyOf(lost),
        restarts + (isRestart ? 1 : 0),
        toCome);
  }

  /**
   * Lets one run go on to its end while all others sleep; it takes over whatever lease is held.
   *
   * @param works whether it makes the unit anew, or finds that it is done
   * @param calls gets what it does
   */
  World alone(Moves moves, String name, Step from, boolean works, List<String> calls) {
    Set<String> lost = new HashSet<>(takenOver);
    FileTree now = tree;
    String nowPublished = published;
    Step step = from;
    for (int i = 0; step.phase() != Phase.ENDED; i++) {
      if (i == MOST_CALLS) {
        throw new Violation("%s does not get to its end: %s".formatted(name, calls));
      }
      Move move = moves.of(name, now, step).get(step instanceof Publishing.Plan && !works ? 1 : 0);
      if (step instanceof Taking.TakeOver takeOver) {
        lost.add(takeOver.holder());
      }
      if (!move.call().isEmpty()) {
        calls.add(move.call());
      }
      now = move.tree();
      nowPublished = move.publishes() ? moves.setting().content(now) : nowPublished;
      step = move.next();
    }
    if (step != End.DONE) {
      throw new Violation("%s ends alone as %s: %s".formatted(name, step, calls));
    }
    return new World(now, steps, nowPublished, workers, Set.copyOf(lost), restarts, toCome);
  }

  @Override
  public int hashCode() {
    int hash = tree.hashCode();
    for (Step step : steps) {
      hash = hash * 1_000_003 + Step.hash(step);
    }
    return ((hash * 31 + takenOver.hashCode()) * 31 + toCome.hashCode()) * 31 + restarts;
  }
}
