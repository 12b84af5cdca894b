package io.millrace.plan;

import java.util.Optional;

/**
 * What a job has to do, from which its resources follow.
 *
 * @param job its name within the stage, for a person
 * @param reduces empty: a job of maps alone
 * @param split how much of the input a map reads; empty where that is one file, or as the file
 *     system has it
 */
public record JobLoad(
    String job, TaskLoad maps, Optional<TaskLoad> reduces, Optional<Wishes.Wish> split) {
  /**
   * What each of a job's maps, or of its reduces, has to do at most, as far as that can be told
   * before.
   *
   * @param tasks how many there are
   * @param shuffledBytes that go through its buffers on the way from maps to reduces; what they
   *     have no room for goes over the disk
   * @param tableBytes of states that it would hold in its heap beside them; what there is no room
   *     for is sent on earlier
   * @param heldBytes that it has to hold in its heap
   * @param nativeBytes that it holds outside of its heap
   */
  public record TaskLoad(
      int tasks, long shuffledBytes, long tableBytes, long heldBytes, long nativeBytes) {
    /** A task without a table. */
    public TaskLoad(int tasks, long shuffledBytes, long heldBytes, long nativeBytes) {
      this(tasks, shuffledBytes, 0, heldBytes, nativeBytes);
    }
  }
}
