package io.millrace.warehouse.protocol;

import io.millrace.warehouse.protocol.FileTree.Semantics;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is searched.
 *
 * @param unit what the runs work on
 * @param runs that begin at the same time
 * @param mutations how they deviate from the protocol
 */
record Setting(
    Semantics semantics, Unit unit, List<String> runs, Set<Extra> extras, Set<Mutation> mutations) {
  /** What may come to it. */
  enum Extra {
    /** Partitions stand already; of the run {@code 0}. */
    OLD,
    /** At any one moment a further run comes, and gets to its end undisturbed. */
    VISITOR,
    /** One call fails by itself: it is done or not done, but told as failed. */
    FAILURE,
    /** A run has a task that outlives it, and writes. */
    ORPHAN,
    /** A run that is done begins anew under the same name. */
    AGAIN,
    /**
     * A lease is taken over only when its holder is dead. Otherwise it is at any time, so that
     * whoever is taken over is a sleeper who may wake.
     */
    JUST_TAKERS
  }

  private static final Unit UNIT = new Unit("s", "d", List.of("side", "main"));

  /** Two runs on HDFS. */
  static Setting of(Extra... extras) {
    return new Setting(Semantics.HDFS, UNIT, List.of("A", "B"), Set.of(extras), Set.of());
  }

  Setting onPosix() {
    return new Setting(Semantics.POSIX, unit, runs, extras, mutations);
  }

  Setting withRun(String run) {
    List<String> more = new ArrayList<>(runs);
    more.add(run);
    return new Setting(semantics, unit, List.copyOf(more), extras, mutations);
  }

  Setting with(Mutation mutation) {
    return new Setting(semantics, unit, runs, extras, EnumSet.of(mutation));
  }

  boolean has(Extra extra) {
    return extras.contains(extra);
  }

  Actor actor(String name) {
    return new Actor(name, unit, mutations);
  }

  /** What stands in the place of the main data set. */
  String content(FileTree tree) {
    return tree.content(unit.place(unit.main()) + "/part").orElse("");
  }

  /** What stands before all begins. */
  FileTree start() {
    FileTree tree = FileTree.empty(semantics);
    if (!has(Extra.OLD)) {
      return tree;
    }
    for (String dataSet : unit.dataSets()) {
      String place = unit.place(dataSet);
      tree = tree.mkdirs(place).tree();
      tree = tree.create(place + "/part", "0").tree();
      tree = tree.create(Settling.manifest(place), "0").tree();
    }
    return tree;
  }

  @Override
  public String toString() {
    return "%s %s %s %s".formatted(semantics, runs, extras, mutations);
  }
}
