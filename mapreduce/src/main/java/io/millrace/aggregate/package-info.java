/**
 * Mergeable states: start, add, merge, finish. Merging is associative and commutative to the bit,
 * so that the number of tasks and the order of the shuffle never show: sums are exact and rounded
 * once, at the end. What is stored and shuffled is the Avro encoding of the states.
 *
 * <p>A call such as {@code PERCENTILE(x, 0.95)} names an {@link
 * io.millrace.aggregate.AggregateFunction}, which says how people write it and which {@link
 * io.millrace.aggregate.StateKind} it is finished from; calls of one kind and argument share what
 * is stored. A new aggregate is a class that extends {@link io.millrace.aggregate.Aggregate}, a
 * constant of {@code StateKind}, a line in {@link io.millrace.aggregate.Aggregates#create}, and a
 * constant of {@code AggregateFunction} for each result of it.
 */
@NullMarked
package io.millrace.aggregate;

import org.jspecify.annotations.NullMarked;
