/**
 * Mergeable states: start, add, merge, finish. Merging is associative and commutative to the bit,
 * so that the number of tasks and the order of the shuffle never show: sums are exact and rounded
 * once, at the end. What is stored and shuffled is the Avro encoding of the states.
 */
@NullMarked
package io.millrace.aggregate;

import org.jspecify.annotations.NullMarked;
