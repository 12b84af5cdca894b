/**
 * The step that joins clean rows with the features of their entities where these do not fit into
 * memory, in two jobs whatever the number of entities. The first, "match", sends the number of each
 * row to where the features of its entity lie sorted, and notes the features that are found; the
 * second, "assemble", brings them to their rows, which lie in their files in the order of their
 * numbers. So rows are never shuffled, keep their places, and an entity that many rows name costs
 * no more than others: its features travel once with many numbers, and each to another place.
 *
 * <p>The same two jobs join the rows of many dates, each with the features of the day before it,
 * and make training rows of those whose label is known.
 */
package io.millrace.job.join;
