package io.millrace.job.io;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a task is in its input, for the message should it fail there. Costs a record nothing: who
 * takes the records counts them. Not thread-safe.
 */
public final class RecordPlace {
  private final LongSupplier taken;
  private @Nullable RecordBlock block;
  private long before;

  /**
   * A place outside of any block.
   *
   * @param taken how many records were begun in all; asked for when a block is entered, and after a
   *     failure
   */
  public RecordPlace(LongSupplier taken) {
    this.taken = taken;
  }

  public void enter(RecordBlock entered) {
    block = entered;
    before = taken.getAsLong();
  }

  public void leave() {
    block = null;
  }

  /** The record that was begun last, its block and file; empty outside of blocks. */
  public Optional<String> text() {
    return block == null || block.file().isEmpty()
        ? Optional.empty()
        : Optional.of(text(taken.getAsLong() - before, block));
  }

  /** A record of a block, in words. */
  public static String text(long record, RecordBlock block) {
    return "record %d of the block at byte %d of %s"
        .formatted(record, block.position(), block.file());
  }
}
