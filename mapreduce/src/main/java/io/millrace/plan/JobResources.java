package io.millrace.plan;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a job asks for.
 *
 * @param job its name within the stage, for a person
 * @param reduces empty: a job of maps alone
 * @param split how much of the input a map reads; empty where that is one file, or as the file
 *     system has it
 * @param shuffledBytes that go from all maps to all reduces, about
 * @param slowStart which share of the maps is done before reduces start; empty: as Hadoop has it
 */
public record JobResources(
    String job,
    Tasks maps,
    Optional<Tasks> reduces,
    Optional<Wishes.Wish> split,
    long shuffledBytes,
    OptionalDouble slowStart) {
  /**
   * What each of a job's maps, or of its reduces, asks for.
   *
   * @param count how many there are
   * @param memory MiB of its container
   * @param heapMib of its heap
   * @param bufferMib of the heap for what goes from maps to reduces; 0 where nothing does
   * @param vcores virtual cores, where somebody says
   * @param running how many run at one time at most, where somebody says
   */
  public record Tasks(
      int count,
      Wishes.Wish memory,
      long heapMib,
      long bufferMib,
      Optional<Wishes.Wish> vcores,
      Optional<Wishes.Wish> running) {}
}
