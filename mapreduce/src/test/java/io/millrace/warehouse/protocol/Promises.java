package io.millrace.warehouse.protocol;

import io.millrace.warehouse.protocol.Step.End;
import io.millrace.warehouse.protocol.Step.Phase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold in every state that can be reached. */
final class Promises {
  private static final String SETTLER = "Y";

  private final Setting setting;
  private final Moves moves;

  /** Trees that were settled already, with what was published in them. */
  private final Set<Map.Entry<FileTree, String>> settled = new HashSet<>();

  /** Where runs stood that were seen to get to their end alone. */
  private final Set<Moves.Place> ended = new HashSet<>();

  Promises(Moves moves) {
    this.moves = moves;
    setting = moves.setting();
  }

  int trees() {
    return settled.size();
  }

  /**
   * Checks a state.
   *
   * @throws Violation where something does not hold
   */
  void check(World world) {
    for (String dataSet : setting.unit().dataSets()) {
      checkReader(world, dataSet);
    }
    checkMain(world);
    checkHolders(world);
    checkNobodyIsStuck(world);
    if (settled.add(Map.entry(world.tree(), world.published()))) {
      checkNextRun(world);
    }
  }

  /** A reader that looks now sees a whole partition of one run, or none. */
  private void checkReader(World world, String dataSet) {
    String place = setting.unit().place(dataSet);
    if (!world.tree().exists(place)) {
      return;
    }
    String run = world.tree().content(Settling.manifest(place)).orElse("?");
    if (!world.tree().list(place).equals(Set.of("_SUCCESS", "part"))
        || !content(world, dataSet).startsWith(run)) {
      throw new Violation("a reader of %s sees a part or a mixture".formatted(dataSet));
    }
  }

  /** What was seen of the main data set is never taken back. */
  private void checkMain(World world) {
    String content = content(world, setting.unit().main());
    if (!content.isEmpty() && !content.equals(world.published())) {
      throw new Violation(
          "the main data set is %s, though %s was published".formatted(content, world.published()));
    }
  }

  private String content(World world, String dataSet) {
    return world.tree().content(setting.unit().place(dataSet) + "/part").orElse("");
  }

  /** At most one run works that is not fenced, and nobody who has the lease is. */
  private void checkHolders(World world) {
    List<String> unfenced = new ArrayList<>();
    for (int i = 0; i < world.steps().size(); i++) {
      String run = setting.runs().get(i);
      Actor actor = setting.actor(run);
      Step step = world.steps().get(i);
      if (step.phase() == Phase.WORKING) {
        boolean isFenced = !world.tree().exists(actor.commit());
        if (!isFenced) {
          unfenced.add(run);
        } else if (!world.takenOver().contains(run)) {
          throw new Violation("%s holds the lease, but its work was taken".formatted(run));
        }
      }
      if (setting.has(Setting.Extra.JUST_TAKERS) && step == End.LOST) {
        throw new Violation("%s was awake, and lost its lease".formatted(run));
      }
    }
    if (unfenced.size() > 1) {
      throw new Violation("two work at once: %s".formatted(unfenced));
    }
  }

  /** Whoever is awake gets to an end, though all others sleep. */
  private void checkNobodyIsStuck(World world) {
    for (int i = 0; i < world.steps().size(); i++) {
      String run = setting.runs().get(i);
      FileTree tree = world.tree();
      Step step = world.steps().get(i);
      Set<Moves.Place> way = new HashSet<>();
      while (step.phase() != Phase.ENDED && !ended.contains(new Moves.Place(run, tree, step))) {
        if (!way.add(new Moves.Place(run, tree, step))) {
          throw new Violation(
              "if all others sleep, %s goes round in circles: %s".formatted(run, step));
        }
        Move move = moves.of(run, tree, step).get(0);
        tree = move.tree();
        step = move.next();
      }
      ended.addAll(way);
    }
  }

  /** If all die now: the next run finds or makes all whole, and leaves nothing behind. */
  private void checkNextRun(World world) {
    for (boolean works : List.of(false, true)) {
      List<String> calls = new ArrayList<>();
      World after = world.alone(moves, SETTLER, Taking.begin(setting.actor(SETTLER)), works, calls);
      String expected = works ? SETTLER : world.published();
      for (String dataSet : setting.unit().dataSets()) {
        checkReader(after, dataSet);
        if (!content(after, dataSet).equals(expected)) {
          throw new Violation(
              "all die, %s comes, and %s is of \"%s\" instead of \"%s\": %s"
                  .formatted(SETTLER, dataSet, content(after, dataSet), expected, calls));
        }
      }
      for (String folder : List.of(Unit.STAGING, Unit.LEASES)) {
        if (!after.tree().list(folder).isEmpty()) {
          throw new Violation(
              "all die, %s comes, and %s is left: %s".formatted(SETTLER, after.tree(), calls));
        }
      }
    }
  }
}
