package io.millrace.schedule;

import java.util.List;
import java.util.stream.Stream;

/** Steps, and which of them wait for which: what schedulers draw as boxes and forks. */
public sealed interface Block {
  /** All steps, each behind those that it waits for. */
  Stream<Step> steps();

  /** The steps that no other one of the block waits for. */
  Stream<Step> lastSteps();

  /** A step. */
  record One(Step step) implements Block {
    @Override
    public Stream<Step> steps() {
      return Stream.of(step);
    }

    @Override
    public Stream<Step> lastSteps() {
      return steps();
    }
  }

  /** One after the other; at least two, none of them a sequence. */
  record Sequence(List<Block> blocks) implements Block {
    public Sequence {
      blocks = List.copyOf(blocks);
      if (blocks.size() < 2 || blocks.stream().anyMatch(Sequence.class::isInstance)) {
        throw new IllegalArgumentException("Cannot put one after the other: " + blocks);
      }
    }

    @Override
    public Stream<Step> steps() {
      return blocks.stream().flatMap(Block::steps);
    }

    @Override
    public Stream<Step> lastSteps() {
      return blocks.get(blocks.size() - 1).lastSteps();
    }
  }

  /** Side by side; at least two, none of them parallel. */
  record Parallel(List<Block> blocks) implements Block {
    public Parallel {
      blocks = List.copyOf(blocks);
      if (blocks.size() < 2 || blocks.stream().anyMatch(Parallel.class::isInstance)) {
        throw new IllegalArgumentException("Cannot put side by side: " + blocks);
      }
    }

    @Override
    public Stream<Step> steps() {
      return blocks.stream().flatMap(Block::steps);
    }

    @Override
    public Stream<Step> lastSteps() {
      return blocks.stream().flatMap(Block::lastSteps);
    }
  }

  /** Blocks one after the other, of which sequences are taken apart; one alone is itself. */
  static Block sequence(List<Block> blocks) {
    List<Block> flat =
        blocks.stream()
            .flatMap(
                block ->
                    block instanceof Sequence inner ? inner.blocks().stream() : Stream.of(block))
            .toList();
    return flat.size() == 1 ? flat.get(0) : new Sequence(flat);
  }

  /** Blocks side by side, of which parallel ones are taken apart; one alone is itself. */
  static Block parallel(List<Block> blocks) {
    List<Block> flat =
        blocks.stream()
            .flatMap(
                block ->
                    block instanceof Parallel inner ? inner.blocks().stream() : Stream.of(block))
            .toList();
    return flat.size() == 1 ? flat.get(0) : new Parallel(flat);
  }
}
